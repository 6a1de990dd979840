/** How sure the bot was of each word, what it could have written instead, and what it attended to, in Arabic. */
import { formatCount, formatNumber, formatRough } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tokens } from './counted.ts';

export const certainty: Catalogue['certainty'] = {
  open: 'ما مدى يقينه؟',
  close: 'إغلاق',
  region: 'مدى يقين البوت',
  words: 'كلمات التغريدة',
  asking: 'البوت يعيد قراءة تغريدته…',
  summary: (chances: number) =>
    `كان في المتوسط كمن يختار من بين رموز متساوية الاحتمال عددها ${formatRough(chances)}. اختر كلمة لترى ما الذي كان يمكنه كتابته بدلها.`,
  summaryOfNothing: 'اختر كلمة لترى ما الذي كان يمكنه كتابته بدلها.',
  tooLong: 'التغريدة أطول مما يستطيع هذا النموذج رؤيته، لذلك تنقص نهايتها هنا.',
  legend: 'مدى مفاجأة الكلمة',
  levels: ['أرجح من 1 من 2', 'حتى 1 من 10', 'حتى 1 من 100', 'حتى 1 من 1,000', 'أندر من ذلك'],
  endOfTweet: 'نهاية التغريدة',
  startOfTweet: 'بداية التغريدة',
  partOfCharacter: 'جزء من حرف',
  space: 'مسافة',
  lineBreak: 'فاصل أسطر',
  yours: 'أنت أعطيته هذا كبداية.',
  firstChoice: (chance: string, bits: number) =>
    `${chance}: خياره الأول. مقدار المفاجأة بالبت: ${formatRough(bits)}.`,
  laterChoice: (chance: string, rank: number, bits: number) =>
    `${chance}: خياره رقم ${formatCount(rank)}. مقدار المفاجأة بالبت: ${formatRough(bits)}.`,
  manyTokens: (count: number, chance: string) =>
    `يكتب البوت هذا في ${tokens.object(count)}. الاحتمال الكلي: ${chance}.`,
  caption: 'ما كان يمكنه كتابته هنا',
  token: 'الرمز',
  probability: 'الاحتمال',
  withSettings: 'بإعداداته',
  written: 'كُتب',
  ruledOut: 'مستبعَد',
  never: (chance: string) => `أقل من ${chance}`,
  note: 'الاحتمال هو احتمال النموذج نفسه عند حرارة 1. وبجانبه الاحتمال بعد الإعدادات التي كُتبت بها هذه التغريدة. وكلاهما محسوب من النص كما هو الآن، وبالبوت كما يكتب الآن.',
  attention: 'ما انتبه إليه',
  layer: 'الطبقة',
  head: 'الرأس',
  mean: 'متوسط الكل',
  number: (number: number) => formatNumber(number),
  attentionNote:
    'كيف توزّع الانتباه الذي اختار به البوت هذا الرمز على ما يسبقه، كمتوسط للطبقات والرؤوس التي تختارها. يقول أين نظر البوت، لا لماذا اختار.',
  share: 'حصة الانتباه',
};
