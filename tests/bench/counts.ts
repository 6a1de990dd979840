/**
 * `npm run bench -- counts --shape L,C,H,T,B,V [--mode full|lora] [--targets …] [--f16-base] [--checkpointing]
 *   [--f16-activations] [--dropout RATE] [--kernels hardware|software]`
 *
 * What a training step dispatches, counted on paper, without a graphics card: for each kernel how often, how
 * many workgroups, and of products the shape.
 */

import type { TrainingMode } from '../../src/domain/recipe.ts';
import type { GPT2Config } from '../../src/model/config.ts';
import { type Counted, countStep } from '../support/paper-counts.ts';
import type { Shape } from './train.ts';

/** `M×N×K` of a product: the first three of its parameters. */
const shapeOf = ({ kernel, params }: Counted): string =>
  kernel.startsWith('matmul') && !kernel.includes('finish splits')
    ? ` ${params.slice(0, 3).join('×')}`
    : '';

function table(counted: readonly Counted[]): string[] {
  const rows = new Map<string, number>();
  for (const one of counted) {
    const row = `${String(one.workgroups).padStart(7)} workgroups  ${one.kernel}${shapeOf(one)}`;
    rows.set(row, (rows.get(row) ?? 0) + 1);
  }
  return [...rows].map(([row, count]) => `${String(count).padStart(5)} × ${row}`);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export function printCounts(
  config: GPT2Config,
  { T, B }: Pick<Shape, 'T' | 'B'>,
  how: {
    readonly mode: TrainingMode;
    readonly checkpointing: boolean;
    readonly hasHalfActivations: boolean;
    readonly dropout: number;
    readonly isSoftware: boolean;
  },
): void {
  const { isSoftware } = how;
  const { counted, peakBytes } = countStep(config, { ...how, T, B }, { isSoftware });
  for (const row of table(counted)) console.log(row);
  const flops = counted.reduce((sum, { flops: n }) => sum + (n ?? 0), 0);
  console.log(
    `A step: ${counted.length} dispatches, ${(flops / 1e9).toFixed(1)} GFLOP in products, ` +
      `${megabytes(peakBytes)} at most.`,
  );
}
