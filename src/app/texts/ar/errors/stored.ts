/** What the page says of stored things that are gone, damaged or not there yet, in Arabic. */
import type { ErrorDetails, StoredThing } from '../../../../core/errors.ts';
import type { ErrorTable, ErrorWords } from '../../error-words.ts';
import { faultWords } from './faults.ts';

type What = StoredThing['what'];

/** Their ids mean nothing to people and are not shown. */
const NOT_FOUND: { readonly [W in What]: ErrorWords } = {
  dataset: {
    sentence: 'حُذفت هذه التغريدات هنا.',
    nextStep: 'البوت الذي تعلّم منها ما زال يكتب. للتدريب، أدخل تغريدات من جديد.',
  },
  texts: {
    sentence: 'التغريدات التي تعلّم منها هذا البوت ليست محفوظة هنا.',
    nextStep: 'البوت ما زال يكتب. للتدريب، أدخل التغريدات ثانيةً واصنع بوتًا جديدًا.',
  },
  run: {
    sentence: 'حُذف هذا البوت هنا.',
    nextStep: 'اختر بوتًا آخر، أو درّب بوتًا جديدًا.',
  },
  version: {
    sentence: 'حُذفت هذه النسخة من البوت هنا.',
    nextStep: 'اختر نسخة أخرى منه.',
  },
  checkpoint: {
    sentence: 'ما تعلّمه هذا البوت لم يعد محفوظًا هنا.',
    nextStep: 'احذف البوت ودرّب بوتًا جديدًا على التغريدات نفسها.',
  },
  adapter: {
    sentence: 'ليس لهذا البوت مُهايئ: لقد دُرّب نموذجًا كاملًا.',
    nextStep: 'صدّر النموذج بدلًا من ذلك.',
  },
  model: {
    sentence: 'لم يعد هذا النموذج الأساسي محفوظًا في هذا المتصفح.',
    nextStep: 'اختر نموذجًا آخر، أو أضف هذا من جديد.',
  },
  download: {
    sentence: 'لم يعد هذا التنزيل محفوظًا هنا.',
    nextStep: 'ابدأه من جديد.',
  },
};

const BOT_DAMAGED = {
  sentence: 'المحفوظ من هذا البوت تالف',
  nextStep: 'احذفه ودرّب بوتًا جديدًا على التغريدات نفسها.',
};

/** Sentences without their full stop: what exactly is damaged follows in brackets. */
const DAMAGED: { readonly [W in Exclude<What, 'model'>]: ErrorWords } = {
  dataset: {
    sentence: 'تغريدات محفوظة هنا تالفة',
    nextStep: 'احذفها وأدخلها من جديد. البوتات التي تدرّبت عليها ما زالت تكتب.',
  },
  texts: {
    sentence: 'التغريدات المحفوظة مع هذا البوت تالفة',
    nextStep: 'البوت ما زال يكتب. للتدريب، أدخل التغريدات ثانيةً واصنع بوتًا جديدًا.',
  },
  run: BOT_DAMAGED,
  version: BOT_DAMAGED,
  checkpoint: BOT_DAMAGED,
  adapter: BOT_DAMAGED,
  download: {
    sentence: 'ما نُزّل من هذا النموذج تالف',
    nextStep: 'احذف التنزيل، ثم ابدأه من جديد.',
  },
};

const DAMAGED_MODEL: {
  readonly [O in NonNullable<ErrorDetails['stored-data-damaged']['origin']>]: ErrorWords;
} = {
  starter: {
    sentence: 'النموذج الذي يأتي مع الصفحة تالف في تخزين هذا المتصفح',
    nextStep: 'أعد تحميل الصفحة لجلبه من جديد.',
  },
  files: {
    sentence: 'النموذج الأساسي تالف في تخزين هذا المتصفح',
    nextStep: 'احذف النموذج هنا، ثم أضفه ثانيةً من ملفاته.',
  },
  bot: {
    sentence: 'نموذج هذا البوت تالف في تخزين هذا المتصفح',
    nextStep: 'احذف البوت هنا، ثم افتح ملفه ثانيةً.',
  },
  hub: {
    sentence: 'النموذج الأساسي تالف في تخزين هذا المتصفح',
    nextStep: 'احذف النموذج هنا، ثم نزّله من جديد.',
  },
};

export const storedErrors: ErrorTable<'not-found' | 'stored-data-damaged' | 'not-trained-yet'> = {
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files', fault }) => {
    const text = what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what];
    return { ...text, sentence: `${text.sentence} (${faultWords(fault)}).` };
  },
  'not-trained-yet': () => ({
    sentence: 'لم يتعلّم هذا البوت شيئًا بعد.',
    nextStep: 'درّبه: يستطيع الكتابة حالما يُحفظ للمرة الأولى.',
  }),
};
