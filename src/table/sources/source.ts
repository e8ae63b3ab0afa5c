/** Where bytes come from. A source can be opened more than once: what cannot be read again is kept in memory. */
import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { addAbortSignal, type Duplex, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createGunzip } from "node:zlib";
import { DataError } from "../../frame/error.ts";
import { memorySize } from "../../words/numbers.ts";

export interface Source {
  /** For messages: the path as given, `stdin`, `memory`. */
  readonly label: string;
  /** For artifacts: without folders. */
  readonly name: string;
  /** Bytes, when known before reading. */
  readonly size?: number;
  /** Bytes it keeps in memory by now, where it must: they count against the limit for the table. */
  readonly held?: () => number;
  /** The bytes in order. A chunk is valid until the next one is asked for. */
  open(): AsyncIterable<Uint8Array>;
}

/** Bytes of a chunk; smaller ones take longer to read. */
const CHUNK = 2 ** 20;

/**
 * A file. A pipe, which gives its bytes once, is kept in memory, at most `memory` bytes of it.
 *
 * @throws DataError when there is none, it is a folder, or it may not be read.
 */
export async function fileSource(at: string | URL, memory: number): Promise<Source> {
  if (REMOTE.test(String(at))) throw new DataError(`${at}: only files are read; download it first`);
  const path = at instanceof URL ? fileURLToPath(at) : at;
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  if (facts.isDirectory()) throw new DataError(`${path} is a folder; give the table file in it`);
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    const file = await open(path).catch((error: NodeJS.ErrnoException) => {
      throw unreadable(path, error);
    });
    try {
      const buffer = Buffer.allocUnsafeSlow(CHUNK);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK, null);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  };
  const source = { label: path, name: basename(path), open: chunks };
  return facts.isFile() ? { ...source, size: facts.size } : kept(source, memory);
}

/** Addresses in the network. */
const REMOTE = /^(?!file:)[a-z][a-z\d+.-]+:\/\//i;

function unreadable(path: string, error: NodeJS.ErrnoException): DataError {
  if (error.code === "ENOENT") return new DataError(`${path}: no such file`);
  if (error.code === "EACCES" || error.code === "EPERM") return new DataError(`${path}: not allowed to read this file`);
  return new DataError(`${path}: cannot be read (${error.code ?? error.message})`);
}

/** Standard input: at most `memory` bytes of it, which are kept. It is let go when the signal fires. */
export function stdinSource(memory: number, signal?: AbortSignal, input: Readable = process.stdin): Source {
  if (signal !== undefined) addAbortSignal(signal, input);
  return kept({ label: "stdin", name: "stdin", open: () => input }, memory);
}

export function bufferSource(bytes: Uint8Array, name = "memory"): Source {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
  };
  return { label: name, name, size: bytes.length, open: chunks };
}

/** Keeps what is read, so that a source that gives its bytes once can be opened again. */
function kept(once: Source, memory: number): Source {
  const held: Uint8Array[] = [];
  let bytes = 0;
  let rest: AsyncIterator<Uint8Array> | undefined;
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    for (let i = 0; ; i++) {
      if (i === held.length) {
        rest ??= once.open()[Symbol.asyncIterator]();
        const next = await rest.next();
        if (next.done === true) return;
        held.push(new Uint8Array(next.value));
        bytes += next.value.length;
        if (bytes > memory)
          throw new DataError(
            `${once.label}: more than ${memorySize(memory)}, the limit of what is kept in memory; save it to a file and read that, or take a sample of the rows (the option limits.memory allows more)`,
          );
      }
      yield held[i];
    }
  };
  return { ...once, held: () => bytes, open: chunks };
}

/** The same source, which ends with the signal's reason when the signal fires, also while it waits for bytes. */
export function heeding(source: Source, signal: AbortSignal | undefined): Source {
  if (signal === undefined) return source;
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    const bytes = source.open()[Symbol.asyncIterator]();
    let stop = (): void => undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason as Error);
    });
    stopped.catch(() => undefined); // it may fire when nobody waits
    signal.addEventListener("abort", stop, { once: true });
    try {
      for (;;) {
        signal.throwIfAborted();
        const next = await Promise.race([bytes.next(), stopped]);
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      signal.removeEventListener("abort", stop);
      void bytes.return?.(); // not awaited: bytes that never come must not hold up the end
    }
  };
  return { ...source, open: chunks };
}

/** The unpacked bytes of a gzip source. @throws DataError while reading when they are damaged. */
export function gunzipped(packed: Source): Source {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    const gunzip = createGunzip({ chunkSize: 2 ** 20 });
    feed(packed, gunzip);
    try {
      yield* gunzip as AsyncIterable<Uint8Array>;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code?.startsWith("Z_") !== true) throw error;
      throw new DataError(`${packed.label}: damaged gzip data (${message})`, { cause: error });
    }
  };
  const { label, name, held } = packed;
  return { label, name, open: chunks, ...(held && { held }) };
}

/** Sends a source into a stream. Whatever ends the stream, a reader that stops early too, closes the source; what fails there fails in the stream. */
export function feed(source: Source, into: Duplex): void {
  const copies = async function* (): AsyncIterable<Uint8Array> {
    for await (const chunk of source.open()) yield new Uint8Array(chunk);
  };
  pipeline(copies, into).catch(() => undefined);
}

/** A source whose first bytes can be looked at before it is read, at one opening. */
export interface Peeked extends Source {
  /** The first bytes, at most so many: fewer when there are no more. */
  head(most: number): Promise<Buffer>;
  /** Lets go of what was opened and not read. */
  close(): Promise<void>;
}

/** What was looked at is held until the source is read for the first time, and given again then. */
export function peeked(source: Source): Peeked {
  let taken: Buffer = Buffer.alloc(0);
  let rest: AsyncIterator<Uint8Array> | undefined;
  const head = async (most: number): Promise<Buffer> => {
    rest ??= source.open()[Symbol.asyncIterator]();
    const parts: Uint8Array[] = [taken];
    for (let length = taken.length; length < most;) {
      const next = await rest.next();
      if (next.done === true) break;
      parts.push(new Uint8Array(next.value));
      length += next.value.length;
    }
    taken = Buffer.concat(parts);
    return taken.subarray(0, most);
  };
  const close = async (): Promise<void> => {
    const opened = rest;
    rest = undefined;
    taken = Buffer.alloc(0);
    await opened?.return?.();
  };
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    const first = taken;
    const opened = rest ?? source.open()[Symbol.asyncIterator]();
    taken = Buffer.alloc(0);
    rest = undefined;
    try {
      for (let at = 0; at < first.length; at += CHUNK) yield first.subarray(at, at + CHUNK);
      for (;;) {
        const next = await opened.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await opened.return?.();
    }
  };
  return { ...source, open: chunks, head, close };
}

/** What is known of a file once it was read to the end. */
export interface Tap {
  facts(): { readonly bytes: number; readonly sha256: string };
}

/** A source that also counts and hashes what passes; ask for `facts` when it was read to the end and not opened again. */
export function tapped(source: Source): Tap & { readonly source: Source } {
  let hash = createHash("sha256");
  let bytes = 0;
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    hash = createHash("sha256");
    bytes = 0;
    for await (const chunk of source.open()) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  return { source: { ...source, open: chunks }, facts: () => ({ bytes, sha256: hash.copy().digest("hex") }) };
}

/** A source without its first bytes. */
export function skipping(source: Source, count: number): Source {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    let left = count;
    for await (const chunk of source.open()) {
      const rest = chunk.subarray(Math.min(left, chunk.length));
      left -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
  };
  return { ...source, open: chunks };
}
