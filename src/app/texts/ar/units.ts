/** Quantities for which `Intl` has no words, in Arabic. */
import type { Catalogue } from '../catalogue.ts';
import { minutes } from './counted.ts';

export const units: Catalogue['units'] = {
  underAMinute: 'أقل من دقيقة',
  aboutMinutes: (count: number) => `نحو ${minutes.object(count)}`,
  about: (duration: string) => `نحو ${duration}`,
  tokensPerSecond: (tokens: string) => `${tokens} رمز/ث`,
};
