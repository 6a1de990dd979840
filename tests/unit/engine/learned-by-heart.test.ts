/** How much a bot has learned by heart is measured against what it is trained on. */

import { expect, test } from 'vitest';
import { learnedShares } from '../../../src/domain/learned-share.ts';
import { LearnedByHeart, learnedTexts } from '../../../src/engine/training/learned-by-heart.ts';
import { recordedDataset } from '../../fixtures/bot-record.ts';

const told = 'a bird in a lost property office sings about umbrellas';
const heldOut = 'nobody ever asks the umbrella how its day on the train was';

test('tweets that are held out are not among what is learned from', async () => {
  const ids = [Int32Array.of(1, 2), Int32Array.of(3), Int32Array.of(3)];
  const texts = {
    dataset: recordedDataset,
    accounts: [
      { documents: [told, heldOut], characters: 1, share: 1 },
      { documents: ['another account'], characters: 1, share: 1 },
    ],
  };
  const accounts = [{ documents: ids.slice(0, 2) }, { documents: ids.slice(2) }];
  // The very tokens are held out, not others that are alike.
  const learned = learnedTexts(texts, accounts, ids.slice(1, 2));
  expect(learned).toEqual([told, 'another account']);

  const byHeart = new LearnedByHeart(learned);
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
