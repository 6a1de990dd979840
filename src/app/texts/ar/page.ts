/** The page around the three steps, in Arabic. */
import type { ComponentChildren } from 'preact';
import { formatBytes, formatProgress } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';
import { steps } from './counted.ts';

export const page: Catalogue['page'] = {
  title: 'Mynah: علّم طائرًا أن يغرّد مثلك',
  titleInTraining: (share: number) => `اكتمل ${formatProgress(share)} · Mynah`,
  heroTitle: 'علّم طائرًا أن يغرّد مثلك',
  hero: 'أعطه أرشيفك من Twitter. يتعلّم أسلوبك داخل هذه الصفحة، على حاسوبك أنت، ثم يكتب تغريدات جديدة، حتى بلا اتصال.',
  trainedElsewhere: 'درّبت بوتًا في مكان آخر؟',

  themes: { system: 'حسب النظام', light: 'فاتح', dark: 'داكن' },

  trainWaiting: 'نموذج GPT-2 صغير يتعلّم كيف تكتب، على هذا الحاسوب.',
  trained: (count: number) => `التدريب: ${steps(count)}`,
  trainedWithLoss: (count: number, first: string, last: string) =>
    `التدريب: ${steps(count)}، الخسارة من ${first} إلى ${last}`,

  writeWaiting: 'سيكتب بوتك تغريدات جديدة بأسلوبك، حتى بلا اتصال.',
  writeInTraining: 'يتاح حين ينتهي التدريب. أوقف التدريب مؤقتًا لتكتب قبل ذلك.',

  readyOffline: 'جاهز بلا اتصال',
  notOffline: 'لا يحفظ هذا المتصفح الصفحة، فهي تحتاج إلى الشبكة لتُفتح من جديد',
  tweetsStay: 'تغريداتك تبقى على هذا الحاسوب',
  storageUnknown: 'لا يقول هذا المتصفح كم يحفظ',
  stored: (used: number, quota: number) => `المحفوظ ${formatBytes(used)} من ${formatBytes(quota)}`,
  downloading: (model: string) => `جارٍ تنزيل ${model}`,
  downloadingShare: (model: string, share: number) =>
    `جارٍ تنزيل ${model}، ${formatProgress(share)}`,
  licences: 'التراخيص',
  languageMissing: 'تعذّر تحميل تلك اللغة. اتصل بالشبكة واخترها ثانيةً.',
  update: 'تتوفر نسخة جديدة من Mynah.',
  updateOtherTab:
    'تتوفر نسخة جديدة من Mynah. يمكنك إعادة التحميل حين لا تكون علامة تبويب أخرى تعمل.',
  updateWhenDone: 'تتوفر نسخة جديدة من Mynah. يمكنك إعادة التحميل حين ينتهي هذا.',
  reload: 'إعادة التحميل',
  reloadPage: 'إعادة تحميل الصفحة',

  partMissing: 'تعذّر تحميل هذا الجزء من الصفحة.',
  tryAgain: 'إعادة المحاولة',

  oneTabAssumed: (strong: Inline): ComponentChildren => [
    strong('لا يستطيع هذا المتصفح معرفة ما إذا كان Mynah مفتوحًا في علامة تبويب أخرى.'),
    ' استخدمه في علامة واحدة فقط: اثنتان تحذف كل منهما عمل الأخرى.',
  ],
  notKept: 'كل شيء يعمل هنا مع ذلك، لكنه لا يبقى إلا ما دامت هذه الصفحة مفتوحة.',
  saveBeforeClosing: (strong: Inline, emphasis: Inline): ComponentChildren => [
    strong('احفظ بوتك في ملف قبل أن تغلقها'),
    ' (بزر ',
    emphasis('تصدير'),
    ' في قائمة بوتاتك).',
  ],
  outdated: 'حلّت نسخة جديدة من Mynah محل هذه.',
  outdatedReload:
    'لم يعد ممكنًا تحميل أجزاء من هذه الصفحة. ما حُفظ في أمان: أعد تحميل الصفحة لتتابع بالنسخة الجديدة.',
  outdatedTraining: 'يتوقف تدريب بوتك مؤقتًا أولًا، ويمكن متابعته.',
  cleared: 'مُحي ما كان هذا الموقع قد حفظه أثناء تدريب بوتك.',
  clearedRest:
    'ذهبت البوتات والتغريدات والنماذج الأخرى. أما البوت قيد التدريب وتغريداته فكانت ما تزال في الذاكرة: حُفظت من جديد، والتدريب مستمر.',
  elsewhere: 'Mynah مفتوح في علامة تبويب أخرى.',
  elsewhereNext: 'تابع هناك، أو أغلق تلك العلامة وحاول مجددًا هنا.',
  waking: 'جارٍ إيقاظ الطائر…',
  wakingWhy: 'ربما ما زال مشغولًا في علامة تبويب أخرى.',
  insecure: 'يحتاج Mynah إلى عنوان آمن.',
  insecureRest: (code: Inline): ComponentChildren => [
    'فُتح عبر ',
    code('http://'),
    ' العادي، وهناك تمنع المتصفحات ما يحتاج إليه لحفظ تغريداتك وبوتك. افتحه بـ ',
    code('https://'),
    ' في العنوان، أو على الحاسوب الذي يقدّمه بالعنوان ',
    code('http://localhost'),
    '.',
  ],
};
