/** Which learning rates a training tries, and which one goes on. */

import { expect, test } from 'vitest';
import {
  extraSteps,
  isBestTrial,
  nextTrial,
  planTrials,
  triesRates,
} from '../../../src/train/trials.ts';
import { someRecipe } from '../../fixtures/recipe.ts';

test('only Best tries rates, and only where the user hasn’t set one', () => {
  expect(triesRates('best', {})).toBe(true);
  expect(triesRates('best', { epochs: 2 })).toBe(true);
  expect(triesRates('best', { learningRate: 1e-3 })).toBe(false);
  expect(triesRates('good', {})).toBe(false);
});

test('three rates are followed for an eighth of the steps, the recipe’s own first', () => {
  const recipe = { ...someRecipe, learningRate: 2e-4, totalSteps: 100 };
  const trials = planTrials(recipe);
  expect(trials).toMatchObject([
    { learningRate: 2e-4, steps: 13, validationLoss: null, hasDiverged: false },
    { learningRate: 4e-4, steps: 13 },
    { learningRate: 1e-4, steps: 13 },
  ]);
  // The best of them isn't made again.
  expect(extraSteps(trials)).toBe(26);
  expect(planTrials({ ...recipe, totalSteps: 10 })).toEqual([]);
  expect(extraSteps([])).toBe(0);
});

test('they are tried in turn, and the lowest loss is the best; one that diverged is done and never best', () => {
  const [own, high, low] = planTrials(someRecipe);
  if (!own || !high || !low) throw new Error('three trials');
  expect(nextTrial([own, high, low])).toBe(0);
  const first = { ...own, validationLoss: 3 };
  const diverged = { ...high, hasDiverged: true };
  expect(nextTrial([first, high, low])).toBe(1);
  expect(nextTrial([first, diverged, low])).toBe(2);
  expect(isBestTrial([first, diverged, low], 3.1)).toBe(false);
  expect(isBestTrial([first, diverged, low], 2.9)).toBe(true);
  expect(isBestTrial([{ ...own, hasDiverged: true }, high, low], 9)).toBe(true);
  expect(nextTrial([first, diverged, { ...low, validationLoss: 2.9 }])).toBeNull();
});
