/** Work in small submissions: as much as the speed allows, two at a time, and the same bits. */

import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { type ContextOptions, GpuContext } from '../../../src/gpu/context.ts';
import { GPT2 } from '../../../src/model/gpt2.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { defaultLimits, paperDevice } from '../../../src/gpu/paper.ts';
import { WORK_MS } from '../../../src/gpu/answer.ts';
import { Submissions } from '../../../src/gpu/submissions.ts';
import { createOps } from '../../../src/ops/create-ops.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../../src/train/adamw.ts';
import { configOf, randomModel } from '../../bench/train.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

const dawn = await createDawnDevice();

afterAll(() => {
  dawn?.device.destroy();
});

const shape = { L: 2, C: 32, H: 2, T: 32, B: 4, V: 2000 };
const { T, B, V } = shape;
const ids = Int32Array.from({ length: B * T }, (_, i) => (i * i * 7 + i) % V);

/** The losses of four steps and the trained parameters, with what they cost. */
async function train(options: ContextOptions) {
  const ops = new WebGPUOps(new GpuContext(must(dawn, 'a device').device, options));
  const model = randomModel(ops, configOf(shape), { kind: 'full' });
  const optimizer = new AdamW(ops, model.trainable, { ...defaultAdamW, weightDecay: 0.1 });
  await ops.gpu.finish();
  const before = ops.gpu.counters.submits;
  const losses: number[] = [];
  for (let step = 0; step < 4; step++) {
    const dropout = { rate: 0.1, seed: 3, microStep: step };
    const { loss, gradients } = model.lossAndGradients({ ids, B, T }, ids, { scale: 1, dropout });
    optimizer.step(gradients, 1e-3);
    losses.push((await ops.read(loss))[0] as number);
    loss.dispose();
    for (const gradient of gradients.values()) gradient.dispose();
  }
  const parameters = new Map<string, Float32Array>();
  for (const [name, tensor] of model.trainable) parameters.set(name, await ops.read(tensor));
  const { submits, largestSubmitFlops } = ops.gpu.counters;
  ops.dispose();
  return { losses, parameters, submits: submits - before, largestSubmitFlops };
}

/** Counts submissions that the device hasn't finished. Undone by the returned function. */
function watchQueue(queue: GPUQueue): {
  readonly seen: { max: number };
  readonly undo: () => void;
} {
  const { submit, onSubmittedWorkDone } = queue;
  const seen = { max: 0 };
  let inFlight = 0;
  queue.submit = (buffers) => {
    submit.call(queue, buffers);
    inFlight++;
    seen.max = Math.max(seen.max, inFlight);
    void onSubmittedWorkDone.call(queue).then(() => {
      inFlight--;
    });
  };
  return {
    seen,
    undo: () => {
      queue.submit = submit;
    },
  };
}

test.each([
  { name: 'software', isSoftware: true },
  { name: 'hardware', isSoftware: false },
])(
  'kernels for $name: cut into many submissions, a training gives the same bits',
  onlyWithDevice(dawn),
  async ({ isSoftware }) => {
    const whole = await train({ isSoftware, submissions: { flopsPerMs: Infinity } });
    const { queue } = must(dawn, 'a device').device;
    const { seen, undo } = watchQueue(queue);
    const cut = await train({ isSoftware, submissions: { ms: 0.002 } });
    undo();
    expect(cut.losses).toEqual(whole.losses);
    expect(cut.parameters).toEqual(whole.parameters);
    expect(cut.submits).toBeGreaterThan(20 * whole.submits);
    expect(cut.largestSubmitFlops).toBeLessThan(whole.largestSubmitFlops / 10);
    // Two, unless the driver told so late that the device had nothing to do.
    expect(seen.max).toBeGreaterThanOrEqual(2);
    expect(seen.max).toBeLessThanOrEqual(8);
  },
);

test.each([1e3, 1e5, 1e6])(
  'a submission holds at most %d operations, unless a single dispatch has more',
  onlyWithDevice(dawn),
  async (flops) => {
    const submissions = { ms: 1, flopsPerMs: flops };
    const { device } = must(dawn, 'a device');
    const ops = new WebGPUOps(new GpuContext(device, { isSoftware: true, submissions }));
    const { counters } = ops.gpu;
    const [M, K, N] = [192, 64, 128];
    const x = ops.zeros([M, K]);
    const w = ops.zeros([K, N]);
    const b = ops.zeros([N]);
    ops.flush();
    const before = { ...counters };
    ops.linear(x, w, b).dispose();
    ops.flush();
    const tiles = (M * N) / 64 ** 2;
    const ofTile = (2 * M * K * N) / tiles;
    const tilesAtOnce = Math.min(tiles, Math.max(1, Math.floor(flops / ofTile)));
    expect(counters.dispatches - before.dispatches).toBe(Math.ceil(tiles / tilesAtOnce));
    expect(counters.submits - before.submits).toBe(Math.ceil(tiles / tilesAtOnce));
    expect(counters.largestSubmitFlops).toBe(tilesAtOnce * ofTile);
    for (const tensor of [x, w, b]) tensor.dispose();
    ops.dispose();
  },
);

