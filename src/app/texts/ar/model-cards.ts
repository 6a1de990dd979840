/** The cards of the models that a bot can start from: what each is like, and what it takes here, in Arabic. */
import type { ComponentChildren } from 'preact';
import { formatEstimate } from '../../estimates.ts';
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const modelCards: Catalogue['modelCards'] = {
  startsFrom: (bold: Inline, name: string): ComponentChildren => ['يبدأ من ', bold(name)],
  recommended: 'الأنسب هنا',
  ownDescription: 'من الـ Hub باسمه أو لغته، أو مجلد نموذج من عندك.',
  otherBots:
    'لتعلّم أحد بوتاتك المزيد، اضغط «تدريب إضافي» في قائمة بوتاتك. ولتتابع مع بوت صدّرته، اضغط «فتح بوت».',

  time: (seconds: number) => formatEstimate(seconds),
  memory: (bytes: number) => `${formatBytes(bytes)} من الذاكرة`,
  download: (bytes: number) => `${formatBytes(bytes)} للتنزيل`,
  isHere: 'جاهز بلا اتصال',
  isHereWith: (bytes: number) => `جاهز بلا اتصال، ${formatBytes(bytes)}`,
  adapterOnly: 'يتعلّم بالمُهايئ الصغير فقط، لأن تدريبه كله فوق الطاقة هنا.',
  tooLarge: 'أكبر من أن يُدرَّب على هذا الحاسوب: لا تكفيه الذاكرة.',
  tooLong: 'سيستغرق هنا وقتًا طويلًا جدًا. على حاسوب فيه بطاقة رسوميات يكون أسرع بكثير.',
  roughly: 'الوقت مقدَّر من السرعة التي قيست بنموذج آخر. وسيقاس بهذا النموذج حين يصير هنا.',

  soundsLike: 'ما يكتبه بوت كهذا',
  madeHere: 'من بوت لكاتب العيّنة، تدرّب على هذه الصفحة',
  quotedFrom: (link: Inline, source: string): ComponentChildren => ['نشره ', link(source)],
  sources: {
    huggingtweets: 'huggingtweets (بداية المثال في ملف README)',
    woolf: 'Max Woolf (بوت تعلّم تغريدات @MagicRealismBot)',
  },
  canAndCannot: (strong: Inline): ComponentChildren => [
    'فيه 3.5 مليون معامل، وتدرّب على كتب من الملك العام. يُظهر الفكرة في دقيقة أو دقيقتين، لكنه صغير: ',
    strong('يلتقط كلماتك ومواضيعك، لا أفكارك.'),
    ' لجمل كاملة ذات معنى، اختر نموذجًا أكبر.',
  ],

  notEnglish: (language: string) =>
    `معظم تغريداتك بلغة أخرى (${language})، وهذه النماذج تعرف الإنجليزية. من تغريداتك وحدها تتعلّم كلمات، لكنها تكاد لا تتعلّم كيف تُركَّب هذه اللغة.`,
  findOther: (language: string) => `البحث عن GPT-2 يعرف لغتك (${language})`,
};
