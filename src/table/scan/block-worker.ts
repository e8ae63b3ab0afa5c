/** A worker thread of the fast reader. */
import { serve } from "../../parallel/serve.ts";
import { readBlock, type Block, type Cells, type Layout } from "./block.ts";

export interface BlockTask {
  /** Shared memory: the block's bytes, and room for its cells. */
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly last: boolean;
  readonly layout: Layout;
  readonly cells: Cells;
}

serve(({ bytes, length, last, layout, cells }: BlockTask): Block => readBlock(bytes, length, last, layout, cells));