test('a step of GPT-2 124M with 1,024 tokens holds at most 50 ms of work in each submission', () => {
  const flopsPerMs = 2e8; // 200 GFLOPS
  const gpu = new GpuContext(paperDevice(defaultLimits), {
    isSoftware: false,
    submissions: { flopsPerMs },
  });
  const ops = new WebGPUOps(gpu);
  const config = configOf({ L: 12, C: 768, H: 12, T: 1024, B: 1, V: 50257 });
  const parameters = [...parameterShapes(config)].map(
    ([name, tensorShape]) => [name, gpu.reserve(tensorShape, 'f32')] as const,
  );
  const model = new GPT2(ops, config, new Map(parameters));
  const optimizer = new AdamW(ops, model.trainable, defaultAdamW);
  const tokens = Int32Array.from({ length: 1024 }, (_, i) => i);
  const dropout = { rate: 0.1, seed: 3, microStep: 0 };
  const { gradients } = model.lossAndGradients({ ids: tokens, B: 1, T: 1024 }, tokens, {
    scale: 1,
    dropout,
  });
  optimizer.step(gradients, 1e-3);
  const { largestSubmitFlops, submits } = gpu.counters;
  expect(largestSubmitFlops).toBeLessThanOrEqual(50 * flopsPerMs);
  // 6 operations for each of 124 million parameters and each token are 762 GFLOP: at least 77 submissions.
  expect(submits).toBeGreaterThanOrEqual(77);
  expect(submits).toBeLessThanOrEqual(120);
  ops.dispose();
});

test('each loss of a device halves what a submission may hold', onlyWithDevice(dawn), () => {
  const { device } = must(dawn, 'a device');
  const budgets = [0, 1, 2, 20].map((losses) => {
    const gpu = { device, isSoftware: false } as Parameters<typeof createOps>[0]['gpu'];
    const ops = createOps({ gpu }, losses) as WebGPUOps;
    const { maxDispatchFlops } = ops.gpu;
    ops.dispose();
    return maxDispatchFlops;
  });
  const [first = 0] = budgets;
  expect(budgets).toEqual([first, first / 2, first / 4, first / 10]);
});

test('a device that is at work and tells of nothing for long is given up, and no other', async () => {
  let tell = () => {};
  const queue = {
    submit() {},
    onSubmittedWorkDone: () => new Promise<void>((resolve) => (tell = resolve)),
  };
  vi.useFakeTimers();
  let silences = 0;
  const onSilence = () => silences++;
  const submissions = new Submissions(queue as unknown as GPUQueue, { onSilence });
  const submit = () => submissions.submit({} as GPUCommandBuffer, 1, () => {});
  // It has nothing to do.
  await vi.advanceTimersByTimeAsync(10 * WORK_MS);
  for (let round = 0; round < 3; round++) {
    submit();
    await vi.advanceTimersByTimeAsync(0.9 * WORK_MS);
    tell();
    await vi.advanceTimersByTimeAsync(0.9 * WORK_MS);
  }
  expect(silences).toBe(0);
  submit();
  await vi.advanceTimersByTimeAsync(1.1 * WORK_MS);
  expect(silences).toBe(1);
  vi.useRealTimers();
});

/** A device with this speed, behind a browser that looks every `pollMs` what is finished. */
function simulatedQueue(flopsPerMs: number, pollMs: number) {
  const state = { freeAtMs: 0, busyMs: 0, longestMs: 0, inFlight: 0, maxInFlight: 0 };
  let submitted = 0;
  const queue = {
    flopsOf: new Map<unknown, number>(),
    submit([commands]: [unknown]) {
      const ms = (this.flopsOf.get(commands) ?? 0) / flopsPerMs;
      state.freeAtMs = Math.max(state.freeAtMs, performance.now()) + ms;
      state.busyMs += ms;
      state.longestMs = submitted++ < 20 ? 0 : Math.max(state.longestMs, ms);
      state.inFlight++;
      state.maxInFlight = Math.max(state.maxInFlight, state.inFlight);
    },
    onSubmittedWorkDone() {
      const told = Math.ceil(state.freeAtMs / pollMs) * pollMs;
      return new Promise<void>((resolve) => {
        setTimeout(() => {
          state.inFlight--;
          resolve();
        }, told - performance.now());
      });
    },
  };
  return { queue, state };
}

