/** What the page says where memory or storage is short. */
import type { ErrorDetails, TrainingMethod } from '../../../../core/errors.ts';
import { formatBytes } from '../../../format.ts';
import { options } from '../options.ts';
import type { ErrorWords } from '../../error-words.ts';

export function needed(details: {
  readonly neededBytes?: number;
  readonly availableBytes?: number;
}) {
  const { neededBytes, availableBytes } = details;
  const parts: string[] = [];
  if (neededBytes !== undefined) parts.push(`${formatBytes(neededBytes)} needed`);
  if (availableBytes !== undefined) parts.push(`${formatBytes(availableBytes)} free`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** `Training all of this model`, `Training an adapter with “Use less memory”`. */
function trainingPhrase({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? 'all of this model' : 'an adapter beside this model';
  return checkpointing ? `${what} with “${options.fields.checkpointing.label}”` : what;
}

const SHORTAGES: {
  readonly [R in NonNullable<ErrorDetails['out-of-memory']['reason']>]: string;
} = {
  'one-buffer': 'with pieces larger than this graphics card takes',
  'too-large': 'more than there is for it here',
  'no-room': 'more than the graphics card gave when asked',
};

export function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorWords {
  const { requested, instead, reason, neededBytes } = details;
  if (requested === undefined) {
    return {
      sentence: `There isn’t enough memory for this${needed(details)}.`,
      nextStep:
        neededBytes === undefined
          ? 'Close other tabs and try again, with fewer tweets at once. In training, a smaller block length under Advanced helps, or computing with the processor.'
          : 'Close other tabs, set a smaller block length under Advanced or compute with the processor, then try again.',
    };
  }
  const takes =
    reason === 'one-buffer' || neededBytes === undefined ? '' : ` ${formatBytes(neededBytes)},`;
  const why = reason === undefined ? ' more memory than there is' : ` ${SHORTAGES[reason]}`;
  return {
    sentence: `Training ${trainingPhrase(requested)} takes${takes}${why}.`,
    nextStep: instead
      ? `Under Advanced, choose to train ${trainingPhrase(instead)}: that takes ${formatBytes(instead.neededBytes)}.`
      : 'Choose a smaller base model, close other tabs or compute with something else, then try again.',
  };
}
