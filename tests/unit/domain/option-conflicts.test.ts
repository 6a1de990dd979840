/** What is set under Advanced is either done as it is set, or refused with what can be done. */

import { expect, test } from 'vitest';
import { optionConflictText } from '../../../src/app/training/option-conflict-text.ts';
import {
  conflictOf,
  divisorUpTo,
  MIN_BLOCK,
  USUAL_BLOCK,
} from '../../../src/domain/option-conflicts.ts';
import type { RecipeOverrides } from '../../../src/domain/training-options.ts';

test.each<[RecipeOverrides, number, RegExp | null]>([
  [{}, 256, null],
  [{ blockLength: 200 }, 256, null],
  [{ blockLength: 200, tokensPerStep: 400 }, 256, null],
  [{ blockLength: 512 }, 256, /at most 256 tokens at once/],
  [{ blockLength: 512 }, 1024, null],
  [{ blockLength: 200, tokensPerStep: 64 }, 256, /can’t be longer than a step, which has 64/],
  [{ blockLength: 200, tokensPerStep: 256 }, 256, /enter 200 or 400/],
  [{ tokensPerStep: 300 }, 256, null],
  [{ tokensPerStep: 257 }, 256, /enter 256 or 272/],
  [{ tokensPerStep: 17 }, 256, null],
])('%j with a model of %i tokens', (overrides, context, sentence) => {
  const conflict = conflictOf(overrides, context);
  if (sentence === null) expect(conflict).toBeNull();
  else expect(conflict && optionConflictText(conflict)).toMatch(sentence);
});

test('what is proposed instead can be done', () => {
  for (let tokensPerStep = 16; tokensPerStep < 3000; tokensPerStep++) {
    const conflict = conflictOf({ tokensPerStep }, 256);
    if (conflict === null) {
      expect(divisorUpTo(tokensPerStep, USUAL_BLOCK)).toBeGreaterThanOrEqual(MIN_BLOCK);
    } else if (conflict.reason === 'blocks') {
      expect(conflictOf({ tokensPerStep: conflict.above }, 256)).toBeNull();
      if (conflict.below > 0) expect(conflictOf({ tokensPerStep: conflict.below }, 256)).toBeNull();
    }
  }
});
