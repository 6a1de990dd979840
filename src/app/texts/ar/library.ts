/** The list of bots, and what can be done with them, in Arabic. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';
import { steps, tweets, versions } from './counted.ts';

export const library: Catalogue['library'] = {
  newBot: 'بوت جديد',
  empty: 'ستظهر هنا البوتات التي تدرّبها. وهي تبقى في هذا المتصفح.',

  trainMore: 'تدريب إضافي',
  continue: 'متابعة',
  export: 'تصدير',
  exportOf: (name: string) => `تصدير ${name}`,
  rename: 'إعادة تسمية',
  renameOf: (name: string) => `إعادة تسمية ${name}`,
  duplicate: 'نسخ',
  duplicateOf: (name: string) => `نسخ ${name}`,
  delete: 'حذف',
  deleteOf: (name: string) => `حذف ${name}`,
  noTweets: 'لا يمكن تدريب هذا البوت أكثر، لأن تغريداته حُذفت.',
  from: (dataset: string) => `من ${dataset}`,
  tweets: (count: number) => tweets(count),
  quiz: (right: number, pairs: number) =>
    `حقيقي أم بوت: مُيّز ${formatCount(right)} من ${formatCount(pairs)}`,
  inTraining: (step: number, total: number | null) =>
    total === null
      ? `قيد التدريب: الخطوة ${formatCount(step)}`
      : `قيد التدريب: الخطوة ${formatCount(step)} من ${formatCount(total)}`,
  paused: (step: number, total: number) =>
    `متوقف مؤقتًا عند الخطوة ${formatCount(step)} من ${formatCount(total)}`,
  interrupted: (step: number, total: number) =>
    `انقطع عند الخطوة ${formatCount(step)} من ${formatCount(total)}`,
  steps: (count: number) => steps(count),
  stepsWithLoss: (count: number, loss: string) => `${steps(count)}، الخسارة ${loss}`,

  exportPromise: 'الملف من نوع ZIP. ولا يحوي تغريداتك.',
  writingFile: 'جارٍ كتابة الملف',
  starting: 'يبدأ الآن',
  cancel: 'إلغاء',
  close: 'إغلاق',
  forMynah: 'لـ Mynah وHugging Face',
  forMynahPrograms: '«فتح بوت»، وtransformers، والـ Hub',
  forGguf: 'GGUF',
  forPages: 'لصفحات الويب',
  files: {
    full: (bold: Inline, bytes: number): ComponentChildren => [
      bold('بدقة كاملة'),
      ` ${formatBytes(bytes)} · كما هو هنا تمامًا`,
    ],
    half: (bold: Inline, bytes: number): ComponentChildren => [
      bold('بنصف الحجم'),
      ` ${formatBytes(bytes)} · مقرَّب قليلًا`,
    ],
    adapter: (bold: Inline, italic: Inline, bytes: number): ComponentChildren => [
      bold('المُهايئ فقط'),
      ` ${formatBytes(bytes)} · لـ `,
      italic('PEFT'),
      '، ويحتاج أيضًا إلى النموذج الأساسي',
    ],
    Q8_0: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF، 8 بت'),
      ` ${formatBytes(bytes)} · أصغر ملف، والتقريب أكثر`,
    ],
    F16: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF، 16 بت'),
      ` ${formatBytes(bytes)} · مقرَّب قليلًا`,
    ],
    F32: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF، 32 بت'),
      ` ${formatBytes(bytes)} · كما هو هنا تمامًا`,
    ],
    onnx: (bold: Inline, bytes: number): ComponentChildren => [
      bold('ONNX'),
      ` ${formatBytes(bytes)} · كما هو هنا تمامًا`,
    ],
  },
  zipArchive: 'أرشيف ZIP',

  readingBot: 'جارٍ قراءة البوت',
  opening: 'يُفتح الآن',
  openHint: 'ملف ZIP صدّره Mynah، أو ملفات GPT-2، أو مُهايئ من PEFT',
  openWithModel: 'الفتح بهذا النموذج',
  openedFromFile: 'فُتح من ملف',
  modelGone: 'نموذج لم يعد موجودًا',

  nameOfBot: 'اسم البوت',
  pictureOfBot: 'صورة البوت',
  save: 'حفظ',
  mynaBird: 'طائر المينا',
  accountPicture: 'صورة الحساب',
  emoji: {
    '🦜': 'ببغاء',
    '🐦': 'طائر',
    '🦉': 'بومة',
    '🐧': 'بطريق',
    '🦩': 'نحام',
    '🐔': 'دجاجة',
    '🤖': 'روبوت',
    '👻': 'شبح',
    '🎩': 'قبعة عالية',
    '🧠': 'دماغ',
    '🔥': 'نار',
    '🌶️': 'فلفل حار',
    '🌈': 'قوس قزح',
    '🌙': 'قمر',
    '☕': 'قهوة',
    '🎸': 'غيتار',
    '📚': 'كتب',
  },

  trainMoreOf: (name: string) => `تدريب إضافي لـ ${name}`,
  createsVersion: (version: number) => `يتابع التدريب وينشئ النسخة ${formatCount(version)}.`,
  createsVersionOnSame: (version: number) =>
    `يتابع التدريب على التغريدات نفسها وينشئ النسخة ${formatCount(version)}.`,
  moreEpochs: (count: number) =>
    byCount(count, {
      one: 'دورة إضافية واحدة',
      two: 'دورتان إضافيتان',
      few: `${formatCount(count)} دورات إضافية`,
      other: `${formatCount(count)} دورة إضافية`,
    }),
  withNewer: (count: number) => `مع التغريدات الأحدث (+${formatCount(count)})`,
  asKeptNow: (count: number) => `بالتغريدات المُبقاة الآن (${formatCount(count)})`,
  sameAsBefore: (count: number) => `بالتغريدات نفسها كما سبق (${formatCount(count)})`,

  versions: (count: number) => versions(count),
  version: (number: number) => `النسخة ${formatCount(number)}`,
  deleteVersion: (number: number, name: string) => `حذف النسخة ${formatCount(number)} من ${name}`,
  atStep: (step: number) => `الخطوة ${formatCount(step)}`,
  lossIs: (loss: string) => `الخسارة ${loss}`,

  hasBeenDeleted: (bold: Inline, name: string): ComponentChildren => [
    'حُذف ',
    bold(name),
    ' مع كل ما كتبه.',
  ],
  undo: 'تراجع',
  deletePermanently: 'حذف نهائي',
};
