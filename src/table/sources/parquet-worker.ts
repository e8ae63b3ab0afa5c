/** The worker thread in which a Parquet file is decoded. */
import { serve } from "../../parallel/serve.ts";
import { decodeParquet } from "./parquet-file.ts";

serve(decodeParquet);
