/** Times of day, and how far their zones are from UTC. */

/** Hours ahead of UTC: the North American zones of RFC 5322 (4.3), and those of Europe. Others (IST, BST) mean several. */
const NAMED_ZONES: Readonly<Record<string, number>> = {
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
  ...{ WET: 0, WEST: 1, CET: 1, CEST: 2, MEZ: 1, MESZ: 2, EET: 2, EEST: 3 },
};
export const ZONE: string = `(?:Z|(?:UTC|GMT)?[+-]\\d{1,2}(?::?\\d{2})?|UTC|GMT|${Object.keys(NAMED_ZONES).join("|")})(?:\\[[\\w/+-]+\\])?`;
const CLOCK_TEXT = `(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)?(?: ?([ap])\\.?m\\.?)? ?(${ZONE})?$`;
export const CLOCK: RegExp = new RegExp(`^${CLOCK_TEXT}`, "i");
export const ENDS_IN_CLOCK: RegExp = new RegExp(`(?<!\\d)${CLOCK_TEXT}`, "i");

/** Hours since midnight UTC where an offset is written, which may lie on the day before or after. */
export function clockHours(text: string): number {
  const parts = CLOCK.exec(text);
  if (parts === null) return Number.NaN;
  const [, hour, minute, second = "0", fraction = "", half, zone = ""] = parts;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return Number.NaN;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  if (hours > 24 || Number(minute) > 59 || Number(second) > 60) return Number.NaN;
  return hours - hoursAhead(zone) + Number(minute) / 60 + Number(`${second}.${fraction}0`) / 3600;
}

/** Hours within the day, 24 itself kept. */
export function ofDay(hours: number): number {
  return hours < 0 ? hours + 24 : hours > 24 ? hours - 24 : hours;
}

/** Hours that a zone is ahead of UTC. */
export function hoursAhead(zone: string): number {
  const parts = /([+-])(\d{1,2}):?(\d{2})?/.exec(zone);
  if (parts === null) return NAMED_ZONES[zone.replace(/\[.*/, "").toUpperCase()] ?? 0;
  const hours = Number(parts[2]) + Number(parts[3] ?? 0) / 60;
  return parts[1] === "-" ? -hours : hours;
}
