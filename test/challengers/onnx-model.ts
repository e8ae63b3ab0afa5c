/** A small ONNX file made by hand, field by field as onnx.proto has them: `y = slope * x`, missing x taken for 0. */

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const number = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, content: readonly number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(content.length),
  ...content,
];
const text = (field: number, value: string): number[] => bytes(field, [...Buffer.from(value)]);
const FLOAT = 1;

const node = (op: string, inputs: readonly string[], output: string): number[] =>
  bytes(1, [...inputs.flatMap((name) => text(1, name)), ...text(2, output), ...text(4, op)]);
const weight = (name: string, dims: readonly number[], value: number): number[] =>
  bytes(5, [
    ...dims.flatMap((dim) => number(1, dim)),
    ...number(2, FLOAT),
    ...text(8, name),
    ...bytes(9, [...new Uint8Array(Float32Array.of(value).buffer)]),
  ]);
const matrix = (field: number, name: string): number[] => {
  const shape = [...bytes(1, text(2, "rows")), ...bytes(1, number(1, 1))];
  const tensor = [...number(1, FLOAT), ...bytes(2, shape)];
  return bytes(field, [...text(1, name), ...bytes(2, bytes(1, tensor))]);
};

/** One input `input` and one output `output`, both rows x 1 of float32. */
export function linearOnnx(slope: number): Uint8Array {
  const graph = [
    ...node("IsNaN", ["input"], "missing"),
    ...node("Where", ["missing", "zero", "input"], "filled"),
    ...node("MatMul", ["filled", "slope"], "output"),
    ...text(2, "line"),
    ...weight("zero", [1, 1], 0),
    ...weight("slope", [1, 1], slope),
    ...matrix(11, "input"),
    ...matrix(12, "output"),
  ];
  return Uint8Array.from([...number(1, 7), ...bytes(7, graph), ...bytes(8, [...text(1, ""), ...number(2, 13)])]);
}
