/** Says why what the user has set of a training can't be done, and what can. */
import type { OptionConflict } from '../../domain/option-conflicts.ts';
import { formatCount } from '../format.ts';

export function optionConflictText(conflict: OptionConflict): string {
  switch (conflict.reason) {
    case 'context':
      return `This model sees at most ${formatCount(conflict.most)} tokens at once.`;
    case 'step':
      return `A block can’t be longer than a step, which has ${formatCount(conflict.most)} tokens.`;
    case 'blocks':
      return conflict.below === 0
        ? `A step has to be whole blocks: enter ${formatCount(conflict.above)}.`
        : `A step has to be whole blocks: enter ${formatCount(conflict.below)} or ${formatCount(conflict.above)}.`;
  }
}
