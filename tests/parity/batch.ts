/** The batch of a parity run: `{"inputs": [B][T], "targets": [B][T], "optimizer": {…}}`. */

import type { TokenBatch } from '../../src/ops/operands.ts';
import type { AdamWOptions } from '../../src/domain/recipe.ts';

export interface ParityBatch {
  readonly tokens: TokenBatch;
  /** [N]; −100 at positions that don't count. */
  readonly targets: Int32Array;
  readonly learningRate: number;
  readonly adamw: AdamWOptions;
}

function parseRows(value: unknown, name: string): number[][] {
  const isRow = (row: unknown): row is number[] =>
    Array.isArray(row) && row.length > 0 && row.every(Number.isSafeInteger);
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRow)) {
    throw new Error(`batch: ${name} is not [B][T] of whole numbers`);
  }
  if (value.some((row) => row.length !== value[0]?.length)) {
    throw new Error(`batch: the rows of ${name} differ in length`);
  }
  return value;
}

export function parseBatch(json: unknown): ParityBatch {
  const { inputs, targets, optimizer } = (json ?? {}) as Record<string, unknown>;
  const rows = parseRows(inputs, 'inputs');
  const expected = parseRows(targets, 'targets');
  const [B, T] = [rows.length, rows[0]?.length ?? 0];
  if (expected.length !== B || expected[0]?.length !== T) {
    throw new Error('batch: inputs and targets differ in shape');
  }
  const number = (key: string): number => {
    const value = ((optimizer ?? {}) as Record<string, unknown>)[key];
    if (typeof value !== 'number') throw new Error(`batch: optimizer.${key} is not a number`);
    return value;
  };
  return {
    tokens: { ids: Int32Array.from(rows.flat()), B, T },
    targets: Int32Array.from(expected.flat()),
    learningRate: number('learning_rate'),
    adamw: {
      beta1: number('beta1'),
      beta2: number('beta2'),
      epsilon: number('epsilon'),
      weightDecay: number('weight_decay'),
      maxGradNorm: number('max_grad_norm'),
    },
  };
}
