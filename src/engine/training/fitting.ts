/**
 * Chooses how to train so that it fits, before anything is put on the device: by a plan of memory held
 * against the adapter's limits, a budget, and the device itself, which is asked for that much and given it
 * back. Browsers don't tell how much memory a graphics card has.
 */

import { type ErrorDetails, MynahError, mynahError } from '../../core/errors.ts';
import type { GPT2Config } from '../../model/config.ts';
import { WebGPUOps } from '../../ops/webgpu.ts';
import type { MemoryParts, RecipeOverrides } from '../../protocol/calls.ts';
import { choicesThatSave, layouts, leastShape, sketchRecipe } from '../../train/fitting.ts';
import { type MemoryPlan, planMemory } from '../../train/memory-plan.ts';
import { portableMemory, portableSlack } from '../../train/portable-memory.ts';
import type { BatchShape, Recipe } from '../../train/recipe.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** What a step keeps beside weights and their like may take this much where there is a choice. */
const wishedWorkingBytes = 512 * 2 ** 20;
/** WASM addresses no more; a little is taken before the first tensor. */
const wasmBytes = 4 * 2 ** 30 - 64 * 2 ** 20;

type Shortage = ErrorDetails['out-of-memory'];
type Instead = Exclude<Shortage['instead'], undefined>;

export interface LaidOut {
  readonly shape: BatchShape;
  readonly memory: MemoryParts;
  /** What the parts come to; more where the allocator needs more. */
  readonly bytes: number;
}

export class Fitting {
  private readonly runtime: Pick<Runtime, 'ops' | 'status' | 'roomBytes'>;
  private readonly hostGiB: number;
  /** What the device has given and refused when asked, bytes. */
  private asked = { ops: null as unknown, given: 0, refused: Infinity };

  /** `hostGiB` is the computer's memory as the browser tells it: 8 for all that is more. */
  constructor(runtime: Pick<Runtime, 'ops' | 'status' | 'roomBytes'>, hostGiB: number) {
    this.runtime = runtime;
    this.hostGiB = hostGiB;
  }

  /**
   * The best choice that fits, with everything settled that the user left open. Throws `out-of-memory`
   * with what would fit instead.
   */
  async choose(config: GPT2Config, wished: RecipeOverrides): Promise<RecipeOverrides> {
    let first: Shortage | null = null;
    for (const choice of choicesThatSave(config, wished)) {
      const shortage = await this.shortageOf(config, choice);
      if (shortage === null) return choice;
      first ??= { ...shortage, wish: methodOf(choice) };
    }
    throw mynahError('out-of-memory', { ...first, instead: await this.insteadOf(config, wished) });
  }

  /** The layout of a step's tokens that fits, most on the device at once first, and what it takes. */
  async layOut(config: GPT2Config, choice: RecipeOverrides, shape: BatchShape): Promise<LaidOut> {
    const { ops } = this.runtime;
    if (!(ops instanceof WebGPUOps)) {
      const memory = portableMemory(config, sketchRecipe(config, choice, shape));
      const bytes = Math.min(wasmBytes, portableSlack * totalBytes(memory));
      return { shape, memory, bytes };
    }
    const blocks = shape.microBatch * shape.accumulation;
    let shortage: Shortage = {};
    for (const layout of layouts({ ...shape, microBatch: blocks, accumulation: 1 })) {
      const recipe = sketchRecipe(config, choice, layout);
      const found = await this.planOrShortage(config, recipe);
      if (!('bytes' in found)) {
        shortage = found;
        continue;
      }
      if (layout.microBatch > 1 && found.workingBytes > wishedWorkingBytes) continue;
      const refusal = await this.refusalOf(found);
      if (refusal === null) return { shape: layout, memory: partsOf(found), bytes: found.bytes };
      shortage = refusal;
    }
    throw mynahError('out-of-memory', { ...shortage, wish: methodOf(choice) });
  }

  /** Null when it fits. */
  private async shortageOf(config: GPT2Config, choice: RecipeOverrides): Promise<Shortage | null> {
    const recipe = sketchRecipe(config, choice, leastShape(config, choice));
    const found = await this.planOrShortage(config, recipe);
    return 'bytes' in found ? this.refusalOf(found) : found;
  }

  private async planOrShortage(
    config: GPT2Config,
    recipe: Recipe,
  ): Promise<Pick<MemoryPlan, keyof MemoryParts | 'bytes' | 'buffers'> | Shortage> {
    const { ops } = this.runtime;
    if (!(ops instanceof WebGPUOps)) {
      const parts = portableMemory(config, recipe);
      return { ...parts, bytes: totalBytes(parts), buffers: [] };
    }
    const { device, isSoftware } = ops.gpu;
    try {
      return await planMemory(config, recipe, { limits: device.limits, isSoftware });
    } catch (error) {
      if (error instanceof MynahError && error.data.code === 'out-of-memory') {
        return error.data.details;
      }
      throw error;
    }
  }

  /** Whether the budget or the device has no room for a plan; null when both have. */
  private async refusalOf({
    bytes,
    buffers,
  }: Pick<MemoryPlan, 'bytes' | 'buffers'>): Promise<Shortage | null> {
    const budget = this.budgetBytes();
    if (bytes > budget) {
      return { neededBytes: bytes, availableBytes: budget, reason: 'too-large' };
    }
    const { ops } = this.runtime;
    if (!(ops instanceof WebGPUOps)) return null;
    if (this.asked.ops !== ops) this.asked = { ops, given: 0, refused: Infinity };
    if (bytes > this.asked.given && bytes < this.asked.refused) {
      if (await ops.gpu.hasRoomFor(buffers)) this.asked.given = bytes;
      else this.asked.refused = bytes;
    }
    return bytes >= this.asked.refused ? { neededBytes: bytes, reason: 'no-room' } : null;
  }

  /** Infinite for a graphics card that hasn't run out yet: it is asked. Where the processor computes, half of what it has. */
  private budgetBytes(): number {
    const { backend, isSoftware } = this.runtime.status;
    const half = this.hostGiB >= 8 ? Infinity : (this.hostGiB / 2) * 2 ** 30;
    if (backend === 'webgpu') return Math.min(this.runtime.roomBytes, isSoftware ? half : Infinity);
    return Math.min(wasmBytes, half);
  }

  /** What fits when the user insists on nothing; null when nothing does. */
  private async insteadOf(config: GPT2Config, wished: RecipeOverrides): Promise<Instead> {
    const { mode: _, checkpointing: __, isBaseHalf: ___, blockLength: ____, ...rest } = wished;
    for (const choice of choicesThatSave(config, rest)) {
      const recipe = sketchRecipe(config, choice, leastShape(config, choice));
      const found = await this.planOrShortage(config, recipe);
      if (!('bytes' in found) || (await this.refusalOf(found)) !== null) continue;
      return { ...methodOf(choice), neededBytes: found.bytes };
    }
    return null;
  }
}

function methodOf({ mode = 'full', checkpointing = false }: RecipeOverrides) {
  return { mode, checkpointing };
}

function partsOf({
  weightBytes,
  gradientBytes,
  momentBytes,
  workingBytes,
}: MemoryParts): MemoryParts {
  return { weightBytes, gradientBytes, momentBytes, workingBytes };
}

function totalBytes(parts: MemoryParts): number {
  return parts.weightBytes + parts.gradientBytes + parts.momentBytes + parts.workingBytes;
}
