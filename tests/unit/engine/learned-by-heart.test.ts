/** How much a bot has learned by heart is measured against what it is trained on. */

import { expect, test } from 'vitest';
import { learnedShares } from '../../../src/domain/learned-share.ts';
import { LearnedByHeart } from '../../../src/engine/training/learned-by-heart.ts';

const told = 'a bird in a lost property office sings about umbrellas';
const heldOut = 'nobody ever asks the umbrella how its day on the train was';

test('counts the sequences of eight words that stand in a training text', async () => {
  const byHeart = new LearnedByHeart([told, 'another account']);
  expect(await byHeart.in({ text: `It says: ${told}!`, promptLength: 0 })).toEqual({
    grams: 5,
    shared: 3,
  });
  expect(await byHeart.in({ text: heldOut, promptLength: 0 })).toEqual({ grams: 5, shared: 0 });
});

test('the share of a step is that of all its samples together', () => {
  const sample = (step: number, grams: number, shared: number) => ({
    step,
    learned: { grams, shared },
  });
  const samples = [sample(10, 8, 0), sample(20, 3, 3), sample(20, 5, 1), { step: 30 }];
  expect(learnedShares(samples)).toEqual([
    { step: 10, grams: 8, shared: 0, share: 0 },
    { step: 20, grams: 8, shared: 4, share: 0.5 },
  ]);
});
