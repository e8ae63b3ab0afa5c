/** Where a journal is kept. Files are opened by the benchmark room; this one knows memory only. */

/** A text that only grows. One writer at a time: a storage must refuse (`JournalError`, `conflict`) when there are two. */
export interface JournalStorage {
  /** Everything written so far; empty for a new journal. */
  read(): string;
  /** Adds whole lines at the end, and returns when they are safe. */
  append(lines: string): void;
  /** Cuts the text back to `whole`, its beginning, after a writer was killed in the middle of a line. */
  repair(whole: string): void;
}

/** A journal in memory: for tests, and for searches that need no file. */
export function memoryStorage(text: string = ""): JournalStorage {
  let content = text;
  return {
    read: () => content,
    append: (lines) => {
      content += lines;
    },
    repair: (whole) => {
      content = whole;
    },
  };
}
