/** Numbers, quantities, times and lists for people, in the language of the page. */
import { graphemesOf } from './graphemes.ts';
import { language } from './texts/language.ts';

/** One formatter for each language and each set of options, because making one is slow. */
function remembered<F>(make: (tag: string) => F): () => F {
  const made = new Map<string, F>();
  return () => {
    const { tag } = language();
    const known = made.get(tag) ?? make(tag);
    made.set(tag, known);
    return known;
  };
}

function numbers(options: Intl.NumberFormatOptions): (value: number) => string {
  const format = remembered((tag) => new Intl.NumberFormat(tag, options));
  return (value) => format().format(value);
}

function dates(options: Intl.DateTimeFormatOptions): (timestampMs: number) => string {
  const format = remembered((tag) => new Intl.DateTimeFormat(tag, options));
  return (timestampMs) => format().format(timestampMs);
}

/* --------------------------------------------------------------- numbers */

/** `12,345` */
export const formatCount = numbers({ maximumFractionDigits: 0 });

/** `3.21` */
export const formatLoss = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `1.545` bits per byte: a thousandth of a bit is a difference. */
export const formatBits = numbers({ minimumFractionDigits: 3, maximumFractionDigits: 3 });

/** `0.98`, `4`, `0.0011`: two significant digits. */
export const formatRough = numbers({ maximumSignificantDigits: 2, useGrouping: false });

/** `7.3`, `1,240.0` */
export const formatTenths = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `0.0012`, `12,000`: with as many digits as matter at an axis. */
export const formatNumber = numbers({ maximumFractionDigits: 4 });

/** `45%`, of a share from 0 to 1. */
export const formatPercent = numbers({ style: 'percent', maximumFractionDigits: 0 });

/** `99%`, of a share from 0 to 1: `100%` only when all is done. */
export function formatProgress(share: number): string {
  return formatPercent(Math.floor(100 * share) / 100);
}

/** `12%`, `0.034%`: a share or probability with two significant digits. */
export const formatChance = numbers({ style: 'percent', maximumSignificantDigits: 2 });

/** `0.0001372`, `12345`: as it was set or stored, with four significant digits if it is no whole number. */
export function formatExact(value: number): string {
  return Number.isInteger(value) ? exact(value) : significant(value);
}

const exact = numbers({ useGrouping: false });
const significant = numbers({ maximumSignificantDigits: 4, useGrouping: false });

const millions = numbers({ notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 });
const wholeMillions = numbers({
  notation: 'compact',
  compactDisplay: 'long',
  maximumFractionDigits: 0,
});

/** `6.3 million` */
export function formatMillions(count: number): string {
  if (count < 1e6) return formatCount(count);
  return count < 100e6 ? millions(count) : wholeMillions(count);
}

const pluralRules = remembered((tag) => new Intl.PluralRules(tag));

/**
 * The message for a number of things. Which numbers are `one`, `few` and so on, the language decides; those that it
 * doesn't name are `other`.
 */
export function byCount(
  count: number,
  forms: { readonly [R in Intl.LDMLPluralRule]?: string } & { readonly other: string },
): string {
  return forms[pluralRules().select(count)] ?? forms.other;
}

/* ------------------------------------------------------------ quantities */

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map((unit, i) => {
  const digits = (fractionDigits: number) =>
    numbers({
      style: 'unit',
      unit,
      unitDisplay: i === 0 ? 'long' : 'short',
      minimumFractionDigits: fractionDigits,
      maximumFractionDigits: fractionDigits,
      useGrouping: false,
    });
  return { whole: digits(0), tenths: digits(1) };
});

/** `512 bytes`, `3.4 MB`, `120 MB`: in decimal units, like most file managers. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // 999.5 would be rounded to `1000`.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const { whole, tenths } = UNITS[unit] ?? { whole: formatCount, tenths: formatCount };
  return unit === 0 || value >= 9.95 ? whole(value) : tenths(value);
}

const seconds = numbers({ style: 'unit', unit: 'second', unitDisplay: 'short' });
const minutes = numbers({ style: 'unit', unit: 'minute', unitDisplay: 'short' });
const hours = numbers({ style: 'unit', unit: 'hour', unitDisplay: 'short' });
const together = remembered((tag) => new Intl.ListFormat(tag, { type: 'unit', style: 'narrow' }));

/** `42 sec`, `3 min 20 sec`, `12 min`, `1 hr 5 min`: longer durations are less precise. */
export function formatDuration(durationSeconds: number): string {
  const whole = Math.max(0, Math.round(durationSeconds));
  if (whole < 60) return seconds(whole);
  const wholeMinutes = Math.floor(whole / 60);
  if (wholeMinutes < 10) {
    const rest = whole % 60;
    return rest === 0
      ? minutes(wholeMinutes)
      : together().format([minutes(wholeMinutes), seconds(rest)]);
  }
  const rounded = Math.round(whole / 60);
  if (rounded < 60) return minutes(rounded);
  const wholeHours = Math.floor(rounded / 60);
  const restMinutes = rounded % 60;
  return restMinutes === 0
    ? hours(wholeHours)
    : together().format([hours(wholeHours), minutes(restMinutes)]);
}

/* ----------------------------------------------------------------- times */

/** `Nov 22, 2026, 5:52 PM` */
export const formatDate = dates({ dateStyle: 'medium', timeStyle: 'short' });

/** `5:52:07 PM` */
export const formatTime = dates({ timeStyle: 'medium' });

/** `Nov 22, 2026`, in UTC like the times in an archive. */
export const formatDay = dates({ dateStyle: 'medium', timeZone: 'UTC' });

/* ------------------------------------------------------- words in a row */

const all = remembered((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));

/** `a, b, and c` */
export function formatList(items: Iterable<string>): string {
  return all().format(items);
}

// Lists of units have nothing between them in Chinese.
const facts = remembered(
  (tag) => new Intl.ListFormat(tag, { type: 'conjunction', style: 'narrow' }),
);

/** `a, b, c`, without those that are empty. */
export function formatFacts(items: readonly string[]): string {
  return facts().format(items.filter((item) => item !== ''));
}

/** What stands between two sentences: not every language has a space there. */
export function sentenceGap(): string {
  return language().sentenceGap;
}

/** Sentences that follow each other, without those that are null. */
export function joinSentences(...sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== '').join(sentenceGap());
}

const languageNames = remembered((tag) => new Intl.DisplayNames(tag, { type: 'language' }));

/** `German`; the code itself where it is none. */
export function formatLanguage(code: string): string {
  try {
    return languageNames().of(code) ?? code;
  } catch {
    return code;
  }
}

/** The number of characters as people count them: an emoji, or a letter with its accent, is one. */
export function countCharacters(text: string): number {
  return graphemesOf(text).length;
}
