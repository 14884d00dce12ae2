/** Days as whole numbers and the periods that a timeline counts by; no clock and no time zone comes near them. */

export type Unit = "day" | "week" | "month" | "year";

const DAY = 86_400_000;

/** Days since 1 January 1970 of an ISO date. */
export function dayOf(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
}

/** The ISO date of a day. */
export function isoOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The first day of the period that follows the one starting on a day. */
export function after(day: number, unit: Unit): number {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === "day") return day + 1;
  if (unit === "week") return day + 7;
  return Math.round(utc(unit === "month" ? year : year + 1, unit === "month" ? month + 1 : 0) / DAY);
}

function utc(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1); // Date.UTC takes the years 0 to 99 for those of the twentieth century
  return date.getTime();
}

/** The first day of the period that holds a day; weeks begin on Monday. */
export function startOf(day: number, unit: Unit): number {
  const date = new Date(day * DAY);
  if (unit === "day") return day;
  if (unit === "week") return day - ((date.getUTCDay() + 6) % 7);
  return Math.round(utc(date.getUTCFullYear(), unit === "month" ? date.getUTCMonth() : 0) / DAY);
}

/** The first days of all periods from one day to another, both inclusive; at most `most`. */
export function periodsBetween(first: number, last: number, unit: Unit, most = 5_000): readonly number[] {
  const found: number[] = [];
  for (let day = startOf(first, unit); day <= last && found.length < most; day = after(day, unit)) found.push(day);
  return found;
}

/** A few of the periods to name on the axis: about `most`, evenly apart, the first among them. */
export function named(periods: readonly number[], most: number): readonly number[] {
  const step = Math.max(1, Math.ceil(periods.length / Math.max(1, most)));
  return periods.filter((_, i) => i % step === 0);
}

/** Writes a period in words of a language, with western digits and the Gregorian calendar. */
export function writer(language: string, unit: Unit): (day: number) => string {
  const shape: Intl.DateTimeFormatOptions = unit === "year" ? { year: "numeric" }
    : unit === "month" ? { month: "short", year: "numeric" } : { day: "numeric", month: "short", year: "numeric" };
  const format = new Intl.DateTimeFormat(`${language === "ar" ? "ar" : "en-GB"}-u-ca-gregory-nu-latn`, { ...shape, timeZone: "UTC" });
  return (day) => format.format(new Date(day * DAY));
}
