/** Rough times and speeds, in words. */
import { formatCount, formatDuration, formatTenths } from './format.ts';
import { units } from './texts/en/units.ts';
import { messages } from './texts/messages.ts';

const texts = messages('units', units);

/** `under a minute`, `about 4 minutes`, `about 1 hr 20 min` */
export function formatEstimate(seconds: number): string {
  if (seconds < 45) return texts.underAMinute;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return texts.aboutMinutes(Math.max(1, minutes));
  return texts.about(formatDuration(Math.round(seconds / 300) * 300));
}

/** `1,240 tokens/s` */
export function formatSpeed(tokensPerSecond: number): string {
  return texts.tokensPerSecond(
    tokensPerSecond < 10 ? formatTenths(tokensPerSecond) : formatCount(tokensPerSecond),
  );
}
