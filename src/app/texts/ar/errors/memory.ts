/** What the page says where memory or storage is short, in Arabic. */
import type { ErrorDetails, TrainingMethod } from '../../../../core/errors.ts';
import { formatBytes } from '../../../format.ts';
import type { ErrorWords } from '../../error-words.ts';
import { options } from '../options.ts';

export function needed(details: {
  readonly neededBytes?: number;
  readonly availableBytes?: number;
}) {
  const { neededBytes, availableBytes } = details;
  const parts: string[] = [];
  if (neededBytes !== undefined) parts.push(`المطلوب ${formatBytes(neededBytes)}`);
  if (availableBytes !== undefined) parts.push(`المتاح ${formatBytes(availableBytes)}`);
  return parts.length === 0 ? '' : ` (${parts.join('، ')})`;
}

/** `هذا النموذج كله`, `مُهايئ بجانب هذا النموذج مع «استهلاك ذاكرة أقل»` */
function whatToTrain({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? 'هذا النموذج كله' : 'مُهايئ بجانب هذا النموذج';
  return checkpointing ? `${what} مع «${options.fields.checkpointing.label}»` : what;
}

const SHORTAGES: {
  readonly [R in NonNullable<ErrorDetails['out-of-memory']['reason']>]: string;
} = {
  'one-buffer': ' قطعًا أكبر مما تقبله بطاقة الرسوميات هذه',
  'too-large': '، وهذا أكثر مما يتوفر له هنا',
  'no-room': '، وهذا أكثر مما أعطته بطاقة الرسوميات حين طُلب منها',
};

export function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorWords {
  const { requested, instead, reason, neededBytes } = details;
  if (requested === undefined) {
    return {
      sentence: `لا توجد ذاكرة كافية لهذا${needed(details)}.`,
      nextStep:
        neededBytes === undefined
          ? 'أغلق علامات التبويب الأخرى وحاول مجددًا بتغريدات أقل دفعةً واحدة. في التدريب يفيد طول كتلة أصغر ضمن «خيارات متقدمة»، أو الحساب بالمعالج.'
          : 'أغلق علامات التبويب الأخرى، أو اضبط طول كتلة أصغر ضمن «خيارات متقدمة»، أو احسب بالمعالج، ثم حاول مجددًا.',
    };
  }
  const bytes =
    reason === 'one-buffer'
      ? ''
      : neededBytes === undefined
        ? ' ذاكرة'
        : ` ${formatBytes(neededBytes)}`;
  const why = reason === undefined ? '، وهذا أكثر من الذاكرة المتوفرة' : SHORTAGES[reason];
  return {
    sentence: `يتطلب تدريب ${whatToTrain(requested)}${bytes}${why}.`,
    nextStep: instead
      ? `ضمن «خيارات متقدمة»، اختر تدريب ${whatToTrain(instead)}: يتطلب ذلك ${formatBytes(instead.neededBytes)}.`
      : 'اختر نموذجًا أساسيًا أصغر، أو أغلق علامات التبويب الأخرى، أو احسب بشيء آخر، ثم حاول مجددًا.',
  };
}
