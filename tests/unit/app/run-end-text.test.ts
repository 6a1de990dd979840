/** The sentence at the end of a training. */
import { expect, test } from 'vitest';
import { describeEnd } from '../../../src/app/training/run-end-text.ts';
import type { BotVersion, RunSummary } from '../../../src/protocol/bots.ts';
import { runSummary } from '../../fixtures/run-summary.ts';

/** A run of 40 steps, ten a pass. */
function run(version: Partial<BotVersion>, changes: Partial<RunSummary> = {}): RunSummary {
  const points = Array.from({ length: 40 }, (_, i) => ({
    ...{ step: i + 1, loss: 4, learningRate: 1e-3, epoch: (i + 1) / 10 },
  }));
  const last = {
    ...{ number: 1, completedSteps: 40, loss: 4, validationLoss: 3.9 },
    ...{ trainedShare: 1, createdAt: 0, bytes: 10, ...version },
  };
  return { ...runSummary(), points, completedSteps: 40, history: [last], ...changes };
}

test.each([
  [
    'It began to learn by heart after the second pass, so it writes as it did then.',
    run({ completedSteps: 20 }),
  ],
  [
    'It began to learn by heart after it had read your tweets 2.4 times, so it writes as it did then.',
    run({ completedSteps: 24 }),
  ],
  [
    'It read your tweets 4 times, and was best at the end: more passes may make it better still.',
    run({}),
  ],
  [
    'It read your tweets 4 times until you stopped it, and was best at the end. Its weights are 80% of what it learned and 20% of the model it began with, which predicts unseen tweets best.',
    run({ trainedShare: 0.8 }, { outcome: { kind: 'stopped' } }),
  ],
  // Nothing was held out, or the bot comes from a file.
  [null, run({ validationLoss: null })],
  [null, run({}, { points: [] })],
])('%s', (text, of) => {
  expect(describeEnd(of)).toBe(text);
});
