/** What the page says of a download that failed: from the Hub, or from the page's own site, in Arabic. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatDuration } from '../../../format.ts';
import { type ErrorTable, type WordsBy, wordsBy } from '../../error-words.ts';

const DOWNLOAD: WordsBy<'reason', ErrorDetails['model-download']> = {
  'not-found': ({ repository }) => [
    `لا يوجد نموذج باسم «${repository}» على الـ Hub.`,
    'تحقق من الاسم: هو نهاية عنوان صفحة النموذج، بصيغة owner/name.',
  ],
  private: ({ repository }) => [
    `لا يُظهر الـ Hub «${repository}» للجميع: إما أنه خاص، أو يطلب حسابًا، أو غير موجود.`,
    'تحقق من الاسم. إن كان مسموحًا لك بقراءته، فنزّل ملفاته بنفسك وأفلتها هنا.',
  ],
  'no-gpt2': ({ repository, file }) => [
    file === undefined
      ? `«${repository}» ليس GPT-2 يستطيع Mynah استخدامه.`
      : `«${repository}» ليس GPT-2 يستطيع Mynah استخدامه (بحسب ملفه ${file}).`,
    'اختر نموذجًا تذكر صفحته GPT-2، مثل أحد نماذج huggingtweets.',
  ],
  'not-the-hub': ({ repository }) => [
    `وصلت صفحة ويب بدل ملفات «${repository}»، إذن لم يكن الـ Hub هو من أجاب.`,
    'إن كانت شبكتك تطلب تسجيل الدخول، فافعل ذلك أولًا. وإلا فتحقق من عنوان الـ Hub. ثم حاول مجددًا.',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    'تلقّى الـ Hub طلبات أكثر من اللازم من هذه الشبكة.',
    retryAfterSeconds === undefined
      ? 'حاول مجددًا بعد بضع دقائق. يتابع التنزيل من حيث توقف.'
      : `حاول مجددًا بعد ${formatDuration(retryAfterSeconds)}. يتابع التنزيل من حيث توقف.`,
  ],
  offline: [
    'لا يمكن الوصول إلى الـ Hub.',
    'تحقق من الاتصال، ثم حاول مجددًا. يتابع التنزيل من حيث توقف.',
  ],
  'not-allowed': [
    'لا يُسمح لهذه الصفحة بطلب ذلك العنوان: قواعدها لا تذكر إلا خوادم الـ Hub.',
    'أعد عنوان الـ Hub كما كان، أو اطلب ممن يدير هذه الصفحة أن يسمح بالمرآة.',
  ],
  server: ({ status }) => [
    status === undefined ? 'لدى الـ Hub مشكلة.' : `لدى الـ Hub مشكلة (أجاب بـ ${status}).`,
    'حاول مجددًا بعد بضع دقائق. يتابع التنزيل من حيث توقف.',
  ],
  stalled: [
    'سكت الـ Hub في منتصف التنزيل.',
    'تحقق من الاتصال، ثم حاول مجددًا. يتابع التنزيل من حيث توقف.',
  ],
  truncated: ({ file }) => [
    file === undefined
      ? 'ينتهي أحد الملفات على الـ Hub قبل أوانه.'
      : `ينتهي «${file}» على الـ Hub قبل أوانه.`,
    'حاول مجددًا لاحقًا؛ إن بقي الأمر كذلك، فالنموذج تالف هناك.',
  ],
  damaged: ({ file }) => [
    file === undefined
      ? 'وصل أحد الملفات تالفًا، فتم التخلص منه.'
      : `وصل «${file}» تالفًا، فتم التخلص منه.`,
    'حاول مجددًا: لن يُجلب من جديد إلا ذلك الملف.',
  ],
  changed: ({ repository }) => [
    `يتغير «${repository}» على الـ Hub باستمرار أثناء جلبه.`,
    'حاول مجددًا بعد بضع دقائق.',
  ],
};

export const downloadErrors: ErrorTable<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence:
      status === undefined
        ? `تعذّر تحميل «${file}».`
        : `تعذّر تحميل «${file}» (أجاب الخادم بـ ${status}).`,
    nextStep: 'تحقق من الاتصال، ثم حاول مجددًا.',
  }),
  'model-download': wordsBy('reason', DOWNLOAD),
};
