/** The choice Custom, and the bounds of training options, in Arabic. */
import { MAX_WARMUP_STEPS } from '../../../domain/training-options.ts';
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tokens } from './counted.ts';

export const options: Catalogue['options'] = {
  custom: 'مخصّص',
  customDescription: (preset: string) =>
    `قيم من اختيارك، ضمن «خيارات متقدمة». وحيث لا تحدد شيئًا تسري قيم «${preset}».`,
  backToPreset: 'العودة إلى الإعداد الجاهز',
  bounds: {
    tokens: (min: string, max: string) => `من ${min} إلى ${max} من الرموز.`,
    steps: (min: string, max: string) => `من ${min} إلى ${max} من الخطوات.`,
    passes: (min: string, max: string) => `من ${min} إلى ${max} من القراءات.`,
    evaluations: (min: string, max: string) => `من ${min} إلى ${max} من التقييمات.`,
    share: (min: string, max: string) => `حصة من ${min} إلى ${max}.`,
    none: (min: string, max: string) => `من ${min} إلى ${max}، بلا وحدة.`,
  },
  fields: {
    mode: {
      label: 'ما يُدرَّب',
      hint: 'المُهايئ يحتاج إلى ذاكرة ومساحة أقل، ويتعلّم منك أقل قليلًا.',
      choices: { full: 'النموذج كله', lora: 'مُهايئ صغير (LoRA)' },
    },
    loraRank: {
      label: 'حجم المُهايئ',
      hint: 'رتبة مصفوفات المُهايئ: الأكبر يتعلّم أكثر ويستهلك ذاكرة أكثر.',
    },
    checkpointing: {
      label: 'استهلاك ذاكرة أقل',
      hint: 'يحسب بعض الأشياء مرتين بدل الاحتفاظ بها، فيطول الوقت بنحو الربع.',
    },
    steps: {
      label: 'الخطوات',
      hint: 'كم مرة يُعدَّل البوت. إن ضبطتها فلا أثر للدورات.',
    },
    epochs: { label: 'الدورات', hint: 'كم مرة يقرأ تغريداتك كلها.' },
    learningRate: { label: 'معدل التعلّم', hint: 'أقصى ما تغيّره كل خطوة في البوت.' },
    tokensPerStep: {
      label: 'الرموز في كل خطوة',
      hint: 'كم يقرأ قبل كل تغيير، بكتل كاملة.',
    },
    blockLength: {
      label: 'طول الكتلة',
      hint: 'كم من النص يرى دفعةً واحدة، وأقصاه ما يستطيعه النموذج.',
    },
    dropout: {
      label: 'الإسقاط العشوائي',
      hint: 'حصة التنشيطات التي تُصفّرها كل خطوة، منعًا للحفظ عن ظهر قلب.',
    },
    warmup: {
      label: 'الإحماء',
      hint: `حصة الخطوات التي يرتفع فيها معدل التعلّم، ${MAX_WARMUP_STEPS} خطوة على الأكثر.`,
    },
    replyContext: {
      label: 'تعلّم الرد',
      hint: (count) =>
        `${byCount(count, {
          one: 'إحدى تغريداتك ترد على أخرى لك أو تقتبسها',
          two: 'اثنتان من تغريداتك تردان على أخرى لك أو تقتبسانها',
          other: `من تغريداتك ${formatCount(count)} ترد على أخرى لك أو تقتبسها`,
        })}. حين يقرؤها البوت بعد ما ترد عليه يتعلّم الرد. أما ما كتبه الآخرون فليس في أي أرشيف.`,
    },
    weightDecay: {
      label: 'اضمحلال الأوزان',
      hint: 'مدى قوة سحب كل خطوة للأوزان نحو الصفر.',
    },
    patience: {
      label: 'الصبر',
      hint: 'ينتهي مبكرًا بعد هذا العدد من النظرات في التغريدات المحجوزة بلا خسارة أفضل، ولا ينتهي مبكرًا أبدًا مع 0.',
    },
    isUnmixed: {
      label: 'إبقاؤه كما تدرّب تمامًا',
      hint: 'وإلا تُمزج أوزانه بالأوزان التي بدأ منها، إن صار بذلك يتوقع التغريدات المحجوزة أفضل.',
    },
    seed: {
      label: 'البذرة',
      hint: 'البذرة والإعدادات والتغريدات نفسها تعطي البوت نفسه على الحاسوب نفسه.',
    },
  },
  placeholders: { preset: 'من الإعداد الجاهز', model: 'من النموذج', random: 'عشوائي' },
  hasNoEffect: 'حُدد عدد الخطوات، فلا أثر لهذا.',
  tooMuch: 'تدريب هذا النموذج كله فوق الطاقة.',
  conflicts: {
    context: (most: number) => `لا يرى هذا النموذج دفعةً واحدة أكثر من ${tokens.object(most)}.`,
    step: (most: number) => `لا يمكن أن تكون الكتلة أطول من الخطوة، وفيها ${tokens(most)}.`,
    wholeBlocks: (count: number) => `يجب أن تكون الخطوة كتلًا كاملة: أدخل ${formatCount(count)}.`,
    wholeBlocksEither: (below: number, above: number) =>
      `يجب أن تكون الخطوة كتلًا كاملة: أدخل ${formatCount(below)} أو ${formatCount(above)}.`,
  },
};
