/** Formats numbers and times for people. The page is in English, and so are its numbers. */

const countFormat = new Intl.NumberFormat('en');
const timeFormat = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });
const dateFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** `12,345` */
export function formatCount(count: number): string {
  return countFormat.format(Math.round(count));
}

/** `1 tweet`, `12,345 tweets` */
export function plural(count: number, singular: string, pluralForm = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : pluralForm}`;
}

/** `512 B`, `3.4 MB`, `120 MB`: in decimal units, like most file managers. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Math.max(0, bytes);
  let unit = 0;
  // 999.5 would be rounded to `1000`.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 9.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? 'TB'}`;
}

/** `42 s`, `3 min 20 s`, `12 min`, `1 h 5 min`: longer durations are less precise. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 10) {
    const rest = whole % 60;
    return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  }
  const rounded = Math.round(whole / 60);
  if (rounded < 60) return `${rounded} min`;
  const hours = Math.floor(rounded / 60);
  const restMinutes = rounded % 60;
  return restMinutes === 0 ? `${hours} h` : `${hours} h ${restMinutes} min`;
}

/** For an estimate: `under a minute`, `about 4 minutes`, `about 1 h 20 min`. */
export function formatEstimate(seconds: number): string {
  if (seconds < 45) return 'under a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${plural(Math.max(1, minutes), 'minute')}`;
  return `about ${formatDuration(Math.round(seconds / 300) * 300)}`;
}

/** `3.21` */
export function formatLoss(loss: number): string {
  return loss.toFixed(2);
}

/** `0.98`, `4`, `0.0011`: two significant digits. */
export function formatRough(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** `1,240 tokens/s` */
export function formatSpeed(tokensPerSecond: number): string {
  return `${
    tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : formatCount(tokensPerSecond)
  } tokens/s`;
}

/** `6.3 million` */
export function formatMillions(count: number): string {
  if (count < 1e6) return formatCount(count);
  const millions = count / 1e6;
  return `${millions < 100 ? millions.toFixed(1).replace(/\.0$/, '') : Math.round(millions)} million`;
}

/** `Nov 22, 2026, 5:52 PM` */
export function formatDate(timestampMs: number): string {
  return dateFormat.format(timestampMs);
}

/** `5:52:07 PM` */
export function formatTime(timestampMs: number): string {
  return timeFormat.format(timestampMs);
}

/** The number of characters as people count them: an emoji, or a letter with its accent, is one. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
