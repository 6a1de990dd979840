/**
 * Promises beyond correct numbers: few dispatches, bitwise repeatable results, and memory that doesn't
 * grow.
 */

import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { drawTokens } from '../../../src/generate/tokens.ts';
import { type ContextOptions, GpuContext } from '../../../src/gpu/context.ts';
import type { GPT2 } from '../../../src/model/gpt2.ts';
import type { Tensor } from '../../../src/ops/operands.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../../src/train/adamw.ts';
import { defaultLora } from '../../../src/train/recipe.ts';
import type { TrainingMode } from '../../../src/domain/recipe.ts';
import { configOf, randomModel } from '../../bench/train.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

const dawn = await createDawnDevice();

afterAll(() => {
  dawn?.device.destroy();
});

/** As small as a shape can be of which sums over all rows are split: that takes 512 rows. */
const shape = { L: 2, C: 32, H: 2, T: 32, B: 17, V: 200 };
const { L, T, B, V } = shape;
const ids = Int32Array.from({ length: B * T }, (_, i) => (i * i * 7 + i) % V);

function start(
  options: ContextOptions,
  mode: TrainingMode = { kind: 'full' },
): { ops: WebGPUOps; model: GPT2 } {
  const ops = new WebGPUOps(new GpuContext(must(dawn, 'a device').device, options));
  return { ops, model: randomModel(ops, configOf(shape), mode) };
}

const full: TrainingMode = { kind: 'full' };
const lora: TrainingMode = { kind: 'lora', isBaseHalf: true, ...defaultLora };

async function train(
  ops: WebGPUOps,
  model: GPT2,
  optimizer: AdamW,
  steps: number,
  checkpointing = false,
): Promise<number[]> {
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    const { loss, gradients } = model.lossAndGradients({ ids, B, T }, ids, {
      scale: 1,
      checkpointing,
      dropout: { rate: 0.1, seed: 3, microStep: optimizer.completedSteps },
    });
    optimizer.step(gradients, 1e-3);
    losses.push((await ops.read(loss))[0] as number);
    loss.dispose();
    for (const gradient of gradients.values()) gradient.dispose();
  }
  return losses;
}

async function contents(ops: WebGPUOps, tensors: Iterable<[string, Tensor]>) {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) values.set(name, await ops.read(tensor));
  return values;
}

async function* once(values: Float32Array): AsyncGenerator<Float32Array> {
  yield values;
}

