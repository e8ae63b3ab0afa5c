/** From the outputs of an ONNX model to answers. */
import { compareLevels } from "../schema/levels.ts";
import { counted } from "../words/numbers.ts";
import type { Artifact } from "../report/artifact.ts";
import type { Answers } from "./given-answers.ts";
import type { OnnxValue } from "./onnx-runtime.ts";
import { ChallengerError } from "./source.ts";
import { inList } from "../words/texts.ts";

export interface Output {
  readonly name: string;
  readonly read: (data: ArrayLike<number | bigint | string>, rows: number) => Answers;
  readonly notes: readonly string[];
}

/** The output that says most. @throws ChallengerError when none says what is asked. */
export function outputOf(
  outputs: readonly OnnxValue[],
  artifact: Artifact,
  { path, classes }: { readonly path: string; readonly classes?: readonly string[] },
): Output {
  const tensors = outputs.filter(({ isTensor }) => isTensor);
  const isFloat = ({ type = "" }: OnnxValue): boolean => type.startsWith("float");
  const widthOf = ({ shape = [] }: OnnxValue): number | undefined =>
    shape.length < 2 ? 1 : typeof shape[1] === "number" && shape[1] > 0 ? shape[1] : undefined;
  if (artifact.task === "regression") {
    const found = tensors.find((one) => isFloat(one) && (widthOf(one) ?? 1) === 1);
    if (found) return { name: found.name, read: (data) => Array.from(data, Number), notes: [] };
    throw new ChallengerError(`${path}: wanted an output of one float a row, got ${described(outputs)}`);
  }
  const order = classes ?? artifact.classes.toSorted(compareLevels);
  const absent = artifact.classes.filter((name) => !order.includes(name));
  if (absent.length > 0 || order.length !== artifact.classes.length)
    throw new ChallengerError(
      `${path}: the option classes must name each of ${artifact.classes.map(inList).join(", ")} once, got ${order.map(inList).join(", ")}`,
    );
  const width = order.length;
  const shares = tensors.find((one) => isFloat(one) && (widthOf(one) ?? width) === width);
  if (shares) {
    const places = artifact.classes.map((name) => order.indexOf(name));
    return {
      name: shares.name,
      read: (data, rows) => ({
        probabilities: Array.from({ length: rows }, (_, i) => places.map((k) => Number(data[i * width + k]))),
      }),
      notes: [`its probabilities are taken to be those of ${order.join(", ")}, in this order`],
    };
  }
  const single = tensors.find((one) => isFloat(one) && widthOf(one) === 1);
  if (single && artifact.task === "binary")
    return {
      name: single.name,
      read: (data) => ({ probability: Array.from(data, Number) }),
      notes: [`its one number a row is taken to be the probability of ${artifact.positive}`],
    };
  const label = tensors.find(({ type = "" }) => type === "string" || type.startsWith("int"));
  if (label)
    return {
      name: label.name,
      read: (data) => Array.from(data, String),
      notes:
        outputs.length > tensors.length
          ? ["its probabilities are no tensor: export it with zipmap off to be judged by them"]
          : [],
    };
  throw new ChallengerError(
    `${path}: wanted an output of probabilities (${counted(width, "float")} a row) or labels, got ${described(outputs)}`,
  );
}

function described(outputs: readonly OnnxValue[]): string {
  return outputs
    .map(({ name, isTensor, type, shape }) =>
      isTensor ? `${name} (${type} ${(shape ?? []).join(" x ")})` : `${name} (no tensor)`,
    )
    .join(", ");
}
