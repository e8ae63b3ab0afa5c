/**
 * One cell as a number in the notations that people use: its digits as they are written, and what stands around them.
 * Which of its marks groups digits and which marks decimals is for the whole column to say (`notation.ts`).
 */

/**
 * `bound`: <5, 10+, ~3. `note`: 12*, 12[a]. `bracket`: (12). `behind`: 12-. `side`: 12 CR. `fraction`: 1/2 without a
 * whole number. Each makes sense only beside numbers without it.
 */
export type MarkKind = "bound" | "note" | "bracket" | "behind" | "side" | "fraction";

export interface Mark {
  readonly kind: MarkKind;
  /** As it is written. */
  readonly text: string;
}

/** What stands around the digits. */
export interface Frame {
  /** By a sign in front. */
  readonly negative: boolean;
  /** Currency or unit as written; empty: none. */
  readonly unit: string;
  /** The same in one spelling: `Months` and `month` are one unit. */
  readonly unitKey: string;
  /** The letter or word behind that multiplies; empty: none. */
  readonly magnitude: string;
  readonly marks: readonly Mark[];
}

export interface Amount {
  readonly frame: Frame;
  /** Digits with the marks among them and an exponent: `1.234,5e3`; or a fraction: `1 1/2`. */
  readonly digits: string;
}

/** What magnitudes multiply by. */
export const MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ...["k", "K", "thousand"].map((word) => [word, 1e3] as const),
  ...["M", "mn", "Mn", "mln", "mio", "Mio", "million"].map((word) => [word, 1e6] as const),
  ...["B", "bn", "Bn", "Mrd", "billion"].map((word) => [word, 1e9] as const),
  ...["lakh", "lac"].map((word) => [word, 1e5] as const),
  ["crore", 1e7],
  ["trillion", 1e12],
]);

const CODES =
  "USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|INR|CNY|RMB|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|RUB|UAH|TRY|ILS|ZAR|NGN|KES|EGP|AED|SAR|BRL|MXN|ARS|CLP|COP|PEN|KRW|TWD|HKD|SGD|THB|IDR|MYR|PHP|VND|PKR|BDT";
const CURRENCY = `[A-Z]{0,3}\\p{Sc}|${CODES}|SFr\\.?|Fr\\.|kr\\.?|Rs\\.?|Rp\\.?|zł|Kč|Ft|lei|元|円|руб\\.?`;
const CURRENCIES = new RegExp(`^(?:${CURRENCY})$`, "u");
/** Units that may stand right behind a number; others need a blank between, so that codes such as 190xx stay codes. */
const UNITS =
  "[kMGT]i?B|[kcmµn]?m[²³23]?|km/h|[kmµ]?g|lbs?|oz|[mcd]?l|m?s|h|min|[kMG]?Hz|[kM]?W|[kMG]?Wh|m?V|°[CF]?|[%‰]|mph|kph|px|pt|ft|in|yrs?|yo|[x×b]";
