/**
 * The fast reader: cuts a stream of UTF-8 into blocks of whole records, has them read (by worker threads when there
 * is enough to read) and joins what comes back, in order.
 *
 * Where a block may be cut is a guess: after a line end outside quotes, as far as counting quotes can tell. Whether
 * the guess was right is known when the block before it has been read: if that one ends inside a quoted cell, its rest
 * and the next block are read again as one. So the result does not depend on where blocks end or who reads them.
 */
import { DataError } from "../../frame/error.ts";
import type { Pool } from "../../parallel/pool.ts";
import {
  capacityFor,
  NOT_NUMBER,
  NUMBER,
  readBlock,
  REPEATED,
  SKIP,
  STRING,
  type BadRecord,
  type Block,
  type Cells,
  type Layout,
} from "./block.ts";
import type { BlockTask } from "./block-worker.ts";
import { sharedBytes, sharedDoubles, sharedInts } from "../../frame/shared.ts";
import { ColumnStore } from "./column-store.ts";
import { cutPieces, tooLong, type Piece, type PieceOptions } from "./pieces.ts";
import { whole } from "../../words/numbers.ts";

export interface BlockOptions extends PieceOptions {
  readonly layout: Layout;
  /** About how many rows there will be, and how long a record is in the mean. */
  readonly expectedRows: number;
  readonly recordBytes: number;
  /** 1: no threads. */
  readonly workers: number;
  /** Bytes that the columns may take by now. */
  readonly memory: () => number;
}

/** A record that was left out: its number in the file and where it starts in the text. */
export interface Misfit {
  readonly record: number;
  readonly offset: number;
  readonly fields: number;
  /** Its first byte. */
  readonly first: number;
}

export interface BlockTotals {
  readonly store: ColumnStore;
  readonly misfits: readonly Misfit[];
  /** Records that are the header again. */
  readonly repeats: readonly Misfit[];
  /** Columns that turned out not to hold numbers after some were read as such. */
  readonly conflicts: ReadonlySet<number>;
  readonly strayQuotes: number;
  readonly padded: number;
}

/** Larger ones are read no faster, and every block under way is held in memory beside its cells. */
const BLOCK = 2 * 2 ** 20;
/** Blocks read before threads are started: starting them takes about as long as reading four. */
const ALONE = 4;

/**
 * Reads all records of a text that starts after the header.
 *
 * @param onMisfit Called for each record that does not fit, in order; throws when such records are not to be skipped.
 * @throws NotUtf8 when the text is not UTF-8, DataError for NUL bytes and records beyond the limit.
 */
export async function readBlocks(
  text: AsyncIterable<Uint8Array>,
  options: BlockOptions,
  onMisfit: (misfit: Misfit) => Promise<void>,
): Promise<BlockTotals> {
  const joiner = new Joiner(options, onMisfit);
  try {
    for await (const piece of cutPieces(text, options, () => joiner.freshBytes())) await joiner.take(piece);
    return joiner.totals();
  } finally {
    await joiner.close();
  }
}

/** Memory for cells, used again and again. */
interface Room {
  numbers: Float64Array;
  codes: Int32Array;
}

interface Pending {
  readonly piece: Piece;
  /** By what plan it is being read. */
  readonly layout: Layout;
  readonly room: Room;
  readonly cells: Cells;
  readonly block: () => Block | Promise<Block>;
}

class Joiner {
  private readonly options: BlockOptions;
  private readonly onMisfit: (misfit: Misfit) => Promise<void>;
  private readonly store: ColumnStore;
  private readonly blockBytes: number;
  private readonly misfits: Misfit[] = [];
  private readonly repeats: Misfit[] = [];
  private readonly conflicts = new Set<number>();
  private layout: Layout;
  /** What a record is expected to take; nothing once that was too much. */
  private recordBytes: number | undefined;
  private pool: Pool<BlockTask, Block> | undefined;
  private readonly queue: Pending[] = [];
  private readonly rooms: Room[] = [];
  private readonly spare: Uint8Array[] = [];
  /** The start of a record whose quote was open where the last block ended. */
  private rest: Uint8Array = new Uint8Array(0);
  /** Bytes of that record which are known to hold no end of it. */
  private tried = 0;
  private pieces = 0;
  private records = 0;
  private offset = 0;
  private strayQuotes = 0;
  private padded = 0;

  constructor(options: BlockOptions, onMisfit: (misfit: Misfit) => Promise<void>) {
    this.options = options;
    this.onMisfit = onMisfit;
    this.blockBytes = options.blockBytes ?? BLOCK;
    this.layout = options.layout;
    this.recordBytes = options.recordBytes;
    this.store = new ColumnStore(options.layout.plan, options.expectedRows, options.memory, options.label);
  }

  freshBytes(): Uint8Array {
    return this.spare.pop() ?? sharedBytes(this.blockBytes + 2);
  }

  async take(piece: Piece): Promise<void> {
    const { workers } = this.options;
    if (workers > 1 && this.pieces++ === ALONE) this.pool = await threads(workers);
    this.queue.push(this.begin(piece));
    const waiting = this.pool === undefined || piece.last ? 0 : workers + 2;
    while (this.queue.length > waiting) await this.join(this.queue.shift() as Pending);
  }

  totals(): BlockTotals {
    const { store, misfits, repeats, conflicts, strayQuotes, padded } = this;
    return { store, misfits, repeats, conflicts, strayQuotes, padded };
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }

