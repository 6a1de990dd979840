/** Step 2: training a bot, in Arabic. */
import type { ComponentChildren } from 'preact';
import {
  byCount,
  formatBytes,
  formatChance,
  formatCount,
  formatDuration,
  formatList,
  formatMillions,
  formatPercent,
  formatProgress,
  formatRough,
} from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';
import {
  blocks,
  characters as countedCharacters,
  passes as times,
  threads,
  tokens,
} from './counted.ts';

/** `تغريداتك 4 مرات`, `2.7% من تغريداتك` */
function passes(epochs: number): string {
  const rounded = Math.round(epochs * 10) / 10;
  if (rounded < 1) return `${formatChance(epochs)} من تغريداتك`;
  return Number.isInteger(rounded)
    ? `تغريداتك ${times.object(rounded)}`
    : `تغريداتك ${formatRough(rounded)} مرة`;
}

const ORDINALS = [
  'الأولى',
  'الثانية',
  'الثالثة',
  'الرابعة',
  'الخامسة',
  'السادسة',
  'السابعة',
  'الثامنة',
];

export const training: Catalogue['training'] = {
  howLong: 'كم من الوقت يمكن أن يستغرق؟',
  presets: {
    quick: {
      label: 'سريع',
      description: 'يقرأ تغريداتك مرتين، ويلتقط كلماتك ومواضيعك.',
    },
    good: {
      label: 'جيد',
      description:
        'يقرأ تغريداتك حتى أربع مرات، ويتوقف قبل أن يكتفي بحفظها عن ظهر قلب. للتغريدات الكثيرة.',
    },
    best: {
      label: 'الأفضل',
      description:
        'يجرّب ثلاثة معدلات تعلّم بقراءة واحدة لكل منها، ويتابع بأفضلها حتى ثماني قراءات. للتغريدات الكثيرة جدًا أو غير المألوفة.',
    },
    huggingtweets: {
      label: 'huggingtweets',
      description: 'إعدادات huggingtweets، الذي صُنعت هذه الصفحة على مثاله، للمقارنة.',
    },
  },
  takes: (time: string) => `يستغرق هنا ${time}.`,
  recommended: 'يُنصح به.',
  estimatingStart: 'جارٍ تقدير المدة… يبدأ التدريب حالما تُعرف.',
  time: 'الوقت',
  memory: 'الذاكرة',
  steps: 'الخطوات',
  repeats: (bold: Inline, name: string): ComponentChildren => [
    bold(`يكرر ${name}.`),
    ' وصفته معبأة ضمن «خيارات متقدمة»، ويمكنك تغييرها هناك.',
  ],
  sameTweets: 'التغريدات هي نفسها.',
  addItsTweets: 'أضف في الخطوة 1 التغريدات التي تعلّم منها.',
  otherTweets: 'ليست هذه التغريدات التي تعلّم منها تمامًا.',
  itsModelMissing: (model: string | null) =>
    model === null
      ? 'بدأ من نموذج ليس هنا: اختره أعلاه.'
      : `بدأ من ${model}، وهو ليس هنا: اختره أعلاه.`,
  hideThis: 'إخفاء هذا',

  lookingForFastest: 'جارٍ البحث عن أسرع ما يحسب هنا…',
  nothingComputes: 'لا شيء يحسب بعد.',
  fastest: 'الأسرع هنا',
  backends: {
    webgpu: 'بطاقة الرسوميات (WebGPU)',
    wasm: 'المعالج (WebAssembly)',
    cpu: 'المعالج، الطريقة البسيطة (JavaScript)',
  },
  cardWorks: (card: string) => `بطاقة رسومياتك تقوم بالعمل: ${card}.`,
  workers: {
    software: (adapter: string) => `تقوم بالعمل بطاقة رسوميات محاكاة برمجيًا (${adapter})`,
    wasm: (count: number) => `يقوم معالجك بالعمل (${threads(count)})`,
    cpu: 'يقوم معالجك بالعمل بالطريقة البطيئة (JavaScript العادية)',
  },
  computes: {
    requested: (worker: string) => `كما اخترت، ${worker}.`,
    'software-gpu': (worker: string) =>
      `بطاقة الرسوميات في هذا المتصفح مجرد محاكاة برمجية، لذلك ${worker}. توقّع أن يكون أبطأ.`,
    'no-webgpu': (worker: string) =>
      `لا يوفّر هذا المتصفح بطاقة رسوميات هنا، لذلك ${worker}. توقّع أن يكون أبطأ.`,
    'no-adapter': (worker: string) =>
      `لا يوفّر هذا المتصفح بطاقة رسوميات هنا، لذلك ${worker}. توقّع أن يكون أبطأ.`,
    'gpu-wrong-numbers': (worker: string) =>
      `أعطت بطاقة رسوميات هذا الحاسوب أعدادًا خاطئة في اختبار قصير، لذلك ${worker}. قد يفيد برنامج تشغيل رسوميات أو متصفح أحدث.`,
    'gpu-wrong-model': (worker: string) =>
      `أعطت بطاقة رسوميات هذا الحاسوب أعدادًا خاطئة مع النموذج الكامل، لذلك ${worker}. قد يفيد برنامج تشغيل رسوميات أو متصفح أحدث.`,
    'gpu-refused': (worker: string) =>
      `لم يستطع هذا المتصفح فتح بطاقة رسوميات هذا الحاسوب، لذلك ${worker}. قد تفيد إعادة تشغيل المتصفح.`,
    'gpu-no-answer': (worker: string) =>
      `لم تستجب بطاقة رسوميات هذا الحاسوب، لذلك ${worker}. قد تفيد إعادة تشغيل المتصفح.`,
    'gpu-lost': (worker: string) =>
      `توقفت بطاقة رسوميات هذا الحاسوب عن العمل، لذلك ${worker}. قد يفيد برنامج تشغيل رسوميات أو متصفح أحدث.`,
    'gpu-failed': (worker: string) =>
      `أبلغت بطاقة رسوميات هذا الحاسوب عن خطأ، لذلك ${worker}. قد يفيد برنامج تشغيل رسوميات أو متصفح أحدث.`,
    'processor-faster': (worker: string) =>
      `في اختبار قصير كانت بطاقة رسوميات هذا الحاسوب أبطأ مع نموذج صغير كهذا، لذلك ${worker}.`,
    'hardware-gpu': (worker: string) => `${worker}.`,
  },
  wasmFaults: {
    'no-webassembly': 'ليس في هذا المتصفح WebAssembly، وهو أسرع بأضعاف كثيرة.',
    'wasm-refused': 'هذا المتصفح مضبوط على رفض WebAssembly، وهو أسرع بأضعاف كثيرة.',
    'wasm-failed': 'تعذّر تشغيل WebAssembly، وهو أسرع بأضعاف كثيرة.',
  },

  blocked: {
    noTweets: 'يمكن بدء التدريب حين توجد تغريدات في الخطوة 1.',
    tooFew: (needed: number) =>
      `يمكن بدء التدريب حين يُبقى من التغريدات على ${countedCharacters.object(needed)} على الأقل.`,
    noneYet: 'لا شيء بعد: أضف تغريدات في الخطوة 1.',
    noneYetKeep: 'لا شيء بعد: في الخطوة 1، أبقِ تغريدات أكثر أو أضف غيرها.',
    soFar: (characters: number) =>
      `الموجود حتى الآن ${countedCharacters(characters)}: أضف تغريدات أخرى في الخطوة 1.`,
    soFarKeep: (characters: number) =>
      `الموجود حتى الآن ${countedCharacters(characters)}: في الخطوة 1، أبقِ تغريدات أكثر أو أضف غيرها.`,
    noModel: 'يمكن بدء التدريب حين يُختار نموذج آخر أو يُضاف.',
    modelMissing: (name: string) => `يمكن بدء التدريب حين يُنزَّل ${name}.`,
    invalid: (options: readonly string[], advanced: string) =>
      `يمكن بدء التدريب بعد تصحيح ما يلي ضمن «${advanced}»: ${formatList(options)}.`,
    starting: 'يمكن بدء التدريب بعد لحظة، حين يُعرف أسرع ما يحسب هنا.',
    unavailable: (computeWith: string) =>
      `يمكن بدء التدريب حين يوجد ما يحسب: اختر شيئًا آخر في «${computeWith}» أدناه.`,
    elsewhere: 'يمكن بدء التدريب حين يُغلق Mynah في علامة التبويب الأخرى.',
    lost: 'يمكن بدء التدريب حين يعمل المحرّك من جديد: أعد تشغيله في أعلى الصفحة.',
    planning: 'يمكن بدء التدريب بعد لحظة: جارٍ تقدير المدة…',
    importing: 'يمكن بدء التدريب بعد قراءة كل التغريدات.',
    training: 'يمكن بدء التدريب حين ينتهي البوت قيد التدريب أو يتوقف مؤقتًا.',
    writing: 'يمكن بدء التدريب حين تنتهي كتابة التغريدات الجارية أو تتوقف.',
  },

  estimating: 'جارٍ التقدير',
  gettingReady: 'جارٍ التحضير',
  phases: {
    'loading-model': 'تحميل النموذج',
    tokenizing: 'تقطيع التغريدات إلى رموز',
    compiling: 'تحضير بطاقة رسومياتك',
    timing: 'قياس زمن بضع خطوات',
    checking: 'فحص بطاقة رسومياتك',
    trying: 'تجربة معدلات التعلّم',
    training: 'التدريب',
    settling: 'اختيار ما يُحتفظ به',
    saving: 'الحفظ',
  },
  phasePart: (phase: string, share: number) => `${phase}، ${formatProgress(share)}`,
  underway: (phase: string) => `${phase}…`,

  reads: (epochs: number) => `يقرأ ${passes(epochs)}.`,
  soThatItFits: (savings: readonly string[]) => `ليتسع له المكان: ${formatList(savings)}.`,
  savings: {
    adapter: 'يُدرَّب مُهايئ صغير بدل النموذج كله',
    halves: 'تُحفظ بعض النتائج الوسيطة بدقة أقل',
    isOn: (option: string) => `«${option}» مفعّل`,
  },
  modelHas: (parameters: number) => `عدد معاملات النموذج ${formatMillions(parameters)}.`,
  adapterHas: (trained: number, parameters: number) =>
    `عدد معاملات المُهايئ ${formatMillions(trained)}، بجانب معاملات النموذج (${formatMillions(parameters)}) التي تبقى كما هي.`,
  readsAt: (speed: string) => `يقرأ ${speed}.`,
  memoryIs: (weights: number, gradients: number, moments: number, rest: number) =>
    `ذاكرته: ${formatList([
      `${formatBytes(weights)} للنموذج`,
      `${formatBytes(gradients)} لما تغيّره كل خطوة فيه`,
      `${formatBytes(moments)} لما يتذكره من الخطوات السابقة`,
      `${formatBytes(rest)} مساحة للعمل`,
    ])}.`,
  trainedAll: (parameters: number) => `كل المعاملات، وعددها ${formatMillions(parameters)}`,
  trainedAdapter: (parameters: number) => `مُهايئ عدد معاملاته ${formatMillions(parameters)}`,

  live: 'التدريب جارٍ',
  stepOf: (step: number, steps: number) => `الخطوة ${formatCount(step)} من ${formatCount(steps)}`,
  stepOfInRow: (step: number, steps: number) =>
    `الخطوة ${formatCount(step)} من ${formatCount(steps)}`,
  skipped: (steps: number) =>
    byCount(steps, {
      one: 'تُخطّيت خطوة واحدة، لأن تدرّجاتها لم تكن أعدادًا منتهية.',
      two: 'تُخطّيت خطوتان، لأن تدرّجاتهما لم تكن أعدادًا منتهية.',
      few: `تُخطّيت ${formatCount(steps)} خطوات، لأن تدرّجاتها لم تكن أعدادًا منتهية.`,
      other: `تُخطّيت ${formatCount(steps)} خطوة، لأن تدرّجاتها لم تكن أعدادًا منتهية.`,
    }),
  savedAsItGoes: 'يُحفظ أولًا بأول: يمكنك إغلاق علامة التبويب والمتابعة لاحقًا.',
  pausing: 'جارٍ الإيقاف المؤقت…',
  finishing: 'جارٍ الإنهاء…',
  secondsLeft: (seconds: number) => `بقي ${formatDuration(seconds)}`,
  learningRateIs: (rate: string) => `معدل التعلّم ${rate}`,
  gradientNormIs: (norm: string) => `معيار التدرّج قبل القصّ ${norm}`,
  wouldWriteNow: 'ما كان سيكتبه الآن',
  atStep: (step: number) => `عند الخطوة ${formatCount(step)}`,
  it: 'هو',

  pausedAt: (step: number, steps: number) =>
    `متوقف مؤقتًا عند الخطوة ${formatCount(step)} من ${formatCount(steps)}`,
  interruptedAt: (step: number, steps: number) =>
    `انقطع عند الخطوة ${formatCount(step)} من ${formatCount(steps)}`,
  startOver: 'البدء من جديد',
  tweetsDeleted: 'حُذفت هنا التغريدات التي كان يتعلّم منها، فلا يمكنه المتابعة.',
  stillWrites: 'ما زال يكتب بما تعلّمه.',
  allSaved: 'كل شيء حتى الآن محفوظ.',
  pageWasClosed: 'أُغلقت الصفحة أثناء تدريبه. ما كان قد حفظه موجود هنا.',

  facts: {
    steps: 'الخطوات',
    passes: 'مرات قراءة تغريداتك',
    speed: 'السرعة',
    trained: 'ما دُرّب',
    learningRate: 'معدل التعلّم',
    blockLength: 'طول الكتلة',
    batch: 'الدفعة',
    seed: 'البذرة',
    computedWith: 'حُسب بواسطة',
    finished: 'الانتهاء',
    size: 'الحجم',
  },
  tokens: (count: number) => tokens(count),
  batch: (count: number, atOnce: number) =>
    `${tokens(count)} في كل خطوة، ${blocks(atOnce)} دفعةً واحدة`,
  stepsOf: (done: number, planned: number) => `${formatCount(done)} من ${formatCount(planned)}`,
  stepsOfSkipped: (done: number, planned: number, skipped: number) =>
    `${formatCount(done)} من ${formatCount(planned)}، وتُخطّي منها ${formatCount(skipped)}`,
  adapterOf: (adapter: string, backend: string) => `${adapter} (${backend})`,
  trainAnother: 'تدريب بوت آخر',
  bestAfterPass: (pass: number) => {
    const ordinal = ORDINALS[pass - 1];
    return ordinal === undefined
      ? `بدأ يحفظ عن ظهر قلب بعد أن قرأ ${passes(pass)}، لذلك يكتب كما كان حينها.`
      : `بدأ يحفظ عن ظهر قلب بعد القراءة ${ordinal}، لذلك يكتب كما كان حينها.`;
  },
  bestAfter: (epochs: number) =>
    `بدأ يحفظ عن ظهر قلب بعد أن قرأ ${passes(epochs)}، لذلك يكتب كما كان حينها.`,
  bestWhenStopped: (epochs: number) =>
    `قرأ ${passes(epochs)} إلى أن أوقفته، وكان في أحسن حال عند النهاية.`,
  bestAtEnd: (epochs: number) =>
    `قرأ ${passes(epochs)}، وكان في أحسن حال عند النهاية: قد تجعله قراءات أخرى أفضل.`,
  mixed: (learned: number) =>
    `أوزانه ${formatPercent(learned)} مما تعلّمه و${formatPercent(1 - learned)} من النموذج الذي بدأ منه، وهذا أفضل ما يتوقع التغريدات التي لم يرها.`,
};
