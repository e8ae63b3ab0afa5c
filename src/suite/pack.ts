/** Plain data with typed arrays as bytes: a line of JSON in which arrays are places, then the arrays themselves. */
const KINDS = { Float64Array, Int32Array, Uint8Array } as const;
type Kind = keyof typeof KINDS;

interface Placed {
  readonly $array: Kind;
  readonly at: number;
  readonly length: number;
}

/** Arrays start at multiples of this. */
const UNIT = 8;
const padded = (bytes: number): number => Math.ceil(bytes / UNIT) * UNIT;

/** Cost: one copy. Members that are undefined are left out. */
export function pack(value: object): Uint8Array<ArrayBuffer> {
  const arrays: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  let end = 0;
  const place = (_key: string, member: unknown): unknown => {
    if (!ArrayBuffer.isView(member)) return member;
    const kind = member.constructor.name as Kind;
    if (!Object.hasOwn(KINDS, kind)) throw new TypeError(`pack: no place for a ${kind}`);
    const bytes = new Uint8Array(member.buffer, member.byteOffset, member.byteLength);
    const at = end;
    arrays.push({ at, bytes });
    end = padded(end + bytes.length);
    return { $array: kind, at, length: (member as Uint8Array).length } satisfies Placed;
  };
  const head = new TextEncoder().encode(`${JSON.stringify(value, place)}\n`);
  const from = padded(UNIT + head.length);
  const out = new Uint8Array(from + end);
  new DataView(out.buffer).setUint32(0, head.length, true);
  out.set(head, UNIT);
  for (const { at, bytes } of arrays) out.set(bytes, from + at);
  return out;
}

/** What was packed; its arrays are views of `bytes` where they lie well. @throws RangeError, SyntaxError for other bytes. */
export function unpack(bytes: Uint8Array): unknown {
  const lies = bytes.byteOffset % UNIT === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = lies;
  const length = new DataView(buffer, byteOffset, lies.byteLength).getUint32(0, true);
  const from = byteOffset + padded(UNIT + length);
  return JSON.parse(new TextDecoder().decode(lies.subarray(UNIT, UNIT + length)), (_key, member: unknown) => {
    if (typeof member !== "object" || member === null || !("$array" in member)) return member;
    const { $array, at, length: count } = member as Placed;
    return new KINDS[$array](buffer as ArrayBuffer, from + at, count);
  });
}
