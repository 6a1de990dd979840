/** Quantities for which `Intl` has no words. */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const units: Catalogue['units'] = {
  underAMinute: '不到 1 分钟',
  aboutMinutes: (minutes) => `约 ${formatCount(minutes)} 分钟`,
  about: (duration) => `约 ${duration}`,
  tokensPerSecond: (tokens) => `${tokens} token/秒`,
};
