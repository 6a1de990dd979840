/** What the page says of a model or a bot that somebody brings and that can't be used, in Arabic. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatBytes, formatCount, formatList } from '../../../format.ts';
import {
  type ErrorTable,
  type PhrasesBy,
  phraseBy,
  type WordsBy,
  wordsBy,
} from '../../error-words.ts';
import { faultWords } from './faults.ts';

type Corrupt = ErrorDetails['model-corrupt'];

const CORRUPT: PhrasesBy<'reason', Corrupt> = {
  unreadable: ({ file }) => `لم يستطع متصفحك قراءة «${file}».`,
  'too-large': ({ file }) => `«${file}» أكبر بكثير مما يمكن لملف كهذا.`,
  'cut-off': ({ file }) => `ينتهي «${file}» قبل أوانه.`,
  'not-text': ({ file }) => `«${file}» ليس نصًا بترميز UTF-8.`,
  'not-json': ({ file }) => `«${file}» ليس JSON.`,
  'not-a-zip': ({ file }) => `«${file}» ليس ملف ZIP كاملًا.`,
  'missing-tensor': ({ file, part }) => `ينقص «${file}» الموتر${named(part)}.`,
  'repeated-tensor': ({ file, part }) => `في «${file}» الموتر${named(part)} مرتين.`,
  'not-finite': ({ file, part }) => `في «${file}»، في الموتر${named(part)} قيم ليست أعدادًا.`,
  malformed: ({ file, fault }) => `«${file}» تالف (${faultWords(fault)}).`,
};
const corrupt = phraseBy('reason', CORRUPT);

function named(part: string | undefined): string {
  return part === undefined ? '' : ` ${part}`;
}

function nextStepAfter({ reason, repository }: Corrupt): string {
  if (repository !== undefined) {
    return 'الملف هكذا على الـ Hub، فلن يفيد تنزيله ثانيةً. اختر نموذجًا آخر.';
  }
  return reason === 'unreadable'
    ? 'تحقق من أن الملف ما زال هناك ولم يتغير، ثم أضفه ثانيةً.'
    : 'أحضر ذلك الملف ثانيةً من مصدره، ثم أضف الملفات كلها من جديد.';
}

const CHOOSE_GPT2 =
  'اختر GPT-2: مجلدًا فيه config.json ومُجزِّئ النص الخاص به وmodel.safetensors أو pytorch_model.bin.';

const UNSUPPORTED: WordsBy<'what', ErrorDetails['unsupported']> = {
  setting: ({ name, found, expected, file }) => [
    `لا يستطيع Mynah استخدام هذا النموذج: في «${file}»، قيمة ${name} هي ${found} وليست ${expected}.`,
    CHOOSE_GPT2,
  ],
  'missing-token': ({ expected, file }) => [
    `لا يستطيع Mynah استخدام هذا النموذج: ليس في «${file}» الرمز ${expected}.`,
    CHOOSE_GPT2,
  ],
  tensor: ({ found, file }) => [
    `لا يستطيع Mynah استخدام هذا النموذج: في «${file}» الموتر ${found}، ولا يوجد مثله في GPT-2.`,
    CHOOSE_GPT2,
  ],
  gguf: ({ name, found, file }) => [
    `لا يمكن أن يكون هذا البوت GGUF: في ملفه «${file}»، قيمة ${name} هي ${found}، ولا يعرفها GPT-2 في llama.cpp.`,
    'صدّره لـ transformers بدلًا من ذلك.',
  ],
  'onnx-size': ({ byteLength }) => [
    `لا يمكن أن يكون هذا البوت ملف ONNX: حجم أوزانه ${formatBytes(byteLength)}، وهو أكبر من 2 غيغابايت يسعها ملف كهذا.`,
    'صدّره لـ transformers أو بصيغة GGUF بدلًا من ذلك.',
  ],
  'lfs-pointer': ({ file }) => [
    `«${file}» ليس الملف نفسه، بل مؤشر Git LFS إليه.`,
    'نفّذ «git lfs pull» في مجلده، أو نزّل الملف نفسه، ثم أضف النموذج ثانيةً.',
  ],
  'big-endian': ({ file }) => [
    `«${file}» حُفظ على حاسوب بترتيب بايتات مختلف.`,
    'خذ ملف model.safetensors للنموذج بدلًا منه.',
  ],
  'pickle-code': ({ found, file }) => [
    `يطلب «${file}» ${found}، ولا تحتاج الأوزان وحدها إلى ذلك. لم يُشغَّل منه شيء.`,
    'خذ ملف model.safetensors للنموذج، أو نموذجًا من شخص تثق به.',
  ],
  'encrypted-zip': ({ file }) => [`«${file}» مقفل بكلمة مرور.`, 'فكّه بكلمة مروره، ثم أضف المجلد.'],
  'zip-compression': ({ file }) => [
    `«${file}» مضغوط بطريقة لا يستطيع Mynah قراءتها.`,
    'فكّه بنفسك، ثم أضف المجلد.',
  ],
  'bot-format': ({ found, expected, file }) => [
    `«${file}» صنعته نسخة أخرى من Mynah: صيغته ${found}، وهذه النسخة تقرأ ${expected}.`,
    'أعد تحميل الصفحة للحصول على أحدث نسخة، أو صدّر البوت ثانيةً بهذه النسخة.',
  ],
};

const CHOOSE_RUN_FILE = 'اختر ملف JSON صُدّر من صفحة التجارب، هنا أو في متصفح آخر.';

const RUN_FILE: WordsBy<'reason', ErrorDetails['run-file-unreadable']> = {
  unreadable: ({ file }) => [
    `لم يستطع متصفحك قراءة «${file}».`,
    'تحقق من أن الملف ما زال هناك ولم يتغير، ثم استورده ثانيةً.',
  ],
  'too-large': ({ file }) => [`«${file}» أكبر بكثير من ملف تجارب.`, CHOOSE_RUN_FILE],
  'not-json': ({ file }) => [`«${file}» ليس JSON.`, CHOOSE_RUN_FILE],
  'no-runs': ({ file }) => [`ليس في «${file}» تجارب من Mynah.`, CHOOSE_RUN_FILE],
  'other-version': ({ file }) => [
    `«${file}» صدّرته نسخة أخرى من Mynah، ولا تستطيع هذه النسخة قراءة تجاربها.`,
    'أعد تحميل الصفحة للحصول على أحدث نسخة، أو صدّر التجارب ثانيةً بهذه النسخة.',
  ],
  damaged: ({ file, fault }) => [
    `«${file}» تالف (${faultWords(fault)}). لم تُستورد أي من تجاربه.`,
    'صدّر التجارب ثانيةً من حيث أتت.',
  ],
};

export const modelErrors: ErrorTable<
  | 'model-corrupt'
  | 'unsupported'
  | 'run-file-unreadable'
  | 'model-file-missing'
  | 'adapter-base-needed'
  | 'model-needed'
  | 'tokenizer-mismatch'
> = {
  'model-corrupt': (details) => ({
    sentence: corrupt(details),
    nextStep: nextStepAfter(details),
  }),
  unsupported: wordsBy('what', UNSUPPORTED),
  'run-file-unreadable': wordsBy('reason', RUN_FILE),
  'model-file-missing': ({ file, alternatives }) => ({
    sentence:
      alternatives.length === 0
        ? `ليس في النموذج «${file}».`
        : `ليس في النموذج «${[file, ...alternatives].join('» ولا «')}».`,
    nextStep: 'أضف مجلد النموذج كله: config.json ومُجزِّئ النص والأوزان.',
  }),
  'adapter-base-needed': ({ base }) => ({
    sentence:
      base === null
        ? 'هذا مُهايئ يعمل فوق نموذج، ولا يذكر أي نموذج هو.'
        : `هذا مُهايئ يعمل فوق النموذج «${base}»، وهو ليس محفوظًا هنا.`,
    nextStep:
      'اختر النموذج أدناه إن كان موجودًا باسم آخر. وإلا فأضفه أو نزّله في الخطوة 2، ثم افتح المُهايئ ثانيةً.',
  }),
  'model-needed': ({ bots, deletedBots = [] }) => ({
    sentence: `ما زالت بوتات تحتاج إلى هذا النموذج: ${formatList([
      ...bots.map((name) => `«${name}»`),
      ...deletedBots.map((name) => `«${name}» (محذوف؛ يزول نهائيًا حين يُعاد تحميل الصفحة)`),
    ])}.`,
    nextStep: 'احذف تلك البوتات أولًا، أو احتفظ بالنموذج.',
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `مُجزِّئ النص لا يناسب النموذج: عدد رموزه ${formatCount(tokenizerSize)}، وعدد رموز النموذج ${formatCount(modelSize)}.`,
    nextStep: 'استخدم مجلد نموذج فيه مُجزِّئ النص الخاص به.',
  }),
};