const SIDE = "[CD]R|[CD]r\\.?|DB";
const WORD = `(?!(?:${SIDE})$)[\\p{L}µ°%][\\p{L}µ°%/²³.]{0,11}[23]?`;
const FRACTION = "(?:\\d+[ -])?\\d{1,2}/(?:2|3|4|8|16|32|64)";
const SHAPE = new RegExp(
  `^(?<bound>[<>]=?|[≤≥~≈]|ca\\.|c\\.|approx\\.)? ?(?<open>\\()?(?<sign>[+-])? ?(?<before>${CURRENCY}|%)? ?(?<inner>[+-])?(?<inside>\\()?` +
    `(?<digits>${FRACTION}|(?:\\d|[.,](?=\\d))[\\d.,' _]*?(?:[eE][+-]?\\d+)?)(?:[.,]-)?` +
    `(?: ?(?<magnitude>${[...MAGNITUDES.keys()].join("|")})\\.?(?!\\p{L}))?` +
    `(?: ?(?<near>${CURRENCY}|${UNITS})| (?<far>${WORD}))?(?<per>(?: ?/ ?| per )[a-z]{1,6})?` +
    `(?<close>\\))?(?<more>\\+)?(?<behind>-)?(?: ?(?<side>${SIDE}))?` +
    `(?<note> ?(?:\\*{1,3}|[†‡§]|\\[\\w{1,3}\\]|\\([a-z]\\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$`,
  "u",
);
/** A code: a needless zero in front and letters right behind, 01B. */
const CODED = /^0\d+[A-Za-z]/;
/** Digits among other things, none of which is a digit. */
const PARTS = /^([^\d.,]*)([.,]?\d(?:[\d.,' _]*\d)?)([^\deE][^\d]*)?$/;

/** Is this unit money? Then an amount may stand without it. */
export function isCurrency(unit: string): boolean {
  return CURRENCIES.test(unit);
}

/** Reads texts of one column: what stands around digits is mostly the same in all of them, and looked at once. */
export function amountReader(): (text: string) => Amount | undefined {
  const seen = new Map<string, Amount | undefined>();
  return (text) => {
    const plain = evenly(text);
    if (CODED.test(plain)) return undefined;
    const parts = PARTS.exec(plain);
    if (parts === null) return shaped(plain);
    const [, before, digits, behind = ""] = parts;
    const key = `${before}1${behind}`;
    let one = seen.get(key);
    if (one === undefined && !seen.has(key)) {
      one = shaped(key);
      if (seen.size < MOST_FRAMES) seen.set(key, one);
    }
    return one && { frame: one.frame, digits: digits + one.digits.slice(1) }; // 12. is 1. with 12 for 1
  };
}

const MOST_FRAMES = 1000;

/** The amount that a text shows, whichever way its digits are grouped; undefined when it is none. O(text). */
function shaped(text: string): Amount | undefined {
  const found = SHAPE.exec(text)?.groups;
  if (found === undefined) return undefined;
  const { open, inside, close, sign, inner, before, near, far, per = "", digits } = found;
  const bracket = open ?? inside;
  if ((bracket === undefined) !== (close === undefined) || (open !== undefined && inside !== undefined))
    return undefined;
  if (sign !== undefined && inner !== undefined) return undefined;
  const short = before !== undefined && (near === "m" || near === "b"); // $5m
  const after = short ? undefined : (near ?? far);
  if (after === "b" || (before !== undefined && after !== undefined)) return undefined;
  const mark = (kind: MarkKind, of: string | undefined): Mark[] =>
    of === undefined ? [] : [{ kind, text: of.trim() }];
  const unit = (before ?? after ?? "") + per;
  const frame: Frame = {
    negative: (sign ?? inner) === "-",
    unit,
    unitKey: unitKey(unit),
    magnitude: short ? near.toUpperCase() : (found.magnitude ?? ""),
    marks: [
      ...mark("bound", found.bound ?? found.more),
      ...mark("note", found.note),
      ...mark("bracket", bracket),
      ...mark("behind", found.behind),
      ...mark("side", found.side),
      ...mark("fraction", /^\d+\//.test(digits) ? "/" : undefined),
    ],
  };
  return { digits, frame };
}

/** A unit in one spelling. */
export function unitKey(unit: string): string {
  if (unit.length <= 2) return unit;
  return unit
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/(?<=\p{L}{2})s$/u, "");
}

const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50]; // Arabic, Persian, Devanagari, Bengali, Thai
const VULGAR: ReadonlyMap<string, string> = new Map([
  ["½", "1/2"],
  ["⅓", "1/3"],
  ["⅔", "2/3"],
  ["¼", "1/4"],
  ["¾", "3/4"],
  ["⅛", "1/8"],
  ["⅜", "3/8"],
  ["⅝", "5/8"],
  ["⅞", "7/8"],
]);

/**
 * Blanks, minus signs, apostrophes, digits and full-width forms of all kinds become one kind. No number is longer than
 * 64 characters; longer texts become empty.
 */
function evenly(text: string): string {
  if (text.length > 64) return "";
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, " ")
    .replace(/[\u2010-\u2013\u2212\ufe63]/g, "-")
    .replace(/[\u00b4\u02bc\u2019]/g, "'")
    .replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, "")
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll("\u066b", ".")
    .replaceAll("\u066c", ",")
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => digitOf(digit))
    .replace(/[½⅓⅔¼¾⅛⅜⅝⅞]/g, (vulgar) => ` ${VULGAR.get(vulgar)}`)
    .replaceAll("\u2044", "/")
    .trim();
}

function digitOf(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? digit : String(code - zero);
}
