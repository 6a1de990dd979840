/** Shapes of kernels that are timed once, kept, and recorded with a run. */

import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { tuneForModel, useShapesOf } from '../../../src/engine/runtime/tune.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import {
  sameTiles,
  shapeName,
  TILE_SHAPES,
  tileNames,
  type TileShape,
} from '../../../src/gpu/kernels/tile-shapes.ts';
import { paperDevice } from '../../../src/gpu/paper.ts';
import type { Tuning } from '../../../src/ops/device.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { TUNING_MS } from '../../../src/ops/webgpu-tuning.ts';
import { createMemoryStorage } from '../../../src/storage/storage.ts';
import { AdamW, defaultAdamW } from '../../../src/train/adamw.ts';
import { configOf, randomModel } from '../../bench/train.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { DESKTOP_LIMITS } from '../../support/paper-counts.ts';

const dawn = await createDawnDevice();
afterAll(() => {
  dawn?.device.destroy();
});

const [usual, large, small] = TILE_SHAPES.map(shapeName) as [string, string, string];

/**
 * A card on paper that computes so many GFLOPS, and faster on one shape, with a clock of its own that only
 * its dispatches move.
 */
function paperCard(gflops: number, factors: Readonly<Record<string, number>>) {
  const gpu = new GpuContext(paperDevice(DESKTOP_LIMITS), {
    isSoftware: false,
    submissions: { flopsPerMs: Infinity },
  });
  let nowMs = 0;
  let dispatches = 0;
  const dispatch = gpu.dispatch.bind(gpu);
  gpu.dispatch = (kernel, how) => {
    const factor = Object.entries(factors).find(([shape]) => kernel.name.includes(shape))?.[1] ?? 1;
    nowMs += (how.flops ?? 0) / (gflops * factor) / 1e6;
    if (kernel.name.startsWith('matmul 6') || kernel.name.startsWith('matmul 3')) dispatches++;
    dispatch(kernel, how);
  };
  const ops = new WebGPUOps(gpu);
  return {
    ops,
    tuning: must<Tuning>(ops.tuning, 'a tuning'),
    now: () => nowMs,
    count: () => dispatches,
  };
}

const of = (shape: string) => ({ plain: shape, transposedB: shape, transposedA: shape });

describe('timing', () => {
  test('finds the shape that is the fastest, and changes nothing', async () => {
    const { tuning, now } = paperCard(1000, { [small]: 1.5, [large]: 0.4 });
    const { shapes } = await tuning.measure({ channels: 768, tokens: 512 }, now);
    expect(shapes).toEqual(of(small));
    expect(tuning.shapes).toEqual(of(usual));
  });

  test('keeps the default shape where another is hardly faster', async () => {
    const { tuning, now } = paperCard(1000, { [small]: 1.02 });
    const { shapes } = await tuning.measure({ channels: 768, tokens: 512 }, now);
    expect(shapes).toEqual(of(usual));
  });

  test.each([
    { gflops: 20_000, channels: 1600 },
    { gflops: 1000, channels: 768 },
    { gflops: 60, channels: 768 },
    { gflops: 8, channels: 768 },
    { gflops: 8, channels: 1600 },
    { gflops: 0.5, channels: 192 },
  ])('takes two seconds at most: $gflops GFLOPS, $channels channels', async (card) => {
    // Every other shape is slower than was to be expected.
    const slow = Object.fromEntries(TILE_SHAPES.slice(1).map((shape) => [shapeName(shape), 0.6]));
    const { tuning, now, count } = paperCard(card.gflops, slow);
    const result = await tuning.measure({ channels: card.channels, tokens: 512 }, now);
    expect(result.timedMs).toBeLessThanOrEqual(TUNING_MS);
    expect(result.timedMs).toBeCloseTo(now(), 3);
    expect(result.dispatches).toBe(count());
    expect(result.shapes).toEqual(of(usual));
  });

  test('is not done for the kernels of software adapters', () => {
    const gpu = new GpuContext(paperDevice(DESKTOP_LIMITS), { isSoftware: true });
    expect(new WebGPUOps(gpu).tuning).toBeNull();
  });
});

