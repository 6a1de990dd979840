/** Says why what the user has set of a training can't be done, and what can. */
import type { OptionConflict } from '../../domain/option-conflicts.ts';
import { options } from '../texts/en/options.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('options', options);

export function optionConflictText(conflict: OptionConflict): string {
  const { conflicts } = texts;
  switch (conflict.reason) {
    case 'context':
      return conflicts.context(conflict.max);
    case 'step':
      return conflicts.step(conflict.max);
    case 'blocks':
      return conflict.below === 0
        ? conflicts.wholeBlocks(conflict.above)
        : conflicts.wholeBlocksEither(conflict.below, conflict.above);
  }
}
