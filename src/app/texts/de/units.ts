/** Quantities for which `Intl` has no words, in German. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const units: Catalogue['units'] = {
  underAMinute: 'unter einer Minute',
  aboutMinutes: (minutes: number) =>
    byCount(minutes, {
      one: `etwa ${formatCount(minutes)} Minute`,
      other: `etwa ${formatCount(minutes)} Minuten`,
    }),
  about: (duration: string) => `etwa ${duration}`,
  tokensPerSecond: (tokens: string) => `${tokens} Tokens/s`,
};
