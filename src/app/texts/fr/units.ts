/** Quantities for which `Intl` has no words, in French. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const units: Catalogue['units'] = {
  underAMinute: 'moins d’une minute',
  aboutMinutes: (minutes: number) =>
    byCount(minutes, {
      one: `environ ${formatCount(minutes)} minute`,
      other: `environ ${formatCount(minutes)} minutes`,
    }),
  about: (duration: string) => `environ ${duration}`,
  tokensPerSecond: (tokens: string) => `${tokens} tokens/s`,
};
