/**
 * The memory model of WebGPU. The trainer itself runs on a device that exists only on paper
 * (`gpu/paper.ts`), and its buffers are counted, so the numbers can't drift from the code. Browsers don't
 * tell how much memory a graphics card has, so the device is asked to allocate the buffers, which are
 * freed at once.
 */

import { MynahError } from '../core/errors.ts';
import { elementCount } from '../core/shape.ts';
import { GpuContext } from '../gpu/context.ts';
import type { Program } from '../gpu/kernel.ts';
import { paperDevice, type PlannedAdapter } from '../gpu/paper.ts';
import type { GPT2Config } from '../model/config.ts';
import { GPT2 } from '../model/gpt2.ts';
import type { Parameters } from '../model/model-weights.ts';
import { createAdapter, initialAdapter } from '../model/lora.ts';
import { parameterShapes } from '../model/weights.ts';
import type { DeviceMemory } from '../ops/device.ts';
import type { Tensor } from '../ops/operands.ts';
import { PIECE_ELEMENTS } from '../ops/transfer-ops.ts';
import { WebGPUOps } from '../ops/webgpu.ts';
import { oneAccount } from '../train/documents.ts';
import { TrainingStream } from '../train/training-stream.ts';
import { createRecipe, MAX_SAMPLE_TOKENS, weightPrecision } from '../train/recipe.ts';
import { Trainer } from '../train/trainer.ts';
import {
  type Fit,
  type MemoryModel,
  type MemoryPlan,
  type PlannedStep,
  withinBudget,
} from './memory-model.ts';

export interface PaperPlan extends MemoryPlan {
  /** The host memory for reading back a checkpoint: its largest piece. */
  readonly stagingBytes: number;
  /** The kernels that run. */
  readonly programs: readonly Program[];
}

export class PaperMemory implements MemoryModel {
  private readonly device: DeviceMemory;
  private readonly budgetBytes: number;
  /** Bytes: the largest plan that the device had room for, and the smallest that it had none for. */
  private maxGiven = 0;
  private minRefused = Infinity;

  constructor(device: DeviceMemory, budgetBytes: number) {
    this.device = device;
    this.budgetBytes = budgetBytes;
  }

  async fit(config: GPT2Config, step: PlannedStep): Promise<Fit> {
    try {
      const plan = await planOnPaper(config, step, this.device.adapter);
      return withinBudget(plan, this.budgetBytes);
    } catch (error) {
      if (error instanceof MynahError && error.data.code === 'out-of-memory') {
        return { plan: null, shortage: error.data.details };
      }
      throw error;
    }
  }

  async hasRoomFor({ neededBytes, buffers }: MemoryPlan): Promise<boolean> {
    if (neededBytes > this.maxGiven && neededBytes < this.minRefused) {
      if (await this.device.hasRoomFor(buffers)) this.maxGiven = neededBytes;
      else this.minRefused = neededBytes;
    }
    return neededBytes < this.minRefused;
  }
}

/**
 * Runs a training on paper: it loads the base weights, trains two steps, computes a validation loss and
 * decodes the beginning of a sample tweet. Throws `out-of-memory` (`one-buffer`) if a tensor is larger than
 * the largest buffer of the adapter and can't be used in pieces.
 */
export async function planOnPaper(
  config: GPT2Config,
  step: PlannedStep,
  adapter: PlannedAdapter,
): Promise<PaperPlan> {
  // How long it trains changes nothing.
  const sketch = { preset: 'quick', overrides: {}, epochTokens: 1e6, seed: 0 } as const;
  const recipe = createRecipe({ ...sketch, config, way: step, shape: step });
  const context = new GpuContext(paperDevice(adapter.limits), {
    ...adapter,
    submissions: { flopsPerMs: Infinity },
  });
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
  const trainer = new Trainer(ops, model, recipe, { stream, heldOut: [document] });
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
  const workingBytes = peakBytes - weightBytes - gradientBytes - momentBytes;
  // Buffers that were freed before the end and not reused.
  const restBytes = peakBytes - arena.heldBytes;
  const plan: PaperPlan = {
    parts: { weightBytes, gradientBytes, momentBytes, workingBytes },
    neededBytes: peakBytes,
    expectedBytes: peakBytes,
    stagingBytes: Math.min(
      4 * PIECE_ELEMENTS,
      Math.max(...[...model.trainable.values()].map((tensor) => bytesOf([tensor]))),
    ),
    buffers: [...arena.sizes(), ...(restBytes > 0 ? [restBytes] : [])],
    programs: context.programs,
  };
  context.dispose();
  return plan;
}

/** Decodes two tokens with a cache of full length. Later tokens use the same buffers. */
function decodeSample(model: GPT2): void {
  const capacity = Math.min(model.config.blockSize, MAX_SAMPLE_TOKENS);
  const ids = Int32Array.of(model.config.endOfTextId);
  const { logits, state } = model.startDecoding({ ids, B: 1, T: 1 }, capacity);
  logits.dispose();
  if (capacity > 1) model.decode(ids, state).dispose();
  model.disposeState(state);
}

function bytesOf(tensors: readonly Tensor[]): number {
  return tensors.reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0);
}
