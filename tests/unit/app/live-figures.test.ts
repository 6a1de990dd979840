import { expect, test } from 'vitest';
import { liveFigures } from '../../../src/app/training/live-figures.ts';
import { lossText } from '../../../src/app/runs/held-out-text.ts';

test('the last step, and the last look at held-out tweets', () => {
  const point = { step: 1, loss: 4, learningRate: 0.001, epoch: 0.1 };
  expect(liveFigures([])).toBe('');
  expect(liveFigures([point])).toBe('Learning rate 0.001');
  const points = [
    { ...point, validationLoss: 3, bitsPerByte: 1.5447 },
    { ...point, step: 2, learningRate: 0.0005, gradientNorm: 1.5 },
  ];
  expect(liveFigures(points)).toBe(
    'Learning rate 0.0005 · gradient norm before clipping 1.5 · held-out loss 3.00, perplexity 20, 1.545 bits per byte',
  );
});

test('a loss of the same held-out tweets, as of mixed weights, in bits per byte too', () => {
  const measured = (step: number, validationLoss: number, bitsPerByte: number) => ({
    ...{ step, loss: 4, learningRate: 0.001, epoch: 0.1 },
    ...{ validationLoss, bitsPerByte },
  });
  const points = [measured(10, 4, 2), { step: 11, loss: 4, learningRate: 0.001, epoch: 0.1 }];
  expect(lossText({ points, loss: 3, step: 11 })).toBe(
    'loss 3.00, perplexity 20, 1.500 bits per byte',
  );
  // It has learned on from other tweets.
  const later = [...points, measured(20, 4, 1.8)];
  expect(lossText({ points: later, loss: 3, step: 19 })).toContain('1.500 bits per byte');
  expect(lossText({ points: later, loss: 3, step: 25 })).toContain('1.350 bits per byte');
  expect(lossText({ points: [], loss: 3 })).toBe('loss 3.00, perplexity 20');
});
