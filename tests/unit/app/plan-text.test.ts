import { describe, expect, it } from 'vitest';
import type { TrainingPlan } from '../../../src/protocol/training.ts';
import { describeDetails, describePlan } from '../../../src/app/training/plan-text.ts';

const plan: TrainingPlan = {
  steps: 57,
  epochs: 4,
  mode: 'full',
  checkpointing: false,
  parameters: 3_500_000,
  trainedParameters: 3_500_000,
  datasetTokens: 9000,
  blockLength: 64,
  microBatch: 1,
  accumulation: 1,
  learningRate: 0.001,
  tokensPerSecond: 80,
  estimatedSeconds: 60,
  estimatedBytes: 202e6,
  memory: { weightBytes: 28e6, gradientBytes: 14e6, momentBytes: 28e6, workingBytes: 31e6 },
};

describe('a plan in words', () => {
  it.each([
    [4, 'your tweets 4 times'],
    [1.04, 'your tweets once'],
    [2.55, 'your tweets 2.6 times'],
    [0.5, '50% of your tweets'],
    [0.027, '2.7% of your tweets'],
  ])('reads %s epochs as “%s”', (epochs, text) => {
    expect(describePlan({ ...plan, epochs }, {})).toBe(`Reads ${text}.`);
  });

  it('says what was given up so that it fits, but not what the user chose', () => {
    const adapted: TrainingPlan = { ...plan, mode: 'lora', checkpointing: true };
    expect(describePlan(plan, {})).toBe('Reads your tweets 4 times.');
    expect(describePlan(adapted, {})).toMatch(
      /fits, a small adapter .* and “Use less memory” is on/,
    );
    expect(describePlan(adapted, { mode: 'lora', checkpointing: true })).not.toMatch(/fits/);
    expect(describePlan({ ...plan, hasHalfActivations: true }, {})).toMatch(
      /fits, .* fewer digits/,
    );
  });

  it('accounts for all of the memory, also where a backend takes more than its tensors', () => {
    const found = [...describeDetails(plan).matchAll(/(\d+) MB/g)];
    const megabytes = found.map(([, number]) => Number(number));
    expect(megabytes).toHaveLength(4);
    expect(megabytes.reduce((a, b) => a + b)).toBe(202);
  });
});
