/** Quantities for which `Intl` has no words. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const units: Catalogue['units'] = {
  underAMinute: 'menos de um minuto',
  aboutMinutes: (minutes) =>
    byCount(minutes, {
      one: `cerca de ${formatCount(minutes)} minuto`,
      other: `cerca de ${formatCount(minutes)} minutos`,
    }),
  about: (duration) => `cerca de ${duration}`,
  tokensPerSecond: (tokens) => `${tokens} tokens/s`,
};
