/** The filters, charts and list of tweets of step 1, in Arabic. */
import type { ComponentChildren } from 'preact';
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';
import { texts, tokens, tweets } from './counted.ts';

export const explorer: Catalogue['explorer'] = {
  counting: 'جارٍ العدّ…',
  leaveOut: 'الاستبعاد',
  withHashtags: 'التغريدات ذات الوسوم',
  keepOnly: 'الإبقاء فقط على',
  minimumWordsHint: 'لا تُحسب الروابط والإشارات والوسوم.',
  firstTweet: (day: string) => `أول تغريدة بتاريخ ${day}.`,
  lastTweet: (day: string) => `آخر تغريدة بتاريخ ${day}.`,
  excludeHint: 'افصل بين الكلمات بفواصل. النجمة تعني أي أحرف، كما في عمل*.',
  textCleanup: 'تنظيف النص',
  linksRemoved: 'الروابط تُزال دائمًا، لأن البوت لا يستطيع إلا أن يخترعها.',
  unknownLanguage: 'غير معروفة',

  read: 'مقروءة',
  kept: 'مُبقاة',
  size: (count: number, of: number) => `نحو ${tokens.object(count)} في ${texts.object(of)}.`,
  takes: (time: string) => `تعلّمها كما اخترت أدناه يستغرق على هذا الحاسوب ${time}.`,
  usedWords: 'أكثر الكلمات استخدامًا',
  usedHashtags: 'أكثر الوسوم استخدامًا',
  byMonth: 'التغريدات حسب الشهر',
  months: (first: string, last: string, busiest: string, peak: number) =>
    `التغريدات حسب الشهر. من ${first} إلى ${last}؛ أكثرها في ${busiest}: ${tweets(peak)}`,
  busiest: (month: string, peak: number) => `أكثرها في ${month}: ${formatCount(peak)}`,
  lengths: 'طول ما أُبقي عليه، بالرموز',
  lengthsLabel: (peak: number, range: string) =>
    `طول ما أُبقي عليه، بالرموز. الأكثر شيوعًا: ${range}، في ${texts.object(peak)}`,
  commonLength: (range: string) => `الأكثر شيوعًا: ${range}`,
  lengthRange: (first: number, last: number) => `من ${formatCount(first)} إلى ${formatCount(last)}`,
  andMore: (count: number) => `${formatCount(count)} فأكثر`,
  keptWith: (hidden: Inline, kept: number): ComponentChildren => [
    formatCount(kept),
    hidden(' من التغريدات المُبقاة'),
  ],
  ofRead: (hidden: Inline, read: number): ComponentChildren => [
    ` من ${formatCount(read)}`,
    hidden(' مقروءة'),
  ],

  noneOfKind: 'لا تغريدات من هذا النوع.',
  noneWith: (words: string) => `لا تغريدة هنا تقول «${words}».`,
  found: (count: number) => tweets(count),
  foundWith: (count: number, words: string) => `${tweets(count)} فيها «${words}»`,
  which: 'أي التغريدات',
  all: 'الكل',
  keptOnes: 'المُبقاة',
  leftOutOnes: 'المستبعَدة',
  nothingButLinks: 'لا شيء غير الروابط',
  keptByHand: 'أُبقيت يدويًا',
  decide: { undo: 'ترك القرار للمرشّحات', keep: 'إبقاء', drop: 'استبعاد' },
  decideOn: {
    undo: (tweet: string) => `ترك القرار للمرشّحات: ${tweet}`,
    keep: (tweet: string) => `إبقاء: ${tweet}`,
    drop: (tweet: string) => `استبعاد: ${tweet}`,
  },
};
