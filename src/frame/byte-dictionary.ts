/** Distinct byte strings and their codes, in order of first appearance. */

/** Texts end to end, UTF-8: text i is bytes[ends[i - 1] .. ends[i]). */
export interface Levels {
  readonly bytes: Uint8Array;
  readonly ends: Float64Array;
}

export const HASH_SEED: number = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/** FNV-1a over bytes[start .. end). */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let h = HASH_SEED;
  for (let p = start; p < end; p++) h = Math.imul(h ^ bytes[p], HASH_PRIME);
  return h;
}

/** An open-addressing hash table over byte strings. Lookup and insert O(length); memory O(distinct bytes). */
export class ByteDictionary {
  size = 0;
  private slots: Int32Array; // code + 1; 0 is free
  private hashes: Int32Array;
  private ends: Float64Array;
  private arena: Uint8Array;
  private used = 0;

  constructor() {
    this.slots = new Int32Array(64);
    this.hashes = new Int32Array(32);
    this.ends = new Float64Array(32);
    this.arena = new Uint8Array(256);
  }

  /** The code of bytes[start .. end), whose `hashBytes` is given; new ones get the next code. */
  add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let held = this.slots[slot]; held !== 0; held = this.slots[(slot = (slot + 1) & mask)])
      if (this.hashes[held - 1] === hash && this.equals(held - 1, bytes, start, end)) return held - 1;
    this.slots[slot] = this.size + 1;
    return this.append(bytes, start, end, hash);
  }

  /** The code of bytes[start .. end), or -1. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let held = this.slots[slot]; held !== 0; held = this.slots[(slot = (slot + 1) & mask)])
      if (this.hashes[held - 1] === hash && this.equals(held - 1, bytes, start, end)) return held - 1;
    return -1;
  }

  /** `add` for a string. */
  addText(text: string): number {
    const bytes = Buffer.from(text);
    return this.add(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
  }

  /** The codes here of all texts of another dictionary, in its order. */
  addAll(levels: Levels): Int32Array {
    const codes = new Int32Array(levels.ends.length);
    for (let i = 0, start = 0; i < codes.length; i++) {
      const end = levels.ends[i];
      codes[i] = this.add(levels.bytes, start, end, hashBytes(levels.bytes, start, end));
      start = end;
    }
    return codes;
  }

  /** A copy of all texts, by code. */
  levels(): Levels {
    return { bytes: this.arena.slice(0, this.used), ends: this.ends.slice(0, this.size) };
  }

  private equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = code === 0 ? 0 : this.ends[code - 1];
    if (this.ends[code] - from !== end - start) return false;
    const { arena } = this;
    for (let p = start, q = from; p < end; p++, q++) if (bytes[p] !== arena[q]) return false;
    return true;
  }

  private append(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const code = this.size++;
    const used = this.used + end - start;
    if (used > this.arena.length) this.arena = grown(this.arena, new Uint8Array(Math.max(used, 2 * this.arena.length)));
    for (let p = start, q = this.used; p < end; p++, q++) this.arena[q] = bytes[p];
    this.used = used;
    if (code === this.ends.length) {
      this.ends = grown(this.ends, new Float64Array(2 * code));
      this.hashes = grown(this.hashes, new Int32Array(2 * code));
    }
    this.ends[code] = used;
    this.hashes[code] = hash;
    if (2 * this.size > this.slots.length) this.rehash();
    return code;
  }

  private rehash(): void {
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      const hash = this.hashes[code];
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}

function grown<T extends Uint8Array | Int32Array | Float64Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
