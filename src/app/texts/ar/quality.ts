/** How well a bot predicts held-out tweets, and how much it has learned by heart, in Arabic. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quality: Catalogue['quality'] = {
  loss: (loss: string, perplexity: string) => `الخسارة ${loss}، الحيرة ${perplexity}`,
  lossAndBits: (loss: string, perplexity: string, bits: string) =>
    `الخسارة ${loss}، الحيرة ${perplexity}، ${bits} بت لكل بايت`,
  heldOutLoss: (loss: string, perplexity: string) =>
    `خسارة التغريدات المحجوزة ${loss}، الحيرة ${perplexity}`,
  heldOutLossAndBits: (loss: string, perplexity: string, bits: string) =>
    `خسارة التغريدات المحجوزة ${loss}، الحيرة ${perplexity}، ${bits} بت لكل بايت`,
  ratesTried: 'معدلات التعلّم المجرَّبة',
  rateTried: (rate: string, loss: string) => `${rate}: خسارة التغريدات المحجوزة ${loss}`,
  rateDiverged: (rate: string) => `${rate}: تباعَد`,
  bitsAtThatLoss: 'عدد البتات لكل بايت عند تلك الخسارة',
  learnedByHeart: 'المحفوظ عن ظهر قلب',
  learnedOf: (share: string, shared: number, grams: number) =>
    byCount(grams, {
      zero: `${share}: لا تتابعات من ثماني كلمات هنا، ويوجد منها في تغريداتك ${formatCount(shared)}.`,
      one: `${share}: من التتابع الوحيد من ثماني كلمات هنا، يوجد في تغريداتك ${formatCount(shared)}.`,
      two: `${share}: من تتابعين من ثماني كلمات هنا، يوجد في تغريداتك ${formatCount(shared)}.`,
      few: `${share}: من ${formatCount(grams)} تتابعات من ثماني كلمات هنا، يوجد في تغريداتك ${formatCount(shared)}.`,
      many: `${share}: من ${formatCount(grams)} تتابعًا من ثماني كلمات هنا، يوجد في تغريداتك ${formatCount(shared)}.`,
      other: `${share}: من ${formatCount(grams)} تتابع من ثماني كلمات هنا، يوجد في تغريداتك ${formatCount(shared)}.`,
    }),
  learnedInSamples: 'المحفوظ عن ظهر قلب، في آخر العيّنات',
  learnedShort: (share: string) => `${share} من تتابعاته ذات الكلمات الثماني`,
};
