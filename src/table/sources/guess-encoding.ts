/** Which encoding bytes are in that are no UTF-8, by what they would say in each. */

/** Of texts whose words are mostly ASCII. Of those that fit alike the first is taken. */
const WESTERN: readonly string[] = ["windows-1252", "windows-1250", "cp850", "macintosh"];
const OTHERS: readonly string[] =
  "shift_jis euc-kr gb18030 euc-jp big5 windows-1251 koi8-r cp866 windows-1253 windows-1256 windows-874".split(" ");
/** First bytes of punctuation and of the signs that their standards list first because they are common. */
const COMMON: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  shift_jis: [
    [0x81, 0x83],
    [0x88, 0x97],
  ],
  "euc-kr": [
    [0xa1, 0xa3],
    [0xb0, 0xc8],
  ],
  gb18030: [
    [0xa1, 0xa3],
    [0xb0, 0xd7],
  ],
  "euc-jp": [
    [0xa1, 0xa1],
    [0xa4, 0xa5],
    [0xb0, 0xcf],
  ],
  big5: [[0xa1, 0xc6]],
};
/** Characters beyond ASCII that are looked at. */
const ENOUGH = 2000;
/** At most this share of them may be strange; a text that is strange in all encodings was spoilt before. */
const TOLERATED = 0.1;

/** @param head The first bytes of a text that is no UTF-8. @returns A name as `iconv-lite` knows it. Cost: some decodings of the head. */
export async function guessEncoding(head: Buffer): Promise<string> {
  const { default: iconv } = await import("iconv-lite");
  let best = { name: WESTERN[0], strange: Number.POSITIVE_INFINITY };
  for (const name of isWestern(head) ? WESTERN : OTHERS) {
    const common = COMMON[name];
    const isCommon = (sign: string): boolean => {
      const [lead] = iconv.encode(sign, name);
      return common === undefined || common.some(([from, to]) => lead >= from && lead <= to);
    };
    const strange = strangeness(iconv.getDecoder(name).write(head), isCommon);
    if (strange < best.strange) best = { name, strange };
  }
  return best.strange <= TOLERATED ? best.name : WESTERN[0];
}

/** In words with letters beyond ASCII, these are the fewer. */
function isWestern(head: Buffer): boolean {
  const words = head.toString("latin1").match(/[A-Za-z\u0080-\u00ff]{3,}/g) ?? [];
  let [high, letters] = [0, 0];
  for (const word of words) {
    const beyond = word.replaceAll(/[A-Za-z]/g, "").length;
    if (beyond === 0) continue;
    high += beyond;
    letters += word.length;
  }
  return high <= letters / 2;
}

const BEYOND_ASCII = /[\u{80}-\u{10ffff}]/gu;
/** Nothing that is written: what cannot be decoded, control signs, box drawings, narrow kana. */
const NO_TEXT = /[\ufffd\u2500-\u259f\uff61-\uff9f]|\p{Cc}|\p{Co}|\p{Cn}/u;
const LETTER = /[\p{L}\p{M}]/u;
const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;
const LATIN = /\p{Script=Latin}/u;
const WIDE = /[\u2e80-\ud7ff\uff00-\uffef]/;
/** Names hold signs that are rare elsewhere. */
const RARE = 0.5;
const SYMBOL = /\p{S}|\p{No}/u;
const APOSTROPHES = "’‘·";

/** Share of the characters beyond ASCII that hardly stand so in any text: capitals and signs within words, two scripts in one. */
function strangeness(text: string, isCommon: (sign: string) => boolean): number {
  let [seen, strange] = [0, 0];
  for (const { 0: sign, index } of text.matchAll(BEYOND_ASCII)) {
    if (seen === ENOUGH) break;
    seen++;
    const end = index + sign.length;
    const before = Array.from(text.slice(Math.max(0, index - 2), index)).at(-1) ?? "";
    const [after = ""] = text.slice(end, end + 2);
    if (NO_TEXT.test(sign)) strange++;
    else if (WIDE.test(sign) && !isCommon(sign)) strange += RARE;
    else if (!LETTER.test(sign)) {
      const beside = Number(LETTER.test(before)) + Number(LETTER.test(after));
      if (beside >= (SYMBOL.test(sign) ? 1 : 2) && !APOSTROPHES.includes(sign) && !WIDE.test(sign)) strange++;
    } else if (LETTER.test(before)) {
      if (UPPER.test(sign) && (LOWER.test(before) || LOWER.test(after))) strange++;
      else if (LATIN.test(sign) !== LATIN.test(before) && (before > "\u007f" || !WIDE.test(sign))) strange++;
    }
  }
  return seen === 0 ? 0 : strange / seen;
}