  /** Has a piece read: by a thread, starting now, or here, when it is joined. */
  private begin(piece: Piece): Pending {
    const { bytes, length, last } = piece;
    const { layout } = this;
    const room = this.rooms.pop() ?? { numbers: new Float64Array(0), codes: new Int32Array(0) };
    // The lengths of blocks differ by less than a record: room for the longest is made once.
    const most = last ? length : Math.max(length, this.blockBytes);
    const cells = furnish(room, most, layout.plan, this.recordBytes);
    if (this.pool === undefined)
      return { piece, layout, room, cells, block: () => readBlock(bytes, length, last, layout, cells) };
    const reading = this.pool.run({ bytes, length, last, layout, cells });
    reading.catch(() => undefined); // it is awaited when its turn comes; until then a failure is not "unhandled"
    return { piece, layout, room, cells, block: () => reading };
  }

  private async join(pending: Pending): Promise<void> {
    let { piece, cells } = pending;
    let block = await pending.block();
    if (this.rest.length > 0) {
      piece = this.prepended(piece);
      if (!piece.last && piece.length < 2 * this.tried) return this.hold(piece, pending);
    }
    let stale = piece !== pending.piece || pending.layout !== this.layout;
    while (stale || this.overflows(block) || this.replan(block)) {
      ({ block, cells } = this.reread(piece, pending.room));
      stale = false;
    }
    for (const bad of block.bad) await this.misfit(bad, piece.bytes[bad.start]);
    this.store.append(block, cells, this.layout.markers.length);
    this.records += block.rows + block.bad.length;
    this.offset += block.consumed;
    this.strayQuotes += block.strayQuotes;
    this.padded += block.padded;
    this.rest = piece.bytes.slice(block.consumed, piece.length);
    this.tried = block.consumed === 0 ? piece.length : 0;
    this.rooms.push(pending.room);
    this.spare.push(pending.piece.bytes);
  }

  /** A record longer than a block is read again only when twice as much of it is there, so that it costs no square of its length. */
  private hold({ bytes, length }: Piece, { room, piece }: Pending): void {
    this.rest = bytes.subarray(0, length);
    this.rooms.push(room);
    this.spare.push(piece.bytes);
  }

  private reread(piece: Piece, room: Room): { block: Block; cells: Cells } {
    const cells = furnish(room, piece.length, this.layout.plan, this.recordBytes);
    return { block: readBlock(piece.bytes, piece.length, piece.last, this.layout, cells), cells };
  }

  /** The piece with the rest of the one before it. */
  private prepended({ bytes, length, last }: Piece): Piece {
    const { rest } = this;
    if (rest.length > this.options.lineBytes) throw tooLong(this.options, "is a quote opened that is never closed?");
    const joined = sharedBytes(rest.length + length + 2);
    joined.set(rest);
    joined.set(bytes.subarray(0, length), rest.length);
    return { bytes: joined, length: rest.length + length, last };
  }

  /** Records are shorter than those at the head of the text: from now on there is room for the shortest. */
  private overflows({ full }: Block): boolean {
    if (full) this.recordBytes = undefined;
    return full;
  }

  /** Columns with a cell that is no number get another plan. True when the block must be read again by it. */
  private replan(block: Block): boolean {
    const plan = this.layout.plan.slice();
    let changed = false;
    plan.forEach((kind, c) => {
      if (kind !== NUMBER || (block.shapes[c] & NOT_NUMBER) === 0) return;
      changed = true;
      const column = this.store.columns[c];
      if (column.shape === 0 && column.missing.size === 0) {
        plan[c] = STRING;
        this.store.toText(c);
      } else {
        plan[c] = SKIP; // the text of what was read as numbers is gone: the column is read in a second pass
        this.store.drop(c);
        this.conflicts.add(c);
      }
    });
    if (changed) this.layout = { ...this.layout, plan };
    return changed;
  }

  private async misfit({ record, start, fields }: BadRecord, first: number): Promise<void> {
    const misfit = { record: this.records + record, offset: this.offset + start, fields, first };
    if (fields === REPEATED) {
      this.repeats.push(misfit);
      return;
    }
    await this.onMisfit(misfit);
    const { label, layout } = this.options;
    if (this.misfits.push(misfit) > layout.mostBad)
      throw new DataError(
        `${label}: more than ${whole(layout.mostBad)} records do not fit the columns; say how they are cut (--delimiter, --quote)`,
      );
  }
}

/** Most tables are read before any are needed. */
async function threads(count: number): Promise<Pool<BlockTask, Block>> {
  const { startPool } = await import("../../parallel/pool.ts");
  const { workerModule } = await import("../../parallel/worker-module.ts");
  return startPool(workerModule("table/scan/block-worker"), count);
}

/** Cells for a block of so many bytes, in a room that is made larger where needed. */
function furnish(room: Room, length: number, plan: Uint8Array, recordBytes: number | undefined): Cells {
  const capacity = capacityFor(length, plan.length, recordBytes);
  const numbers = plan.filter((kind) => kind === NUMBER).length * capacity;
  const codes = plan.filter((kind) => kind === STRING).length * capacity;
  if (room.numbers.length < numbers) room.numbers = sharedDoubles(numbers);
  if (room.codes.length < codes) room.codes = sharedInts(codes);
  return { capacity, numbers: room.numbers, codes: room.codes };
}
