/** Names of months in the languages that tables are mostly written in. */

/**
 * By month: English, German, Dutch, the Scandinavian languages, French, Spanish, Italian, Portuguese, Polish, Turkish and
 * Russian, as they stand beside a day and alone; and short forms that are no beginnings of them.
 */
const NAMES: readonly string[] = [
  "january januar jänner januari janvier enero gennaio janeiro styczeń stycznia ocak январь января",
  "february februar februari février febrero febbraio fevereiro luty lutego şubat февраль февраля",
  "march märz mrz maart mrt mars marts marzo março marzec marca mart март марта",
  "april avril abril aprile kwiecień kwietnia nisan апрель апреля",
  "may mai mei maj mayo maggio maio maja mayıs май мая",
  "june juni juin junio giugno junho czerwiec czerwca haziran июнь июня",
  "july juli juillet julio luglio julho lipiec lipca temmuz июль июля",
  "august augustus augusti août agosto sierpień sierpnia ağustos август августа",
  "september septembre septiembre settembre setembro wrzesień września eylül сентябрь сентября",
  "october oktober octobre octubre ottobre outubro październik października ekim октябрь октября",
  "november novembre noviembre novembro listopad listopada kasım ноябрь ноября",
  "december dezember desember décembre diciembre dicembre dezembro grudzień grudnia aralık декабрь декабря",
];
/** Shortest beginning of a name that stands for it. */
const SHORTEST = 3;

let known: ReadonlyMap<string, number> | undefined;

/** The month, 1 to 12, of a name or of a beginning of names of one month alone, in any case, with or without accents; NaN for others. */
export function monthNumber(name: string): number {
  known ??= beginnings();
  return known.get(bare(name)) ?? Number.NaN;
}

function beginnings(): ReadonlyMap<string, number> {
  const months = new Map<string, number>();
  NAMES.forEach((names, i) => {
    for (const name of names.split(" ").map(bare))
      for (let end = SHORTEST; end <= name.length; end++) {
        const start = name.slice(0, end);
        const other = months.get(start);
        months.set(start, other === undefined || other === i + 1 ? i + 1 : Number.NaN);
      }
  });
  return months;
}

/** In lower case and without accents. */
function bare(name: string): string {
  return name.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ı", "i");
}
