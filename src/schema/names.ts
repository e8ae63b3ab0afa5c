/** What a column's name gives away. Names are a hint beside the values, never evidence by themselves. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const ROW = set(
  "row rows rownum rowid rownames index idx id no nr num number record obs observation unnamed serial sno #",
);
const STRONG_ID = set("id ids uid uuid guid pk #");
const WEAK_ID = set("index idx key nr no number serial ref reference code");
const ENTITY = set(
  "subject patient person user customer client participant member student employee household respondent individual animal session visitor player driver account owner guest passenger donor citizen tenant",
);
const CODE = set("zip zipcode postcode postal fips naics sic icd isic hs plz cpt");
const MOMENT = set("date time timestamp datetime ts epoch unix created updated modified at");
const WEIGHT = set("fnlwgt sampleweight caseweight surveyweight samplingweight wgt freqweight");

/** Words of a name, in lower case: `PassengerId` is passenger, id; `subject#` is subject, #. */
export function nameWords(name: string): string[] {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2");
  return spaced.toLowerCase().match(/[\p{L}]+|\d+|#/gu) ?? [];
}

/** What pandas calls an index without a name when it writes Parquet. */
const INDEX_LEVEL = /^__index_level_\d+__$/;

/** Made of words for rows only; numbers (`Unnamed: 0`) do not count. */
export function soundsLikeRow(name: string): boolean {
  return INDEX_LEVEL.test(name) || nameWords(name).every((word) => ROW.has(word) || /^\d+$/.test(word));
}

/**
 * `id`, `order_id`, `IdStation`, `#`; or nothing but a kind of person, as `subject#` and `customer`. `# of polls` is a count.
 */
export function soundsLikeId(name: string): boolean {
  const words = nameWords(name);
  const first = words[0] === "#" && words.length > 1 ? "" : words[0];
  return STRONG_ID.has(first) || STRONG_ID.has(words[words.length - 1]) || soundsLikeEntity(name);
}

/** An id by its last word, or an index without a name: what nobody predicts. A `donor` may be asked for. */
export function soundsLikeKey(name: string): boolean {
  const words = nameWords(name);
  return INDEX_LEVEL.test(name) || words[0] === "unnamed" || STRONG_ID.has(words[words.length - 1]);
}

/** `case_number`, `index`: an id where every row has its own, else a quantity as good as any. */
export function soundsLikeNumbering(name: string): boolean {
  const words = nameWords(name);
  return WEAK_ID.has(words[words.length - 1]);
}

/** Names something of which there may be many rows: a person, an animal, a household. `household_income` does not. */
export function soundsLikeEntity(name: string): boolean {
  const words = nameWords(name).filter((word) => !STRONG_ID.has(word) && !WEAK_ID.has(word));
  return words.length > 0 && words.every((word) => ENTITY.has(word));
}

export function soundsLikeCode(name: string): boolean {
  const words = nameWords(name);
  const last = words[words.length - 1];
  return words.some((word) => CODE.has(word)) || (words.length > 1 && (last === "code" || last === "cd"));
}

export function soundsLikeMoment(name: string): boolean {
  return nameWords(name).some((word) => MOMENT.has(word));
}

export function soundsLikeWeight(name: string): boolean {
  return WEIGHT.has(nameWords(name).join(""));
}
