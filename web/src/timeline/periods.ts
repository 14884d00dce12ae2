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

const YEARS = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const FIRST_WEEK = 7;

type Mark = (day: Date) => boolean;

/** Which periods have a name, from every one to a few: round days, months and years, as people count them. */
function marksOf(unit: Unit): readonly Mark[] {
  const first: Mark = (d) => (unit === "week" ? d.getUTCDate() <= FIRST_WEEK : unit === "day" ? d.getUTCDate() === 1 : true);
  const every = (months: number): Mark => (d) => first(d) && d.getUTCMonth() % months === 0;
  const years = YEARS.map((n): Mark => (d) => first(d) && (unit === "year" || d.getUTCMonth() === 0) && d.getUTCFullYear() % n === 0);
  const months = unit === "year" ? [] : [every(1), every(3), every(6)];
  const days: readonly Mark[] = unit === "day" ? [(d) => d.getUTCDay() === 1, (d) => d.getUTCDate() === 1 || d.getUTCDate() === 15] : [];
  return [() => true, ...days, ...months, ...years];
}

/** A few of the periods to name on the axis, at most `most` and at least one. */
export function named(periods: readonly number[], unit: Unit, most: number): readonly number[] {
  for (const mark of marksOf(unit)) {
    const found = periods.filter((day) => mark(new Date(day * DAY)));
    if (found.length > 0 && found.length <= Math.max(1, most)) return found;
  }
  return periods.slice(0, 1);
}

/** Writes a period in words of a language, with western digits and the Gregorian calendar. */
export function writer(language: string, unit: Unit): (day: number) => string {
  const shape: Intl.DateTimeFormatOptions = unit === "year" ? { year: "numeric" }
    : unit === "month" ? { month: "short", year: "numeric" } : { day: "numeric", month: "short", year: "numeric" };
  const format = new Intl.DateTimeFormat(`${language === "ar" ? "ar" : "en-GB"}-u-ca-gregory-nu-latn`, { ...shape, timeZone: "UTC" });
  return (day) => format.format(new Date(day * DAY));
}
