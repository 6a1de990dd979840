/** Quantities for which `Intl` has no words. */
import { byCount, formatCount } from '../../format.ts';

export const units = {
  underAMinute: 'under a minute',
  aboutMinutes: (minutes: number) =>
    byCount(minutes, {
      one: `about ${formatCount(minutes)} minute`,
      other: `about ${formatCount(minutes)} minutes`,
    }),
  /** @param duration `1 hr 20 min` */
  about: (duration: string) => `about ${duration}`,
  /** @param tokens `1,240` */
  tokensPerSecond: (tokens: string) => `${tokens} tokens/s`,
};