describe('what was the fastest', () => {
  const put = (storage: ReturnType<typeof createMemoryStorage>, record: unknown) =>
    storage.transact('readwrite', ['tunings'], (tx) => tx.objectStore('tunings').put(record));

  test('is kept for this card and width, and timed once', async () => {
    const storage = createMemoryStorage();
    const first = paperCard(1000, { [small]: 2 });
    await tuneForModel({ ops: first.ops, storage, card: 'a' }, 768, first.now);
    expect(first.tuning.shapes).toEqual(of(small));

    // By now another would win, but nothing is timed.
    const second = paperCard(1000, { [large]: 2 });
    await tuneForModel({ ops: second.ops, storage, card: 'a' }, 768, second.now);
    expect([second.tuning.shapes, second.count()]).toEqual([of(small), 0]);
    await tuneForModel({ ops: second.ops, storage, card: 'b' }, 768, second.now);
    expect(second.tuning.shapes).toEqual(of(large));
    const count = second.count();
    await tuneForModel({ ops: second.ops, storage, card: 'a' }, 1024, second.now);
    expect(second.count()).toBeGreaterThan(count);
    // A card that can't be told from others is timed every time.
    const again = second.count();
    await tuneForModel({ ops: second.ops, storage, card: null }, 768, second.now);
    expect(second.count()).toBeGreaterThan(again);
  });

  test.each([
    ['fields of another kind', { adapter: 'a 768', shapes: 5 }],
    ['shapes that are unknown', { adapter: 'a 768', shapes: of('1×1, by hand') }],
    ['a shape that is missing', { adapter: 'a 768', shapes: { plain: small } }],
  ])('is timed again if the record is damaged: %s', async (_, record) => {
    const storage = createMemoryStorage();
    await put(storage, record);
    const { ops, tuning, now, count } = paperCard(1000, { [large]: 2 });
    await tuneForModel({ ops, storage, card: 'a' }, 768, now);
    expect(tuning.shapes).toEqual(of(large));
    expect(count()).toBeGreaterThan(0);
  });

  test('is the default shape if timing fails', async () => {
    const { ops, tuning } = paperCard(1000, {});
    tuning.use(of(large));
    const fail = () => {
      throw new Error('no clock');
    };
    await tuneForModel({ ops, storage: createMemoryStorage(), card: 'a' }, 768, fail);
    expect(tuning.shapes).toEqual(of(usual));
  });

  test('a run that goes on uses the shapes it began with, or the default ones', () => {
    const { ops, tuning } = paperCard(1000, {});
    tuning.use(of(large));
    useShapesOf({ ops }, { kernelShapes: of(small) });
    expect(tuning.shapes).toEqual(of(small));
    useShapesOf({ ops }, { kernelShapes: of('gone') });
    expect(tuning.shapes).toEqual(of(usual));
    tuning.use(of(large));
    useShapesOf({ ops }, { kernelShapes: null });
    expect(tuning.shapes).toEqual(of(usual));
  });
});

/** Trains a tiny GPT-2 on kernels for hardware, and returns the losses bit for bit. */
async function losses(ops: WebGPUOps, steps: number, onStep: (step: number) => void) {
  const config = configOf({ L: 1, C: 64, H: 2, T: 48, B: 3, V: 200 });
  const model = randomModel(ops, config);
  const optimizer = new AdamW(ops, model.trainable, defaultAdamW);
  const ids = Int32Array.from({ length: 144 }, (_, i) => (i * i) % 200);
  const read: number[] = [];
  for (let step = 0; step < steps; step++) {
    onStep(step);
    const { loss, gradients } = model.lossAndGradients({ ids, B: 3, T: 48 }, ids, { scale: 1 });
    optimizer.step(gradients, 1e-2);
    read.push(...(await ops.read(loss)));
    for (const tensor of [loss, ...gradients.values()]) tensor.dispose();
  }
  optimizer.dispose();
  model.dispose();
  return read;
}

describe('bits', onlyWithDevice(dawn), () => {
  test('are the same on the recorded shapes, and not on others', async () => {
    const { device } = must(dawn, 'a device');
    const on = (shape: TileShape | undefined) =>
      new WebGPUOps(
        new GpuContext(device, { isSoftware: false, tiles: sameTiles(must(shape, 'a shape')) }),
      );
    const [first, second] = TILE_SHAPES;
    const run = { kernelShapes: tileNames(sameTiles(must(first, 'a shape'))) };
    const whole = await losses(on(first), 4, () => {});

    // On a card where another shape is the fastest by now.
    const again = on(second);
    useShapesOf({ ops: again }, run);
    expect(await losses(again, 4, () => {})).toEqual(whole);
    // Half of the way on another shape, as if nothing had been recorded.
    const other = on(first);
    const mixed = await losses(other, 4, (step) => {
      if (step === 1) other.gpu.useTiles(sameTiles(must(second, 'a shape')));
    });
    expect(mixed).not.toEqual(whole);
  });
});
