/** The part of `onnxruntime-node` that is used. It is imported when it is needed, and need not be there. */
import { ChallengerError } from "./source.ts";

/** What is used of `onnxruntime-node`, from version 1.22. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(path: string): Promise<OnnxSession> };
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => unknown;
}

export interface OnnxSession {
  readonly inputMetadata?: readonly OnnxValue[];
  readonly outputMetadata?: readonly OnnxValue[];
  run(
    feeds: Readonly<Record<string, unknown>>,
    fetches: readonly string[],
  ): Promise<Readonly<Record<string, { readonly data: ArrayLike<number | bigint | string> }>>>;
  release(): Promise<void>;
}

/** Of a tensor: its type and shape; a dimension that is free has a name. */
export interface OnnxValue {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/** @throws ChallengerError when it is not installed. */
export async function installedRuntime(): Promise<OnnxRuntime> {
  const wanted: string = "onnxruntime-node";
  try {
    const module = (await import(wanted)) as OnnxRuntime & { readonly default?: OnnxRuntime };
    return module.default ?? module;
  } catch (error) {
    throw new ChallengerError(
      `onnx: ${wanted} is not installed, and runs ONNX models; install it beside this package with: npm install ${wanted}`,
      { cause: error },
    );
  }
}

/** What an error of the runtime says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
