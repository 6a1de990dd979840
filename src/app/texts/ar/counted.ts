/** Counted things in Arabic: the number decides the form of the noun, and often stands within it. */
import { byCount, formatCount } from '../../format.ts';

/** A noun with its number, as a subject or, after prepositions and verbs, as an object. */
interface Counted {
  (count: number): string;
  readonly object: (count: number) => string;
}

/**
 * @param one `تغريدة واحدة`
 * @param two As a subject, and as an object: `تغريدتان`, `تغريدتين`.
 * @param few After 3 to 10.
 * @param many After 11 to 99.
 * @param other After 100, and after 0.
 */
function noun(
  one: string,
  two: readonly [subject: string, object: string],
  few: string,
  many: string,
  other: string,
): Counted {
  const forms = (count: number, dual: string) =>
    byCount(count, {
      zero: `${formatCount(count)} ${other}`,
      one,
      two: dual,
      few: `${formatCount(count)} ${few}`,
      many: `${formatCount(count)} ${many}`,
      other: `${formatCount(count)} ${other}`,
    });
  return Object.assign((count: number) => forms(count, two[0]), {
    object: (count: number) => forms(count, two[1]),
  });
}

export const tweets = noun('تغريدة واحدة', ['تغريدتان', 'تغريدتين'], 'تغريدات', 'تغريدة', 'تغريدة');
export const steps = noun('خطوة واحدة', ['خطوتان', 'خطوتين'], 'خطوات', 'خطوة', 'خطوة');
export const texts = noun('نص واحد', ['نصان', 'نصين'], 'نصوص', 'نصًا', 'نص');
export const tokens = noun('رمز واحد', ['رمزان', 'رمزين'], 'رموز', 'رمزًا', 'رمز');
export const characters = noun('حرف واحد', ['حرفان', 'حرفين'], 'أحرف', 'حرفًا', 'حرف');
export const words = noun('كلمة واحدة', ['كلمتان', 'كلمتين'], 'كلمات', 'كلمة', 'كلمة');
export const files = noun('ملف واحد', ['ملفان', 'ملفين'], 'ملفات', 'ملفًا', 'ملف');
export const runs = noun('تجربة واحدة', ['تجربتان', 'تجربتين'], 'تجارب', 'تجربة', 'تجربة');
export const rounds = noun('جولة واحدة', ['جولتان', 'جولتين'], 'جولات', 'جولة', 'جولة');
export const pairs = noun('زوج واحد', ['زوجان', 'زوجين'], 'أزواج', 'زوجًا', 'زوج');
export const blocks = noun('كتلة واحدة', ['كتلتان', 'كتلتين'], 'كتل', 'كتلة', 'كتلة');
export const passes = noun('مرة واحدة', ['مرتان', 'مرتين'], 'مرات', 'مرة', 'مرة');
export const versions = noun('نسخة واحدة', ['نسختان', 'نسختين'], 'نسخ', 'نسخة', 'نسخة');
export const threads = noun('خيط واحد', ['خيطان', 'خيطين'], 'خيوط', 'خيطًا', 'خيط');
export const requests = noun('طلب واحد', ['طلبان', 'طلبين'], 'طلبات', 'طلبًا', 'طلب');
export const minutes = noun('دقيقة واحدة', ['دقيقتان', 'دقيقتين'], 'دقائق', 'دقيقة', 'دقيقة');
