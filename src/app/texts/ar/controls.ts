/** Controls that occur in several places, in Arabic. */
import { formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const controls: Catalogue['controls'] = {
  close: 'إغلاق',
  keep: 'إبقاء',
  wholeNumber: (min: number, max: number) =>
    `أدخل عددًا صحيحًا من ${formatNumber(min)} إلى ${formatNumber(max)}.`,
  number: (min: number, max: number) =>
    `أدخل عددًا من ${formatNumber(min)} إلى ${formatNumber(max)}.`,
  untilThen: (value: string) => `حتى ذلك الحين تُستخدم القيمة ${value}.`,
};
