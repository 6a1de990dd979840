/** Quantities for which `Intl` has no words. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const units: Catalogue['units'] = {
  underAMinute: 'menos de un minuto',
  aboutMinutes: (minutes) =>
    byCount(minutes, {
      one: `cerca de ${formatCount(minutes)} minuto`,
      other: `unos ${formatCount(minutes)} minutos`,
    }),
  about: (duration) => `alrededor de ${duration}`,
  tokensPerSecond: (tokens) => `${tokens} tokens/s`,
};