describe('on a simulated device', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function compute(flopsPerMs: number, pollMs: number) {
    const { queue, state } = simulatedQueue(flopsPerMs, pollMs);
    const submissions = new Submissions(queue as unknown as GPUQueue);
    const startedMs = performance.now();
    // Twenty seconds of work, in submissions as large as the budget allows when they are encoded.
    for (let done = 0; done < 20_000; ) {
      const commands = {};
      const flops = submissions.budgetFlops;
      queue.flopsOf.set(commands, flops);
      submissions.submit(commands as GPUCommandBuffer, flops, () => {});
      const ms = flops / flopsPerMs;
      done += ms;
      // Encoding is a little faster than computing.
      await vi.advanceTimersByTimeAsync(0.8 * ms);
    }
    const drained = submissions.drained();
    await vi.runAllTimersAsync();
    await drained;
    return { ...state, share: state.busyMs / (state.freeAtMs - startedMs) };
  }

  test.each([5e6, 8e7, 2e9])(
    'two submissions at a time, of 50 ms soon, where reports are prompt: %d operations per ms',
    async (flopsPerMs) => {
      const { longestMs, maxInFlight, share } = await compute(flopsPerMs, 1);
      expect(longestMs).toBeLessThan(75);
      expect(maxInFlight).toBe(2);
      expect(share).toBeGreaterThan(0.9);
    },
  );

  test.each([5e6, 8e7])(
    'the device is kept busy where a browser looks every 100 ms: %d operations per ms',
    async (flopsPerMs) => {
      const { longestMs, maxInFlight, share } = await compute(flopsPerMs, 100);
      expect(longestMs).toBeLessThan(150);
      expect(maxInFlight).toBeGreaterThan(2);
      expect(maxInFlight).toBeLessThanOrEqual(8);
      expect(share).toBeGreaterThan(0.9);
    },
  );

  test('a reader waits for what was submitted before it, and for nothing after', async () => {
    const { queue } = simulatedQueue(8e7, 1);
    const submissions = new Submissions(queue as unknown as GPUQueue, { flopsPerMs: 8e7 });
    const submit = () => {
      const commands = {};
      queue.flopsOf.set(commands, 4e9); // 50 ms
      submissions.submit(commands as GPUCommandBuffer, 4e9, () => {});
    };
    for (let i = 0; i < 10; i++) submit();
    let isDrained = false;
    void submissions.drained().then(() => {
      isDrained = true;
    });
    for (let i = 0; i < 100; i++) submit();
    await vi.advanceTimersByTimeAsync(350);
    expect(isDrained).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    expect(isDrained).toBe(true);
  });

  test('a draft that is dropped ends with the two submissions that the device has, 100 ms of work', async () => {
    const { queue, state } = simulatedQueue(8e7, 1);
    const submissions = new Submissions(queue as unknown as GPUQueue, { flopsPerMs: 8e7 });
    const order: string[] = [];
    const submit = (name: string) => {
      const commands = {};
      queue.flopsOf.set(commands, 4e9); // 50 ms
      submissions.submit(commands as GPUCommandBuffer, 4e9, () => order.push(name));
    };
    submit('before');
    submissions.isDraft = true;
    for (let i = 0; i < 20; i++) submit(`draft ${i}`);
    submissions.inOrder(() => order.push('destroyed'));
    submissions.isDraft = false;
    const drained = submissions.drained();
    await vi.advanceTimersByTimeAsync(120);
    expect(order).toEqual(['before', 'draft 0', 'draft 1', 'draft 2']);
    const stoppedMs = performance.now();
    submissions.dropDraft();
    await drained;
    expect(order).toEqual(['before', 'draft 0', 'draft 1', 'draft 2', 'destroyed']);
    expect(state.freeAtMs - stoppedMs).toBeLessThanOrEqual(100);
    submit('after');
    await vi.runAllTimersAsync();
    expect(order.at(-1)).toBe('after');
  });

  test('when it is disposed, buffers are destroyed and nobody waits for ever', async () => {
    const { queue } = simulatedQueue(8e7, 1);
    const submissions = new Submissions(queue as unknown as GPUQueue);
    for (let i = 0; i < 5; i++) submissions.submit({} as GPUCommandBuffer, 1, () => {});
    const destroy = vi.fn();
    submissions.inOrder(destroy);
    const drained = submissions.drained();
    expect(destroy).not.toHaveBeenCalled();
    submissions.dispose();
    expect(destroy).toHaveBeenCalledOnce();
    await drained;
  });
});
