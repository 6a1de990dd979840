/** Parses times in the formats that archives, APIs, tools and spreadsheets use. */

const MONTHS = new Map(
  'jan feb mar apr may jun jul aug sep oct nov dec'
    .split(' ')
    .flatMap((name, index) => [
      [name, index + 1] as const,
      [name.replace(/^./, (letter) => letter.toUpperCase()), index + 1] as const,
    ]),
);
const CLOCK = String.raw`(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?(?: ?([AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw` ?(?:Z|UTC|GMT|([+-]\d\d):?(\d\d))?(?: ?\(?UTC\)?)?`;
/** `Sat Nov 09 12:14:18 +0000 2024` */
const TWITTER_TIME = /^\w{3} \w{3} \d{1,2} \d\d:\d\d:\d\d [+-]\d{4} \d{4}$/;
/** ISO 8601, `2017-05-13 00:06:47 +0000` of old archives, and a date without a time. */
const ISO_TIME = new RegExp(
  String.raw`^(\d{4})[-/](\d\d?)[-/](\d\d?)(?:(?:T|,? +)${CLOCK}${ZONE})?$`,
);
/** `Sat, 09 Nov 2024 12:14:18 GMT`, `9 November 2024` */
const DAY_FIRST = new RegExp(
  String.raw`^(?:\w{3,9},? )?(\d{1,2})[ -](\p{L}{3,9})\.?[ -](\d{4})(?:,? (?:at )?${CLOCK}${ZONE})?$`,
  'u',
);
/** `May 1, 2023 · 10:00 AM UTC`, `Sat, Nov 9, 2024` */
const MONTH_FIRST = new RegExp(
  String.raw`^(?:\w{3,9},? )?(\p{L}{3,9})\.? (\d{1,2}),? (\d{4})(?:,? (?:· |at )?${CLOCK}${ZONE})?$`,
  'u',
);
/** `12:14:18 · Nov 9, 2024`, as X's own page writes it. */
const CLOCK_FIRST = new RegExp(
  String.raw`^${CLOCK} [·-] (\p{L}{3,9})\.? (\d{1,2}),? (\d{4})$`,
  'u',
);
/** `9/11/2024`, `11.9.2024 14:03`, `9/11/24, 2:03 PM`: which number is the day differs. */
const NUMBERS_FIRST = new RegExp(
  String.raw`^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?:,? +${CLOCK}${ZONE})?$`,
);
/** The first tweet was written on 21 March 2006; files with years such as 1997 occur. */
const EARLIEST_TIME = Date.UTC(2006, 2, 21);
const LATEST_TIME = Date.UTC(2100, 0, 1);
const MAX_TIME_LENGTH = 48;

/**
 * Milliseconds since 1970; null if it is no time, or a time before the first tweet. Numbers may be
 * seconds, milliseconds or microseconds; only one of them gives a plausible year. A time without a
 * zone is UTC. Dates such as `9/11/2024` are ignored, because their order of day and month is
 * unknown: {@link orderOfDates} finds it out from many of them.
 */
export function parseTime(value: unknown): number | null {
  return plausible(typeof value === 'number' ? timeOfNumber(value) : timeOfText(value));
}

/** Parses a date and a time of day that are in two fields. */
export function parseDateAndClock(date: unknown, clock: unknown): number | null {
  const isDate = typeof date === 'string' && ISO_TIME.exec(date)?.[4] === undefined;
  const isClock = typeof clock === 'string' && /^\d{1,2}:\d\d(?::\d\d)?$/.test(clock);
  return (isDate && isClock ? parseTime(`${date} ${clock}`) : null) ?? parseTime(date);
}

export type DateOrder = 'day-first' | 'month-first';

export function isNumericDate(value: string): boolean {
  return NUMBERS_FIRST.test(value.trim());
}

/** Whether dates begin with the day or the month; null if they don't show it, or contradict each other. */
export function orderOfDates(values: Iterable<string>): DateOrder | null {
  const found = new Set<DateOrder>();
  for (const value of values) {
    const [, first, , second] = NUMBERS_FIRST.exec(value.trim()) ?? [];
    if (Number(first) > 12) found.add('day-first');
    if (Number(second) > 12) found.add('month-first');
  }
  const [order = null] = found;
  return found.size === 1 ? order : null;
}

export function parseOrderedDate(value: string, order: DateOrder): number | null {
  const match = NUMBERS_FIRST.exec(value.trim());
  if (match === null) return null;
  const [, first, , second, year = '', ...clock] = match;
  const [day, month] = order === 'day-first' ? [first, second] : [second, first];
  return plausible(timeOf(year.length === 2 ? `20${year}` : year, Number(month), day, clock));
}

function plausible(time: number | null): number | null {
  return time !== null && time >= EARLIEST_TIME && time < LATEST_TIME ? time : null;
}

function timeOfNumber(value: number): number | null {
  for (const unit of [1000, 1, 0.001]) {
    const time = Math.round(value * unit);
    if (time >= EARLIEST_TIME && time < LATEST_TIME) return time;
  }
  return null;
}

function timeOfText(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > MAX_TIME_LENGTH) return null;
  const text = value.trim();
  if (TWITTER_TIME.test(text)) return timeOfTwitter(text);
  if (/^\d{10,16}(?:\.\d{1,9})?$/.test(text)) return timeOfNumber(Number(text));
  const iso = ISO_TIME.exec(text);
  if (iso) {
    const [, year, month, day, ...clock] = iso;
    return timeOf(year, Number(month), day, clock);
  }
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst) {
    const [, month, day, year, ...clock] = monthFirst;
    return timeOf(year, monthOf(month), day, clock);
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) {
    const [, day, month, year, ...clock] = dayFirst;
    return timeOf(year, monthOf(month), day, clock);
  }
  const clockFirst = CLOCK_FIRST.exec(text);
  if (!clockFirst) return null;
  const [, hour, minute, second, fraction, half, month, day, year] = clockFirst;
  return timeOf(year, monthOf(month), day, [hour, minute, second, fraction, half]);
}

/**
 * Every tweet of an archive has such a time. Reading its digits where they stand takes a third of
 * the time that the groups of a regular expression take.
 */
function timeOfTwitter(text: string): number | null {
  const month = monthOf(text.slice(4, 7));
  if (month === null) return null;
  // Most places are counted from the end, because the day may have one digit.
  const end = text.length;
  const time = Date.UTC(
    digits(text, end - 4, end),
    month - 1,
    digits(text, 8, end - 20),
    digits(text, end - 19, end - 17),
    digits(text, end - 16, end - 14),
    digits(text, end - 13, end - 11),
  );
  const zoneMinutes = digits(text, end - 9, end - 7) * 60 + digits(text, end - 7, end - 5);
  return time + (text.charAt(end - 10) === '-' ? zoneMinutes : -zoneMinutes) * 60_000;
}

function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) number = number * 10 + text.charCodeAt(at) - 48;
  return number;
}

/** From 1 on; null if it is not the English name of a month. Tools write no other language. */
function monthOf(name = ''): number | null {
  return MONTHS.get(name) ?? MONTHS.get(name.slice(0, 3).toLowerCase()) ?? null;
}

/**
 * @param clock Hour, minute, second, its fraction, `a` or `p`, and the hours and minutes of the
 * zone.
 */
function timeOf(
  year: string | undefined,
  month: number | null,
  day: string | undefined,
  clock: readonly (string | undefined)[],
): number | null {
  const [hour = '0', minute = '0', second = '0', fraction = '0', half, zoneHours, zoneMinutes] =
    clock;
  if (month === null || month > 12 || Number(day) > 31 || Number(hour) > 24) return null;
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const date = Date.UTC(Number(year), month - 1, Number(day));
  const seconds = hours * 3600 + Number(minute) * 60 + Number(second);
  return date + seconds * 1000 + Number(fraction.padEnd(3, '0')) - zone(zoneHours, zoneMinutes);
}

function zone(hours = '+00', minutes = '00'): number {
  const sign = hours.startsWith('-') ? -1 : 1;
  return sign * (Math.abs(Number(hours)) * 60 + Number(minutes)) * 60_000;
}
