/** The startup self-test: sound backends pass it, and a driver with a bug in any kernel doesn't. */

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { selfTest } from '../../../src/train/self-test.ts';
import { breakDriver, type Fault } from '../../support/broken-driver.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

test.each(['wasm', 'cpu'])('portable operations on %s pass', async (backend) => {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const ops = new PortableOps();
  expect(await selfTest(ops, true)).toEqual([]);
  ops.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

/** On a device of its own: a device keeps the kernels that were compiled for it. */
async function testOnDawn(isSoftware: boolean, fault: Fault | null): Promise<string> {
  const { device } = must(await createDawnDevice(), 'a device');
  if (fault) breakDriver(device, fault);
  const context = new GpuContext(device, { isSoftware });
  const { liveBuffers } = context.arena;
  const found = await selfTest(new WebGPUOps(context), true);
  expect(context.arena.liveBuffers).toBe(liveBuffers);
  context.dispose();
  device.destroy();
  return found.join(', ');
}

const probe = await createDawnDevice();
probe?.device.destroy();

describe('our kernels', onlyWithDevice(probe), () => {
  test.each([true, false])('pass (for software: %s)', async (isSoftware) => {
    expect(await testOnDawn(isSoftware, null)).toBe('');
  });

  test.each<[string, Fault, RegExp]>([
    [
      'a gradient that misses equal tokens',
      { kernel: 'embedding grad', code: 'i < end', instead: 'i + 1u < end' },
      /gradient of wte\.weight/,
    ],
    [
      'an optimizer that forgets its correction',
      { kernel: 'adamw', code: '* p.rootCorrection', instead: '' },
      /^loss after a step, logits$/,
    ],
    [
      'a cache that reads its last position wrong',
      { kernel: 'attention cached', code: 'exp(weights[j]', instead: 'exp(0.9 * weights[j]' },
      /^logits$/,
    ],
  ])('fail with %s', async (_, fault, where) => {
    expect(await testOnDawn(true, fault)).toMatch(where);
  });
});
