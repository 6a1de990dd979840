/** What an export holds only if it is asked for, in Arabic. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const exportExtras: Catalogue['exportExtras'] = {
  picture: 'مع صورة الحساب في البطاقة',
  optimizer: (bytes: number) =>
    `مع حالة المحسِّن في النموذج الكامل (${formatBytes(bytes)} إضافية)، ليمكن متابعة تدريبه في مكان آخر`,
};
