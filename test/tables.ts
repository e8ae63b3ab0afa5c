export * from "../src/testing/tables.ts";
