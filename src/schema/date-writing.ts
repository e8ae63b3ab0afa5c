/** Writings of dates that are others in disguise. */
import { ZONE } from "./clock.ts";

/** Sun Jan 3 07:05:09 +0100 2021, as C and Unix programs write it. */
const YEAR_LAST = new RegExp(`^(?:\\p{L}{2,5} )?(\\p{L}{3}) {1,2}(\\d{1,2}) (\\d[\\d:.]+)( ${ZONE})? (\\d{4})$`, "iu");

/** A date's parts, as it stands or in a plainer writing. */
export function partsOf(form: RegExp, text: string): RegExpExecArray | null {
  return form.exec(text) ?? (DISGUISED.test(text) ? form.exec(plain(text)) : null);
}

/** Other signs than those of plain dates, or a blank behind a point. */
const DISGUISED = /[^\d\s/:.,T+Z-]|\.\s/;

/**
 * East Asian dates with signs between the numbers, dates with blanks behind their points, Slavic ones with the word for year,
 * and Unix' with the year at the end.
 */
function plain(text: string): string {
  return text
    .replace(/^(\d{4})(?:[年년]|\.) ?(\d{1,2})(?:[月월]|\.) ?(\d{1,2})(?:[日일]|\.)/, "$1-$2-$3")
    .replace(/(\d{1,2})[时時시点] ?(\d{1,2})분?分?(?: ?(\d{1,2})[秒초])?$/, (_, hour, minute, second) =>
      [hour, minute, second ?? "00"].map((part: string) => part.padStart(2, "0")).join(":"),
    )
    .replace(/(\d{4}) ?[rг]\.?$/, "$1")
    .replace(YEAR_LAST, "$1 $2, $5 $3$4");
}
