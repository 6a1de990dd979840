import { expect, test } from 'vitest';
import { liveFigures } from '../../../src/app/training/live-figures.ts';

test('the last step, and the last look at held-out tweets', () => {
  const point = { step: 1, loss: 4, learningRate: 0.001, epoch: 0.1 };
  expect(liveFigures([])).toBe('');
  expect(liveFigures([point])).toBe('Learning rate 0.001');
  const points = [
    { ...point, validationLoss: 3 },
    { ...point, step: 2, learningRate: 0.0005, gradientNorm: 1.5 },
  ];
  expect(liveFigures(points)).toBe(
    'Learning rate 0.0005 · gradient norm before clipping 1.5 · held-out loss 3.00, perplexity 20',
  );
});
