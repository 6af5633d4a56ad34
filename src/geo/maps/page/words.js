/* Numbers, days and languages in words. A day is a whole number, counted from 1 January 1970. */

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July",
  "August", "September", "October", "November", "December",
];
export const MS_A_DAY = 86_400_000;

// The clock's zone never comes in: a day is written and read as UTC alone.
export function isoOf(day) {
  return new Date(day * MS_A_DAY).toISOString().split("T")[0];
}

export function dayOf(iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(iso)) return null;
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time)) return null;
  const day = time / MS_A_DAY;
  return isoOf(day) === iso ? day : null; // "2014-02-30" is no day
}

// Days from the Monday before; 1 January 1970 was a Thursday.
export function weekdayOf(day) {
  return (((day + 3) % 7) + 7) % 7;
}

export function dateWords(day, { withYear = true } = {}) {
  if (day === null) return "undated";
  const [year, month, date] = isoOf(day).split("-").map(Number);
  return `${date} ${MONTHS[month - 1]}${withYear ? ` ${year}` : ""}`;
}

export function rangeWords(first, last) {
  if (first === null) return "undated";
  if (first === last) return dateWords(first);
  const sameYear = isoOf(first).slice(0, 4) === isoOf(last).slice(0, 4);
  return `${dateWords(first, { withYear: !sameYear })} – ${dateWords(last)}`;
}

export function monthWords(day) {
  const [year, month] = isoOf(day).split("-").map(Number);
  return `${MONTHS[month - 1].slice(0, 3)} ${year}`;
}

const NUMBERS = new Intl.NumberFormat("en");

export function numberWords(number) {
  return NUMBERS.format(number);
}

export function countOf(number, word) {
  return `${numberWords(number)} ${word}${number === 1 ? "" : "s"}`;
}

export function oneLine(text) {
  return text.split(/\s+/u).filter(Boolean).join(" ");
}

export function scoreWords(thousandths) {
  return thousandths === null ? "no score" : (thousandths / 1000).toFixed(2);
}

const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });

export function languageWords(code) {
  try {
    return LANGUAGES.of(code);
  } catch {
    return code; // no code of a language
  }
}
