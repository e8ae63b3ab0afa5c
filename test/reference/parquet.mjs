// Makes table.parquet (snappy) and nested.parquet beside it:
//   npm install --no-save hyparquet-writer@0.17.0 && node test/reference/parquet.mjs test/reference
import { join } from "node:path";
import { parquetWriteFile } from "hyparquet-writer";

const folder = process.argv[2];
const days = (text) => new Date(`${text}T00:00:00Z`);
parquetWriteFile({
  filename: join(folder, "table.parquet"),
  rowGroupSize: 3,
  columnData: [
    { name: "big", data: [1n, 2n, null, 9007199254740991n, -5n], type: "INT64" },
    { name: "huge", data: [9007199254740993n, 9007199254740995n, 1n, 2n, null], type: "INT64" },
    { name: "small", data: [1, 2, 3, 4, 5], type: "INT32" },
    { name: "price", data: [1.5, null, -0.25, 1e300, Number.NaN], type: "DOUBLE" },
    { name: "name", data: ["ann", "bob", "ann", null, " x "], type: "STRING" },
    { name: "yes", data: [true, false, null, true, true], type: "BOOLEAN" },
    {
      name: "at",
      data: [days("2020-01-02"), days("2020-01-03"), null, new Date("2020-02-03T04:05:06.789Z"), days("2021-01-01")],
      type: "TIMESTAMP",
    },
    { name: "text", data: ["007", "12", "3", "NA", "5"], type: "STRING" },
  ],
});
parquetWriteFile({
  filename: join(folder, "nested.parquet"),
  columnData: [{ name: "tags", data: [{ a: 1 }, { a: 2 }], type: "JSON" }],
});
