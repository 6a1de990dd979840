/** A device that has no room, in a real Chromium: SwiftShader gives no buffer of a gigabyte. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { MynahError } from '../../../src/core/errors.ts';
import { Runtime } from '../../../src/engine/runtime/runtime.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { createGpu, type Gpu, requestAdapter } from '../../../src/gpu/device.ts';
import { PLAIN_GPT2 } from '../../../src/model/config.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { createMemoryModel } from '../../../src/planning/create-memory-model.ts';
import { chooseWays } from '../../../src/planning/ways-to-train.ts';

let gpu: Gpu;
let ops: WebGPUOps;

beforeAll(async () => {
  gpu = await createGpu(must(await requestAdapter(), 'an adapter'));
  ops = new WebGPUOps(new GpuContext(gpu.device, { isSoftware: gpu.isSoftware }));
});

afterAll(() => {
  ops.dispose();
  gpu.device.destroy();
});

test('a device is asked for memory, and what it gave goes back', async () => {
  const { arena } = ops.gpu;
  const before = arena.heldBytes;
  expect(await ops.gpu.hasRoomFor([2 ** 20, 2 ** 22])).toBe(true);
  expect(await ops.gpu.hasRoomFor([2 ** 30])).toBe(false);
  // A refusal harms nothing: the device goes on.
  expect(await ops.gpu.hasRoomFor([2 ** 20])).toBe(true);
  expect(arena.heldBytes).toBe(before);
  const x = ops.tensor(Float32Array.of(1, 2), [2]);
  expect([...(await ops.read(ops.add(x, x)))]).toEqual([2, 4]);
});

test('what it refuses is not begun: the next smaller way is taken, or named', async () => {
  const machine = { isSoftware: false, hostGiB: 8, roomBytes: Infinity };
  const memory = createMemoryModel(ops, machine);
  // A table of 2³⁰ bytes: as much as the limits allow, and more than there is. Halved, it fits.
  const config = {
    ...{ nLayer: 1, nHead: 1, nEmbd: 64, blockSize: 64, vocabSize: 2 ** 22 },
    ...{ ...PLAIN_GPT2, endOfTextId: 0 },
  };
  const [way] = await chooseWays(config, 'quick', {}, memory);
  expect(way).toMatchObject({ mode: { kind: 'lora', isBaseHalf: true }, hasHalfActivations: true });
  const whole = chooseWays(config, 'quick', { mode: 'full' }, memory);
  const error: unknown = await whole.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(MynahError);
  expect((error as MynahError).data).toMatchObject({
    code: 'out-of-memory',
    details: { reason: 'no-room', requested: { mode: 'full' }, instead: { mode: 'lora' } },
  });
});

test('what it refuses under way ends the work, is remembered, and a fresh device goes on', async () => {
  const runtime = new Runtime(null, {
    find: async () => ({ ms: 1, dispatches: 1, gflop: 1 }),
    add: async () => {},
  });
  await runtime.start('webgpu');
  const first = runtime.ops;
  const fence = runtime.fence();
  fence();
  const add = async () => [...(await runtime.ops.read(runtime.ops.add(two(), two())))];
  const two = () => runtime.ops.tensor(Float32Array.of(1, 2), [2]);
  const work = async () => {
    // What a driver promised when it was asked and can't give.
    first.zeros([2 ** 28]);
    return add();
  };
  await expect(runtime.guard(work())).rejects.toMatchObject({ code: 'out-of-memory' });
  expect(fence).toThrow(/device-lost/);
  expect(runtime.roomBytes).toBeGreaterThan(2 ** 29);
  expect(runtime.roomBytes).toBeLessThan(2 ** 31);

  await runtime.ready();
  expect(runtime.ops).not.toBe(first);
  expect(runtime.status.backend).toBe('webgpu');
  expect(await runtime.guard(add())).toEqual([2, 4]);
  await runtime.start('cpu');
});
