/**
 * Counts what a training step or a decoded token dispatches, on a device that exists only on paper: exactly,
 * for a model of any size, in milliseconds and without a graphics card.
 */

import { globals } from 'webgpu';
import { must } from '../../src/core/assert.ts';
import { GpuContext } from '../../src/gpu/context.ts';
import type { Program } from '../../src/gpu/kernel.ts';
import { defaultLimits, type PaperLimits, paperDevice } from '../../src/gpu/paper.ts';
import { sameTiles, type TileShape } from '../../src/gpu/kernels/tile-shapes.ts';
import { drawTokens } from '../../src/generate/tokens.ts';
import type { TrainingMode } from '../../src/domain/recipe.ts';
import type { GPT2Config } from '../../src/model/config.ts';
import { GPT2 } from '../../src/model/gpt2.ts';
import type { Parameters } from '../../src/model/model-weights.ts';
import { createAdapter, initialAdapter } from '../../src/model/lora.ts';
import { parameterShapes } from '../../src/model/weights.ts';
import type { Precision } from '../../src/ops/operands.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../src/train/adamw.ts';
import { weightPrecision } from '../../src/train/recipe.ts';

// Buffer usages and the like, which Node doesn't have; no driver is needed.
Object.assign(globalThis, globals);

/** One dispatch. */
export interface Counted {
  readonly kernel: string;
  readonly program: Program;
  readonly params: readonly number[];
  readonly grid: readonly number[];
  readonly workgroups: number;
  /** Floating-point operations, where the dispatch says how many; else null. */
  readonly flops: number | null;
  /** Bytes of the buffers that are bound, in order; 0 for those that the variant doesn't use. */
  readonly bufferBytes: readonly number[];
  /** As in `Kernel.storage`. */
  readonly access: string;
}

/** The limits of a desktop card: a binding holds GPT-2's embedding table. */
export const DESKTOP_LIMITS: PaperLimits = {
  ...defaultLimits,
  maxBufferSize: 2 ** 31,
  maxStorageBufferBindingSize: 2 ** 31 - 4,
};

export interface PaperCard {
  readonly isSoftware: boolean;
  readonly tiles?: TileShape;
  readonly limits?: PaperLimits;
}

/** Operations on paper, and the list to which every dispatch is added. */
function recording({ isSoftware, tiles, limits = DESKTOP_LIMITS }: PaperCard): {
  ops: WebGPUOps;
  counted: Counted[];
} {
  const gpu = new GpuContext(paperDevice(limits), {
    isSoftware,
    tiles: tiles && sameTiles(tiles),
    submissions: { flopsPerMs: Infinity },
  });
  const counted: Counted[] = [];
  const dispatch = gpu.dispatch.bind(gpu);
  gpu.dispatch = (kernel, how) => {
    const { groups, buffers, params, flops = null } = how;
    const unused = [gpu.unusedInput, ...gpu.unusedOutputs].map(({ buffer }) => buffer);
    const grid = typeof groups === 'number' ? [groups, 1, 1] : groups;
    counted.push({
      kernel: kernel.name,
      program: { kernel, constants: how.constants ?? {} },
      params,
      grid,
      workgroups: grid.reduce((a, b) => a * b),
      flops,
      bufferBytes: buffers.map(({ buffer, bytes }) => (unused.includes(buffer) ? 0 : bytes)),
      access: kernel.storage,
    });
    dispatch(kernel, how);
  };
  return { ops: new WebGPUOps(gpu), counted };
}

function paperModel(
  ops: WebGPUOps,
  config: GPT2Config,
  precisionOf: (shape: readonly number[]) => Precision,
): GPT2 {
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    parameters.set(name, ops.gpu.reserve(shape, precisionOf(shape)));
  }
  return new GPT2(ops, config, parameters);
}

export interface PaperStep {
  readonly mode: TrainingMode;
  readonly B: number;
  readonly T: number;
  readonly dropout: number;
  readonly checkpointing: boolean;
  readonly hasHalfActivations?: boolean | undefined;
}

/** The dispatches of one training step with its update, in order, and the bytes it holds at most. */
export function countStep(
  config: GPT2Config,
  { mode, B, T, dropout: rate, checkpointing, hasHalfActivations }: PaperStep,
  card: PaperCard,
): { counted: readonly Counted[]; peakBytes: number } {
  const { ops, counted } = recording(card);
  const model = paperModel(ops, config, (shape) => weightPrecision(mode, shape));
  if (mode.kind === 'lora') {
    model.setAdapter(createAdapter(ops, config, mode, initialAdapter(config, mode, 1)));
  }
  const optimizer = new AdamW(ops, model.trainable, defaultAdamW);
  const into = ops.allocate(new Map([...model.trainable].map(([n, { shape }]) => [n, shape])));
  const ids = Int32Array.from({ length: B * T }, (_, i) => i % config.vocabSize);
  counted.length = 0;
  const dropout = { rate, seed: 1, microStep: 0 };
  const { loss } = model.lossAndGradients({ ids, B, T }, ids, {
    ...{ scale: 1, into, checkpointing, hasHalfActivations },
    dropout,
  });
  optimizer.step(into, 1e-3);
  loss.dispose();
  const { peakBytes } = ops.gpu.memory;
  const result = [...counted];
  ops.dispose();
  return { counted: result, peakBytes };
}

/** The dispatches of a decoded token of `count` sequences, its drawing included, after `position` others. */
export async function countToken(
  config: GPT2Config,
  {
    count,
    position,
    precision,
  }: { readonly count: number; readonly position: number; readonly precision: Precision },
  card: PaperCard,
): Promise<readonly Counted[]> {
  const { ops, counted } = recording(card);
  const model = paperModel(ops, config, (shape) => (shape.length > 1 ? precision : 'f32'));
  const rows = drawTokens(ops, model, {
    ...{ temperature: 1, topK: 50, topP: 0.95, repetitionPenalty: 1.1 },
    prompt: Int32Array.from({ length: position }, () => 0),
    ...{ count, capacity: position + 2, minTokens: 0, seed: 1 },
    endOfTextId: config.endOfTextId,
    vocabSize: config.vocabSize,
  });
  const draws = () => counted.flatMap(({ kernel }, i) => (kernel === 'sample' ? [i] : []));
  for await (const _ of rows) if (draws().length > 1) break;
  const [first, second] = draws();
  const result = counted.slice(must(first, 'a draw') + 1, must(second, 'a second draw') + 1);
  ops.dispose();
  return result;
}

/** The bytes that a dispatch of decoding reads: of tables and caches it is bound to more than it reads. */
function bytesRead({ kernel, params, grid, bufferBytes, access }: Counted): number {
  const [first = 0, second = 0] = bufferBytes;
  const [x = 0, y = 0, , position = 0, begin = 0, end = 0] = params;
  switch (kernel) {
    case 'embedding': // params N, C, …, rows begin … end of the table: N rows of both tables
      return first + 2 * x * (second / (end - begin));
    case 'attention cached': // params H, S, …, position: qkv, and so many positions of keys and values
      return first + 2 * second * ((position + 1) / y);
    case 'sample': // logits, and which tokens were seen
      return first + second;
    default: // every row of workgroups reads the weights again
      return (
        bufferBytes.reduce((sum, n, i) => sum + (access[i] === 'r' ? n : 0), 0) * (grid[1] ?? 1)
      );
  }
}

/** The bytes that a decoded token reads: weights, cache, activations and all. */
export const tokenBytes = (counted: readonly Counted[]): number =>
  counted.reduce((sum, one) => sum + bytesRead(one), 0);
