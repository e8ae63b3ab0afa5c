import { describe, expect, it } from "vitest";
import {
  nameWords,
  soundsLikeCode,
  soundsLikeEntity,
  soundsLikeId,
  soundsLikeMoment,
  soundsLikeNumbering,
  soundsLikeRow,
  soundsLikeWeight,
} from "../../src/schema/names.ts";

const cases: [string, (name: string) => boolean, string[], string[]][] = [
  [
    "soundsLikeId",
    soundsLikeId,
    [
      "#",
      "subject #",
      "id",
      "ID",
      "PassengerId",
      "customer_id",
      "subject#",
      "order.id",
      "userID",
      "id_station",
      "patient",
      "uuid",
    ],
    [
      "# of polls",
      "#support",
      "idea",
      "grid",
      "households",
      "household_income",
      "valid",
      "width",
      "paid",
      "user_age",
      "index",
    ],
  ],
  [
    "soundsLikeNumbering",
    soundsLikeNumbering,
    ["case_number", "index", "Ticket No", "ref"],
    ["number_of_rooms", "note", "numbers"],
  ],
  [
    "soundsLikeEntity",
    soundsLikeEntity,
    ["subject#", "patient", "customer_no", "UserId"],
    ["id", "customer_age", "users", "driver_rating"],
  ],
  [
    "soundsLikeRow",
    soundsLikeRow,
    ["Row", "", "Unnamed: 0", "index", "#", "id", "unnamed_1"],
    ["year", "x", "X", "x1", "rows_read", "t"],
  ],
  [
    "soundsLikeCode",
    soundsLikeCode,
    ["zip", "ZipCode", "postal_code", "country code", "fips"],
    ["code", "decode", "zipper", "income"],
  ],
  [
    "soundsLikeMoment",
    soundsLikeMoment,
    ["timestamp", "created_at", "Date", "event.time"],
    ["times", "update", "dated"],
  ],
  ["soundsLikeWeight", soundsLikeWeight, ["fnlwgt", "sample_weight"], ["weight", "body_weight"]],
];

describe("names", () => {
  it("fall into words", () => {
    expect(nameWords("PassengerId")).toEqual(["passenger", "id"]);
    expect(nameWords("HTTPServer_port2")).toEqual(["http", "server", "port", "2"]);
    expect(nameWords("subject#")).toEqual(["subject", "#"]);
    expect(nameWords("Größe (cm)")).toEqual(["größe", "cm"]);
  });
  for (const [what, test, yes, no] of cases) {
    for (const name of yes) it(`${what}: ${JSON.stringify(name)}`, () => expect(test(name)).toBe(true));
    for (const name of no) it(`${what}: not ${JSON.stringify(name)}`, () => expect(test(name)).toBe(false));
  }
});
