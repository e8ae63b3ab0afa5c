/** The growing columns of a table that is being read, on shared memory. */
import { sharedDoubles, sharedInts } from "../../frame/shared.ts";
import { DataError } from "../../frame/error.ts";
import { NUMBER, SKIP, STRING, type Block, type Cells } from "./block.ts";
import { ByteDictionary } from "../../frame/byte-dictionary.ts";
import { memorySize } from "../../words/numbers.ts";

/** One column; `codes` and `dictionary` exist for STRING plans only. */
export interface StoredColumn {
  plan: number;
  shape: number;
  /** How often each marker stood in it. */
  missing: Map<number, number>;
  values: Float64Array;
  codes: Int32Array;
  dictionary: ByteDictionary;
}

const NO_VALUES = new Float64Array(0);
const NO_CODES = new Int32Array(0);

/** Makes room for `expected` rows; more are made as needed. Room that is not used costs address space, not memory. */
export class ColumnStore {
  rows = 0;
  readonly columns: StoredColumn[];
  private capacity: number;
  private readonly memory: () => number;
  private readonly label: string;

  /** @param memory Bytes that the columns may take by now. @param label For messages. */
  constructor(plan: Uint8Array, expected: number, memory: () => number, label: string) {
    this.memory = memory;
    this.label = label;
    this.capacity = Math.max(16, Math.ceil(expected));
    this.columns = Array.from(plan, (kind) => ({
      plan: kind,
      shape: 0,
      missing: new Map(),
      values: kind === NUMBER ? sharedDoubles(this.capacity) : NO_VALUES,
      codes: kind === STRING ? sharedInts(this.capacity) : NO_CODES,
      dictionary: new ByteDictionary(),
    }));
  }

  /** Appends a block's rows. */
  append(block: Block, cells: Cells, markers: number): void {
    this.reserve(this.rows + block.rows);
    let numbers = 0;
    let texts = 0;
    this.columns.forEach((column, c) => {
      if (column.plan === NUMBER) {
        const from = numbers++ * cells.capacity;
        column.values.set(cells.numbers.subarray(from, from + block.rows), this.rows);
        column.shape |= block.shapes[c];
      } else if (column.plan === STRING) {
        const map = column.dictionary.addAll(block.levels[texts]);
        const from = texts++ * cells.capacity;
        recode(cells.codes.subarray(from, from + block.rows), map, column.codes, this.rows);
      }
    });
    for (const [key, count] of block.missing) {
      const { missing } = this.columns[Math.floor(key / markers)];
      missing.set(key % markers, (missing.get(key % markers) ?? 0) + count);
    }
    this.rows += block.rows;
  }

  /** A number column of which no cell was anything but empty so far becomes a text column. */
  toText(c: number): void {
    const column = this.columns[c];
    column.plan = STRING;
    column.values = NO_VALUES;
    column.codes = sharedInts(this.capacity).fill(-1, 0, this.rows);
  }

  /** Lets a column go. */
  drop(c: number): void {
    Object.assign(this.columns[c], { plan: SKIP, values: NO_VALUES, codes: NO_CODES });
  }

  private reserve(rows: number): void {
    const needed = 8 * rows * this.columns.filter(({ plan }) => plan !== SKIP).length;
    const memory = this.memory();
    if (needed > memory) throw beyondMemory(this.label, rows, this.columns.length, needed, memory);
    if (rows <= this.capacity) return;
    this.capacity = Math.max(rows, Math.ceil(1.6 * this.capacity));
    for (const column of this.columns) {
      if (column.plan === NUMBER) column.values = moved(column.values, sharedDoubles(this.capacity), this.rows);
      if (column.plan === STRING) column.codes = moved(column.codes, sharedInts(this.capacity), this.rows);
    }
  }
}

function moved<T extends Float64Array | Int32Array>(old: T, larger: T, rows: number): T {
  larger.set(old.subarray(0, rows));
  return larger;
}

function recode(codes: Int32Array, map: Int32Array, out: Int32Array, at: number): void {
  for (let r = 0; r < codes.length; r++) out[at + r] = codes[r] < 0 ? -1 : map[codes[r]];
}

/** The sentence for tables that are too large. */
export function beyondMemory(label: string, rows: number, columns: number, needed: number, limit: number): DataError {
  return new DataError(
    `${label}: ${Math.round(rows)} rows of ${columns} columns need ${memorySize(needed)}, more than the limit of ${memorySize(limit)}; take a sample of the rows (the option limits.memory allows more)`,
  );
}
