/** Times the training steps of a GPT-2 with random weights on the given operations. */

import { randomUnit } from '../../src/core/random.ts';
import { type GPT2Config, PLAIN_GPT2 } from '../../src/model/config.ts';
import { GPT2 } from '../../src/model/gpt2.ts';
import type { Parameters } from '../../src/model/model-weights.ts';
import { createAdapter, initialAdapter } from '../../src/model/lora.ts';
import { elementCount } from '../../src/core/shape.ts';
import { parameterCount, parameterShapes } from '../../src/model/weights.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { AdamW, defaultAdamW } from '../../src/train/adamw.ts';
import { weightPrecision } from '../../src/train/recipe.ts';
import type { TrainingMode } from '../../src/domain/recipe.ts';

export interface Shape {
  readonly L: number;
  readonly C: number;
  readonly H: number;
  readonly T: number;
  readonly B: number;
  readonly V: number;
}

export interface TrainingTimes {
  readonly params: number;
  readonly msPerStep: number[];
  /**
   * Processor time of a step over all threads. On a software adapter, other work on the machine affects
   * it little.
   */
  readonly cpuMsPerStep: number[];
  readonly losses: number[];
}

export function configOf({ L, C, H, T, V }: Shape): GPT2Config {
  return {
    nLayer: L,
    nHead: H,
    nEmbd: C,
    blockSize: T,
    vocabSize: V,
    ...PLAIN_GPT2,
    endOfTextId: V - 1,
  };
}

/** Random weights similar to a new GPT-2's: uniform in ±0.035 (standard deviation 0.02), and gains of 1. */
export function randomModel(
  ops: Ops,
  config: GPT2Config,
  mode: TrainingMode = { kind: 'full' },
): GPT2 {
  const parameters: Parameters = new Map();
  let stream = 0;
  for (const [name, shape] of parameterShapes(config)) {
    stream++;
    const data = new Float32Array(elementCount(shape));
    if (shape.length > 1) {
      for (let i = 0; i < data.length; i++) data[i] = 0.07 * (randomUnit(1, stream, i) - 0.5);
    } else if (name.endsWith('.weight')) data.fill(1);
    parameters.set(name, ops.weight(data, shape, weightPrecision(mode, shape)));
  }
  const model = new GPT2(ops, config, parameters);
  if (mode.kind === 'lora') {
    model.setAdapter(createAdapter(ops, config, mode, initialAdapter(config, mode, 1)));
  }
  return model;
}

export interface TrainingRun {
  readonly warmup: number;
  readonly steps: number;
  readonly dropout: number;
  readonly mode?: TrainingMode;
  readonly checkpointing?: boolean;
  readonly hasHalfActivations?: boolean;
  /** Called after the warm-up and before every further step. */
  onStep?(index: number): void;
}

/** Trains on one repeated batch. Like the trainer, it reads the loss one step later. */
export async function timeTraining(
  ops: Ops,
  shape: Shape,
  { warmup, steps, dropout, mode, checkpointing, hasHalfActivations, onStep }: TrainingRun,
): Promise<TrainingTimes> {
  const config = configOf(shape);
  const { B, T, V } = shape;
  const model = randomModel(ops, config, mode);
  const optimizer = new AdamW(ops, model.trainable, defaultAdamW);
  const ids = Int32Array.from({ length: B * T }, (_, i) => Math.floor(V * randomUnit(2, 0, i)));
  const targets = Int32Array.from(ids, (_, i) => (i % T === T - 1 ? -100 : (ids[i + 1] as number)));
  const msPerStep: number[] = [];
  const cpuMsPerStep: number[] = [];
  const losses: number[] = [];
  let pending: Promise<number> | null = null;
  const into = ops.allocate(new Map([...model.trainable].map(([n, { shape: s }]) => [n, s])));
  for (let step = 0; step < warmup + steps; step++) {
    if (step >= warmup) onStep?.(step - warmup);
    const startedMs = performance.now();
    const startedCpuMs = cpuMs();
    const { loss } = model.lossAndGradients({ ids, B, T }, targets, {
      scale: 1,
      dropout: { rate: dropout, seed: 1, microStep: step },
      into,
      checkpointing,
      hasHalfActivations,
    });
    optimizer.step(into, 1e-3);
    const read = ops.read(loss).then(([value]) => {
      loss.dispose();
      return value as number;
    });
    if (pending) losses.push(await pending);
    pending = read;
    if (step === warmup - 1 || step === warmup + steps - 1) {
      losses.push(await pending); // so that no work of one phase runs in the next
      pending = null;
    }
    if (step < warmup) continue;
    msPerStep.push(performance.now() - startedMs);
    cpuMsPerStep.push(cpuMs() - startedCpuMs);
  }
  for (const gradient of into.values()) gradient.dispose();
  optimizer.dispose();
  model.dispose();
  return { params: parameterCount(config), msPerStep, cpuMsPerStep, losses };
}

export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
}
