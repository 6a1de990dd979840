/**
 * Decides what trains a model that is so small that a graphics card may lose to the processor: such a card spends
 * most of a step on beginning its hundreds of dispatches. Both make two steps, once for this card and for models
 * of this shape, and how fast the second was is kept.
 */

import { throwIfAborted } from '../../core/errors.ts';
import type { Recipe } from '../../domain/recipe.ts';
import type { GPT2Config } from '../../model/config.ts';
import { compileKernels } from '../../planning/compile-kernels.ts';
import { isSmallStep } from '../../planning/plan-training.ts';
import { timeSecondStep } from '../../planning/probe.ts';
import type { Way } from '../../planning/ways-to-train.ts';
import type { PlanProgress } from '../../protocol/training.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { noteSpeed, readSpeed } from '../../storage/speeds.ts';
import { tokensPerStep, weightPrecision } from '../../train/recipe.ts';
import type { EngineContext } from './context.ts';
import { type BaseModel, openBase, putFreshAdapter } from './live-models.ts';
import { loadBaseWeights } from './open-base-model.ts';
import { tuneForModel } from './tune.ts';

/** The steps of a training, as far as they decide what is faster. */
interface Steps extends Way, Pick<Recipe, 'seed'> {
  readonly tokensPerStep: number;
}

/** If the processor's first step takes this many times as long as the card's second, the processor makes no second one. */
const HOPELESS = 4;

const CONTESTANTS = ['webgpu', 'wasm'] as const;
/** Tokens a second; 0 for WASM that doesn't run. */
export type Speeds = Readonly<Record<(typeof CONTESTANTS)[number], number>>;

/**
 * In `auto`, has a small model computed from now on by what trains it faster, and any other by the card. Does
 * nothing where there is no choice. Throws what loading throws, `device-lost` and `cancelled`.
 */
export async function chooseBackend(
  context: EngineContext,
  base: BaseModel,
  steps: Steps,
  signal: AbortSignal,
  report: (progress: PlanProgress) => void,
): Promise<void> {
  const { runtime } = context;
  if (!runtime.hasChoice) return;
  if (!isSmallStep(base.config, steps.tokensPerStep)) return runtime.useProcessor(false);
  const key = keyOf(context, base.config, steps);
  let speeds = await knownSpeeds(context, key);
  if (speeds === null) {
    await runtime.useProcessor(false);
    speeds = await timeBoth(context, base, steps, signal, report);
    await noteSpeeds(context, key, speeds);
  }
  await runtime.useProcessor(speeds.wasm > speeds.webgpu);
}

/** For a bot that writes: if its model isn't small, the card computes again. */
export async function useCardUnlessSmall(
  context: EngineContext,
  { modelId, recipe }: RunRecord,
  signal: AbortSignal,
): Promise<void> {
  if (context.runtime.status.standsInFor === null) return;
  const { config } = await openBase(context, modelId, signal);
  if (!isSmallStep(config, tokensPerStep(recipe))) await context.runtime.useProcessor(false);
}

async function timeBoth(
  context: EngineContext,
  base: BaseModel,
  steps: Steps,
  signal: AbortSignal,
  report: (progress: PlanProgress) => void,
): Promise<Speeds> {
  const { runtime } = context;
  const { config } = base;
  const storage = await context.storage();
  const { mode, seed, blockLength, tokensPerStep: tokens } = steps;
  const { model } = await base.load(steps, signal, report);
  await tuneForModel({ ops: runtime.ops, storage, card: runtime.cardIdentity }, config.nEmbd);
  throwIfAborted(signal);
  await compileKernels(runtime.ops, config, steps, (done, count) =>
    report({ phase: 'compiling', part: { done, count } }),
  );
  report({ phase: 'timing' });
  const step = { ...steps, microBatch: Math.max(1, Math.round(tokens / blockLength)) };
  const cardMs = await timeSecondStep(runtime.ops, model, step, signal);
  const webgpu = (tokens * 1000) / cardMs;
  const ops = await runtime.processorOps();
  if (ops === null) return { webgpu, wasm: 0 };
  const precisionOf = (shape: readonly number[]) => weightPrecision(mode, shape);
  const own = await loadBaseWeights(ops, storage, base.id, config, { signal, precisionOf });
  try {
    putFreshAdapter(ops, own, mode, seed);
    const processorMs = await timeSecondStep(ops, own, step, signal, HOPELESS * cardMs);
    return { webgpu, wasm: (tokens * 1000) / processorMs };
  } finally {
    own.dispose();
  }
}

/** Identifies the card, how many threads WASM can have, the shape of the model, and the steps. */
function keyOf({ runtime }: EngineContext, config: GPT2Config, steps: Steps): string {
  const cores = globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  const { nLayer, nHead, nEmbd, vocabSize } = config;
  const { mode, checkpointing, blockLength, dropout, attention, tokensPerStep: tokens } = steps;
  const shape = [nLayer, nHead, nEmbd, vocabSize, mode.kind, mode.kind === 'lora' ? mode.rank : 0];
  const work = [checkpointing, blockLength, dropout > 0, attention, tokens];
  return JSON.stringify([runtime.cardIdentity, cores, ...shape, ...work]);
}

async function knownSpeeds(context: EngineContext, key: string): Promise<Speeds | null> {
  const here = context.stepSpeeds.get(key);
  if (here !== undefined) return here;
  if (context.runtime.cardIdentity === null) return null;
  const storage = await context.storage();
  const [webgpu, wasm] = await Promise.all(
    CONTESTANTS.map((backend) => readSpeed(storage, `${backend} ${key}`)),
  );
  if (!webgpu || !wasm) return null;
  return { webgpu: webgpu.tokensPerSecond, wasm: wasm.tokensPerSecond };
}

/** Of a card that can't be told from others, and of WASM that didn't run, it is kept only while this engine runs. */
async function noteSpeeds(context: EngineContext, key: string, speeds: Speeds): Promise<void> {
  context.stepSpeeds.set(key, speeds);
  if (context.runtime.cardIdentity === null || speeds.wasm === 0) return;
  const storage = await context.storage();
  for (const backend of CONTESTANTS) {
    const tokensPerSecond = speeds[backend];
    await noteSpeed(storage, { key: `${backend} ${key}`, tokensPerSecond, atMs: Date.now() });
  }
}
