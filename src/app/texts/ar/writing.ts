/** Step 3: the studio in which a bot writes, and what it has written, in Arabic. */
import type { ComponentChildren } from 'preact';
import { byCount, formatCount, formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';
import { tweets } from './counted.ts';

export const writing: Catalogue['writing'] = {
  ai: 'ذكاء اصطناعي',
  placeholder: 'ابدأ التغريدة، أو اترك الحقل فارغًا',
  pasteTweet: 'الصق التغريدة المراد الرد عليها',
  replyHint:
    'يقرؤها البوت قبل أن يكتب، وليست جزءًا من الرد. لم يُدرَّب هذا البوت على الرد، فقد لا يناسب الرد.',
  replyHintTrained: (count) =>
    `يقرؤها البوت قبل أن يكتب، وليست جزءًا من الرد. تعلّم الرد من ${byCount(count, { one: 'رد واحد', two: 'ردّين', few: `${formatCount(count)} ردود`, other: `${formatCount(count)} ردًا` })} على تغريداتك أنت.`,
  inReplyTo: (tweet: string) => `ردًا على «${tweet}»`,
  howMany: 'عدد التغريدات',
  tweets: (count: number) => tweets(count),
  write: 'اكتب',
  stopping: 'جارٍ الإيقاف…',
  gettingReady: 'جارٍ التحضير…',
  writing: 'جارٍ الكتابة…',
  tweetsOf: (done: number, total: number) => `${formatCount(done)} من ${tweets.object(total)}`,
  writtenOf: (bold: Inline, done: number, total: number): ComponentChildren => [
    'كُتب ',
    bold(`${formatCount(done)} من ${formatCount(total)}`),
    '. يمكنك في الأثناء متابعة القراءة والإبقاء والإسقاط.',
  ],
  writtenOfLeft: (bold: Inline, done: number, total: number, left: string): ComponentChildren => [
    'كُتب ',
    bold(`${formatCount(done)} من ${formatCount(total)}`),
    `، والباقي ${left}. يمكنك في الأثناء متابعة القراءة والإبقاء والإسقاط.`,
  ],

  moods: { safe: 'حذِر', balanced: 'متوازن', playful: 'مرِح', wild: 'جامح' },
  ownSettings: (numbers: string) => `إعداداتك: ${numbers}`,
  numbers: {
    temperature: (value: number) => `الحرارة ${formatNumber(value)}`,
    topP: (value: number) => `top-p ${formatNumber(value)}`,
    topK: (value: number) => `top-k ${formatNumber(value)}`,
    minP: (value: number) => `min-p ${formatNumber(value)}`,
    typicalP: (value: number) => `typical-p ${formatNumber(value)}`,
    repetitionPenalty: (value: number) => `التكرار ${formatNumber(value)}`,
    noRepeatNgram: (value: number) => `منع تكرار ${formatNumber(value)}-gram`,
  },

  compareHint:
    'يكتب الاثنان بالبداية نفسها والبذرة نفسها، فلا يختلفان إلا فيما تختاره هنا. ويبقى ما يُكتب لدى البوت الذي كتبه.',
  notWritten: 'لم يُكتب شيء هنا.',

  hints: {
    count: 'عدد التغريدات التي تُكتب دفعةً واحدة.',
    temperature: 'الأعلى أكثر مفاجأة، والأدنى أسهل توقعًا.',
    topP: 'الاختيار من أرجح الكلمات حتى يبلغ مجموع احتمالاتها هذا القدر.',
    topK: 'الاختيار من هذا العدد من أرجح الكلمات؛ 0 للكل.',
    minP: 'الاختيار من الكلمات التي لا يقل احتمالها عن هذه الحصة من احتمال أرجح كلمة؛ 0 للكل.',
    typicalP:
      'الاختيار من الكلمات التي مفاجأتها قريبة من المتوقع، حتى يبلغ مجموع احتمالاتها هذا القدر؛ 1 للكل.',
    repetitionPenalty: 'فوق 1 يقل تكرار البوت لنفسه؛ 1 بلا أثر.',
    noRepeatNgram: 'لا يتكرر في التغريدة أي تتابع بهذا العدد من الرموز؛ 0 يسمح بالتكرار.',
    maxCharacters: 'التغريدات الأطول تُقطع بعد جملة أو كلمة.',
    maxTokens: 'الرمز نحو ¾ كلمة.',
    seed: 'البذرة نفسها تكتب التغريدات نفسها.',
    endsWithSentence: 'يُحذف ما يلي آخر جملة كاملة.',
    avoidCopies: 'التغريدة التي تكاد تنسخ تغريدة حقيقية كلها تُكتب من جديد، حتى ثلاث مرات.',
  },
  randomSeed: 'عشوائية',
  aRandomOne: 'قيمة عشوائية',

  withoutStart: 'بلا بداية',
  quoted: (start: string) => `«${start}»`,
  seedIs: (seed: number) => `البذرة ${seed}`,
  useAgain: 'استخدام ثانيةً',
  inForm: 'البداية والإعدادات والبذرة في حقول الكتابة.',

  wholeCopy: 'نسخة من تغريدة حقيقية',
  partlyCopied: 'جزء منها في تغريدة حقيقية',
  originalDeleted: 'تلك التغريدة حُذفت هنا.',
  edited: 'معدّلة',
  pinned: 'مثبّتة',
  isKept: 'مُبقاة',
  isPinned: 'مثبّتة',
  moreLike: (start: string) => `خمس أخرى تبدأ بـ «${start}»`,
  postHint: 'يفتح x.com بهذا النص. لا يُرسل شيء قبل أن تضغط هذا.',
  cantShare: 'لم يستطع متصفحك مشاركتها. انسخها بدلًا من ذلك.',
  pictureSaved: 'حُفظت الصورة.',
  cantDraw: 'لم يستطع متصفحك رسم الصورة.',
  pictureFoot: 'كتبها ذكاء اصطناعي تعلّم من تغريدات · Mynah',
  cancel: 'إلغاء',
  copy: 'نسخ',
  copied: 'نُسخت',
  notAllowed: 'غير مسموح',
  hasCopied: 'نُسخت.',
  cantCopy: 'لا يسمح متصفحك بالنسخ. حدّد النص بدلًا من ذلك.',

  done: {
    dropped: 'أُسقطت.',
    changed: 'عُدّلت.',
    triedAgain: 'أُعيدت المحاولة.',
  },
  undone: {
    dropped: 'تم التراجع عن الإسقاط.',
    changed: 'تم التراجع عن التعديل.',
    triedAgain: 'تم التراجع عن إعادة المحاولة.',
  },
  undo: 'تراجع',
  dismiss: 'إخفاء',
  kept: 'أُبقيت.',
  noLongerKept: 'لم تعد مُبقاة.',
  back: 'عادت بين كل التغريدات.',
  pinnedToTop: 'ثُبّتت في الأعلى.',
  noLongerPinned: 'لم تعد مثبّتة.',
  deleted: (count: number) => `حُذفت ${tweets(count)}.`,

  keys: {
    next: 'التغريدة التالية',
    previous: 'التغريدة السابقة',
    keep: 'إبقاؤها، أو إلغاء ذلك',
    drop: 'إسقاطها',
    undo: 'تراجع',
    edit: 'تعديلها',
    copy: 'نسخها',
    pin: 'تثبيتها في الأعلى',
    again: 'إعادة المحاولة',
    more: 'المزيد مثلها',
    continue: 'إكمالها',
    search: 'بحث',
    help: 'عرض هذه المفاتيح',
  },

  filters: { all: 'الكل', kept: 'المُبقاة', dropped: 'المُسقطة' },
  search: 'بحث',
  confirmDelete: (count: number) =>
    byCount(count, {
      one: 'أتريد حذف التغريدة المُسقطة نهائيًا؟',
      two: 'أتريد حذف التغريدتين المُسقطتين نهائيًا؟',
      few: `أتريد حذف ${formatCount(count)} تغريدات مُسقطة نهائيًا؟`,
      other: `أتريد حذف ${formatCount(count)} تغريدة مُسقطة نهائيًا؟`,
    }),
  delete: 'حذف',
  stoppedEmpty: 'توقفت الكتابة قبل أن يكتمل شيء.',
  empty: 'ما يكتبه يظهر هنا ويبقى مع البوت.',
  noneFound: 'لا شيء مما كتبه يحوي هذه الكلمات.',
  noneKept: 'لم يُبقَ على شيء بعد. اضغط «إبقاء» أو المفتاح S.',
  noneDropped: 'لم يُسقط شيء.',
  allDropped: 'أُسقط كل شيء.',

  asListed: (bold: Inline, count: number): ComponentChildren => [
    bold(tweets(count)),
    ' كما هي معروضة أدناه. كل الملفات ما عدا TXT تحوي أيضًا بداية كل تغريدة وبذرتها وإعداداتها.',
  ],
  copyAll: 'نسخ الكل',
  inYourTime: 'بتوقيت منطقتك. والملف بتوقيت UTC.',
  chooseTime: 'اختر يومًا ووقتًا.',
  hoursHint: 'من تغريدة إلى التالية.',
};
