/**
 * Counter-based random streams: Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011). A stream is a 64-bit key; its n-th block is a pure function of (key, n), so streams need no
 * shared state and a new one shifts no other. Checked against the authors' known-answer vectors.
 */

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** A named stream of random numbers. Draws advance this stream only; `split` never does. */
export interface Rng {
  /** A stream of its own, named by purpose. The same name always gives the same stream, however much was drawn here. */
  split(name: string | number): Rng;
  /** Uniform 32-bit unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform whole number in [0, n), without modulo bias. @throws RangeError unless 1 <= n <= 2^32. */
  below(n: number): number;
  /** Standard normal (Box-Muller, one value a call). */
  normal(): number;
  /** Puts the values in random order, in place (Fisher-Yates). Returns the same array. */
  shuffle<T extends Int32Array | Float64Array | unknown[]>(values: T): T;
}

/** The stream of a seed. Any string or finite number is a seed; 1 and "1" are the same. */
export function seeded(seed: string | number): Rng {
  return stream(0, 0).split(seed);
}

function stream(key0: number, key1: number): Rng {
  const block = new Uint32Array(4);
  let counter = 0;
  let left = 0;
  const uint32 = (): number => {
    if (left === 0) {
      philox(block, counter >>> 0, Math.floor(counter / 4294967296), 0, 0, key0, key1);
      counter++;
      left = 4;
    }
    return block[4 - left--];
  };
  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  const below = (n: number): number => {
    if (!(n >= 1 && n <= 4294967296)) throw new RangeError(`rng.below: n must be from 1 to 2^32, got ${n}`);
    let draw = uint32();
    if (draw >= 4294967296 - n) {
      const limit = 4294967296 - (4294967296 % n); // above 2^32 - n, so it need not be known for smaller draws
      while (draw >= limit) draw = uint32();
    }
    return n === 4294967296 ? draw : (draw >>> 0) % (n >>> 0); // whole numbers are said to be: their remainder is quicker
  };
  return Object.freeze({
    split: (name: string | number) => {
      const [a, b] = hash(String(name));
      const out = new Uint32Array(4);
      philox(out, a, b, 0, 1, key0, key1); // counters with a 1 in the last word are kept for names
      return stream(out[0], out[1]);
    },
    uint32,
    uniform,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: <T extends Int32Array | Float64Array | unknown[]>(values: T): T => {
      for (let i = values.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const held = values[i];
        values[i] = values[j];
        values[j] = held;
      }
      return values;
    },
  });
}

/** One Philox4x32-10 block: four words out for a 128-bit counter (c0 lowest) and a 64-bit key. */
export function philox(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  key0: number,
  key1: number,
): void {
  for (let round = 0; round < 10; round++) {
    const next0 = high(M1, c2) ^ c1 ^ key0;
    const next2 = high(M0, c0) ^ c3 ^ key1;
    c1 = Math.imul(M1, c2);
    c3 = Math.imul(M0, c0);
    c0 = next0;
    c2 = next2;
    key0 = (key0 + W0) | 0;
    key1 = (key1 + W1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of a 32 x 32 bit product, from 16-bit halves; no sum here exceeds 2^32. */
function high(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const other = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (other >>> 16)) | 0;
}

/** Two 32-bit hashes of a name: FNV-1a over its UTF-16 units from two starting points, then a murmur finish. */
function hash(name: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) + unit;
  }
  return [finish(a ^ name.length), finish(b ^ (name.length << 16))];
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
