/**
 * What a run will hold on the device, before anything is put there: the trainer itself, on a device on
 * paper (`gpu/paper.ts`). No number here is a formula that could drift from the code it speaks of.
 */

import { GpuContext } from '../gpu/context.ts';
import { paperDevice, type PaperLimits } from '../gpu/paper.ts';
import type { GPT2Config } from '../model/config.ts';
import { GPT2, type Parameters } from '../model/gpt2.ts';
import { createAdapter, initialAdapter } from '../model/lora.ts';
import { elementCount } from '../core/shape.ts';
import { parameterShapes } from '../model/weights.ts';
import { PIECE_ELEMENTS, type Tensor } from '../ops/ops.ts';
import { WebGPUOps } from '../ops/webgpu.ts';
import { oneAccount, TrainingStream } from './batches.ts';
import { type Recipe, weightPrecision } from './recipe.ts';
import { Trainer } from './trainer.ts';

/** What decides which kernels run and how they cut their work. */
export interface PlannedAdapter {
  readonly limits: PaperLimits;
  readonly isSoftware: boolean;
}

export interface MemoryPlan {
  /** Most at once on the device. It is the sum of the parts below. */
  readonly bytes: number;
  readonly weightBytes: number;
  readonly gradientBytes: number;
  /** Both AdamW moments. */
  readonly momentBytes: number;
  /** Activations, logits, the cache of a sample tweet, room that the allocator leaves. */
  readonly workingBytes: number;
  /** Host memory that a checkpoint is read back through: its largest piece. */
  readonly stagingBytes: number;
  /** Sizes of the buffers of `bytes`. */
  readonly buffers: readonly number[];
}

/** Most positions of a sample tweet that a run writes on its way. */
const samplePositions = 64;

/**
 * A run from loading its base weights to its end, evaluation and sample tweets included. Throws
 * `out-of-memory` (`one-buffer`) where a piece can't be cut to what the adapter takes at once.
 */
export async function planMemory(
  config: GPT2Config,
  recipe: Recipe,
  adapter: PlannedAdapter,
): Promise<MemoryPlan> {
  const context = new GpuContext(paperDevice(adapter.limits), adapter);
  const ops = new WebGPUOps(context);
  const { arena } = context;
  const parameters: Parameters = new Map();
  const { mode } = recipe;
  for (const [name, shape] of parameterShapes(config)) {
    const precision = weightPrecision(mode, shape);
    parameters.set(name, context.reserve(shape, precision));
  }
  const model = new GPT2(ops, config, parameters);
  if (mode.kind === 'lora') {
    const values = initialAdapter(config, mode, recipe.seed);
    model.setAdapter(createAdapter(ops, config, mode, values));
  }

  const document = Int32Array.from({ length: 64 }, (_, i) => (i * 7919) % config.vocabSize);
  const stream = new TrainingStream(oneAccount([document]), config.endOfTextId, recipe.seed);
  const heldOut = [stream.block(0, recipe.blockLength)];
  const trainer = new Trainer(ops, model, recipe, stream, heldOut);
  const moments = [...trainer.optimizer.state().values()].flatMap(({ m, v }) => [m, v]);
  const momentBytes = bytesOf(moments);
  const liveBytes = arena.liveBytes;
  const weightBytes = liveBytes - momentBytes;
  await trainer.step();
  await trainer.settle();
  const gradientBytes = arena.liveBytes - liveBytes;
  await trainer.validationLoss();
  decodeSample(model);
  await trainer.step();
  await trainer.settle();

  const { peakBytes } = context.memory;
  // Of what was freed on the way, as far as nothing took its place.
  const restBytes = peakBytes - arena.heldBytes;
  const plan = {
    bytes: peakBytes,
    weightBytes,
    gradientBytes,
    momentBytes,
    workingBytes: peakBytes - weightBytes - gradientBytes - momentBytes,
    stagingBytes: Math.min(
      4 * PIECE_ELEMENTS,
      Math.max(...[...model.trainable.values()].map((tensor) => bytesOf([tensor]))),
    ),
    buffers: [...arena.sizes(), ...(restBytes > 0 ? [restBytes] : [])],
  };
  context.dispose();
  return plan;
}

/** The beginning of a tweet from a cache of full length: later positions take the same buffers. */
function decodeSample(model: GPT2): void {
  const capacity = Math.min(model.config.blockSize, samplePositions);
  const ids = Int32Array.of(model.config.endOfTextId);
  const { logits, state } = model.startDecoding({ ids, B: 1, T: 1 }, capacity);
  logits.dispose();
  if (capacity > 1) model.decode(ids, state).dispose();
  model.disposeState(state);
}

function bytesOf(tensors: readonly Tensor[]): number {
  return tensors.reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0);
}
