/** What the page says when the engine stops, is busy or can't compute as it was asked to, in Arabic. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';

const BACKEND_UNAVAILABLE: {
  readonly [R in ErrorDetails['backend-unavailable']['reason']]: string;
} = {
  'no-webgpu': 'لا يعرف هذا المتصفح WebGPU، فلا يستطيع الحساب ببطاقة الرسوميات.',
  'no-adapter': 'لا يوفّر هذا المتصفح بطاقة رسوميات للحساب.',
  'no-webassembly': 'لا يشغّل هذا المتصفح WebAssembly.',
};

const DEVICE_LOST: {
  readonly [R in ErrorDetails['device-lost']['reason']]: (detail?: string) => string;
} = {
  driver: (detail) => `توقفت بطاقة الرسوميات عن الاستجابة${inBrackets(detail)}.`,
  silent: () => 'توقفت بطاقة الرسوميات عن الاستجابة.',
  failed: (detail) => `أبلغت بطاقة الرسوميات عن خطأ${inBrackets(detail)}.`,
  wrong: () => 'أعطت بطاقة الرسوميات أعدادًا خاطئة.',
  replaced: () => 'توقف هذا لأن ما يقوم بالحساب تغيّر في الأثناء.',
};

const WORKER_LOST: WordsBy<'reason', ErrorDetails['worker-lost']> = {
  'not-loaded': ({ detail }) => [
    `تعذّر تحميل المحرّك${inBrackets(detail)}.`,
    'تحقق من الاتصال، ثم أعد تحميل الصفحة.',
  ],
  crashed: ({ detail }) => [
    `توقف المحرّك بسبب خطأ${inBrackets(detail)}.`,
    'لم يضع شيء مما حُفظ. أعد تشغيله وتابع من حيث توقف.',
  ],
  'unreadable-message': [
    'أرسل المحرّك شيئًا لا تستطيع الصفحة قراءته.',
    'لم يضع شيء مما حُفظ. أعد تحميل الصفحة.',
  ],
  terminated: ['أُوقف المحرّك.', 'لم يضع شيء مما حُفظ. أعد تشغيله وتابع من حيث توقف.'],
};

const BUSY: WordsBy<'reason', ErrorDetails['busy']> = {
  'another-tab': [
    'Mynah مفتوح في علامة تبويب أخرى.',
    'تابع هناك، أو أغلق تلك العلامة وحاول مجددًا هنا.',
  ],
  training: ['هناك بوت قيد التدريب.', 'انتظر حتى ينتهي، أو أوقفه مؤقتًا أولًا.'],
  importing: ['ما زالت التغريدات تُقرأ.', 'انتظر حتى ينتهي ذلك، ثم حاول مجددًا.'],
  generating: ['ما زالت التغريدات تُكتب.', 'انتظر حتى ينتهي ذلك، أو أوقفه أولًا.'],
  downloading: ['هناك نموذج قيد التنزيل.', 'انتظر حتى ينتهي ذلك، أو أوقفه مؤقتًا أولًا.'],
};

export const engineErrors: ErrorTable<
  | 'backend-unavailable'
  | 'device-lost'
  | 'worker-lost'
  | 'busy'
  | 'loss-not-finite'
  | 'cancelled'
  | 'internal'
> = {
  'backend-unavailable': ({ reason }) => ({
    sentence: BACKEND_UNAVAILABLE[reason],
    nextStep: 'دع Mynah يختار ما يعمل في هذا المتصفح.',
  }),
  'device-lost': ({ reason, detail }) => ({
    sentence: DEVICE_LOST[reason](detail),
    nextStep: 'لم يضع شيء مما حُفظ. أعد تشغيل المحرّك وتابع من حيث توقف.',
  }),
  'worker-lost': wordsBy('reason', WORKER_LOST),
  busy: wordsBy('reason', BUSY),
  'loss-not-finite': ({ step }) => ({
    sentence: `فشل التدريب عند الخطوة ${formatCount(step)}: كبرت أعداده بلا حدود.`,
    nextStep: 'اضبط معدل تعلّم أصغر ضمن «خيارات متقدمة» ودرّب من جديد.',
  }),
  cancelled: () => ({
    sentence: 'أُلغي.',
    nextStep: 'ابدأ من جديد متى شئت.',
  }),
  internal: ({ message }) => ({
    sentence: `حدث خطأ داخل Mynah (${message}).`,
    nextStep: 'حاول مجددًا. إن تكرر ذلك، فأعد تشغيل المحرّك.',
  }),
};
