/** Quantities for which `Intl` has no words. */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const units: Catalogue['units'] = {
  underAMinute: '1分未満',
  aboutMinutes: (minutes) => `約${formatCount(minutes)}分`,
  about: (duration) => `約${duration}`,
  tokensPerSecond: (tokens) => `${tokens}トークン/秒`,
};