describe.each([
  { name: 'kernels for software', isSoftware: true },
  { name: 'kernels for hardware', isSoftware: false },
])('$name', onlyWithDevice(dawn), ({ isSoftware }) => {
  test.each([
    { name: 'of all parameters', mode: full, checkpointing: false },
    { name: 'of all parameters with checkpointing', mode: full, checkpointing: true },
    { name: 'of an adapter', mode: lora, checkpointing: false },
    { name: 'of an adapter with checkpointing', mode: lora, checkpointing: true },
  ])(
    'a training step $name stays within its budget of dispatches, submits and readback bytes',
    async (how) => {
      const { mode, checkpointing } = how;
      const { ops, model } = start({ isSoftware }, mode);
      const optimizer = new AdamW(ops, model.trainable, { ...defaultAdamW, weightDecay: 0.1 });
      await train(ops, model, optimizer, 1, checkpointing);
      const before = { ...ops.gpu.counters };
      await train(ops, model, optimizer, 1, checkpointing);
      const { dispatches, submits, readbackBytes } = ops.gpu.counters;
      // On software adapters, attention takes nine more dispatches per layer, and nine more to recompute it.
      const perLayer = isSoftware && checkpointing ? 39 : 30;
      expect(dispatches - before.dispatches).toBeLessThanOrEqual(perLayer * L + 40);
      expect(submits - before.submits).toBeLessThanOrEqual(4);
      expect(readbackBytes - before.readbackBytes).toBeLessThanOrEqual(64);
      ops.dispose();
    },
  );

  const writing = {
    count: 2,
    temperature: 1,
    topK: 50,
    topP: 0.95,
    repetitionPenalty: 1.2,
    minTokens: 2000,
    endOfTextId: V - 1,
    vocabSize: V,
    seed: 5,
  };

  test('a generated token stays within its budget, and 150 tokens need no more memory than ten', async () => {
    const ops = new WebGPUOps(new GpuContext(must(dawn, 'a device').device, { isSoftware }));
    const model = randomModel(ops, configOf({ ...shape, C: 32, T: 160 }));
    const { arena, counters } = ops.gpu;
    const before = { live: arena.liveBytes, held: 0 };
    let counted = { ...counters };
    let arrived = 0;
    let total = 0;
    const prompt = ids.subarray(0, 8);
    for await (const rows of drawTokens(ops, model, { ...writing, prompt, capacity: 160 })) {
      arrived += rows.length;
      total += rows.length;
      if (arrived > 10 && before.held === 0) {
        before.held = arena.heldBytes;
        counted = { ...counters };
        arrived = 0;
      }
    }
    expect(total).toBeGreaterThanOrEqual(150);
    expect(arena.heldBytes).toBe(before.held);
    const perToken = (now: number, then: number) => (now - then) / arrived;
    expect(perToken(counters.dispatches, counted.dispatches)).toBeLessThanOrEqual(6 * L + 8);
    expect(perToken(counters.submits, counted.submits)).toBeLessThanOrEqual(1);
    expect(perToken(counters.readbackBytes, counted.readbackBytes)).toBeLessThanOrEqual(64);
    expect(arena.liveBytes).toBe(before.live);
    ops.dispose();
    expect(arena.heldBytes).toBe(0);
  });

  test('few tokens are in flight, so that a cancel takes effect soon', async () => {
    const { ops, model } = start({ isSoftware });
    const stop = new AbortController();
    const live = ops.gpu.arena.liveBytes;
    const options = { ...writing, prompt: ids.subarray(0, 4), capacity: T, signal: stop.signal };
    const rows = drawTokens(ops, model, options);
    await rows.next();
    stop.abort();
    await expect(rows.next()).rejects.toThrow('cancelled');
    expect(ops.gpu.arena.liveBytes).toBe(live);
    ops.dispose();
  });

  test.each([
    { name: 'of all parameters', mode: full },
    { name: 'of an adapter on float16 weights', mode: lora },
  ])(
    'four steps $name equal two steps, a save, a reload and two more steps, bit for bit',
    async ({ mode }) => {
      const whole = start({ isSoftware }, mode);
      const optimizer = new AdamW(whole.ops, whole.model.trainable, defaultAdamW);
      const losses = await train(whole.ops, whole.model, optimizer, 4);
      const weights = await contents(whole.ops, whole.model.trainable);
      whole.ops.dispose();

      const first = start({ isSoftware }, mode);
      const early = new AdamW(first.ops, first.model.trainable, defaultAdamW);
      const half = await train(first.ops, first.model, early, 2);
      const saved = await contents(first.ops, first.model.trainable);
      const m = await contents(
        first.ops,
        [...early.state()].map(([name, s]) => [name, s.m]),
      );
      const v = await contents(
        first.ops,
        [...early.state()].map(([name, s]) => [name, s.v]),
      );
      first.ops.dispose();

      const second = start({ isSoftware }, mode);
      for (const [name, old] of second.model.trainable) {
        second.model.trainable.set(name, second.ops.tensor(must(saved.get(name), name), old.shape));
        old.dispose();
      }
      const late = new AdamW(second.ops, second.model.trainable, defaultAdamW);
      for (const name of second.model.trainable.keys()) {
        await late.restore(name, 'm', once(must(m.get(name), name)));
        await late.restore(name, 'v', once(must(v.get(name), name)));
      }
      late.completedSteps = 2;
      half.push(...(await train(second.ops, second.model, late, 2)));
      expect(half).toEqual(losses);
      expect(await contents(second.ops, second.model.trainable)).toEqual(weights);
      second.ops.dispose();
    },
  );

  test('after an error on the device, the next read rejects', async () => {
    const { ops } = start({ isSoftware });
    const broken = { name: 'broken', code: 'fn main() { nonsense }', params: '', storage: 'w' };
    const x = ops.zeros([4]);
    ops.gpu.dispatch(broken, { params: [], buffers: [x], groups: 1 });
    await expect(ops.read(x)).rejects.toThrow(/device-lost.*failed/);
    expect([...(await ops.read(ops.tensor(Float32Array.of(3), [1])))]).toEqual([3]);
    ops.dispose();
  });
});
