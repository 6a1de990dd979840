/** The GPU context asks the device for room. */

import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';

const dawn = await createDawnDevice();

afterAll(() => {
  dawn?.device.destroy();
});

describe('asking the device for room', onlyWithDevice(dawn), () => {
  test('leaves no error scope behind when createBuffer throws', async () => {
    const { device } = must(dawn, 'a device');
    const context = new GpuContext(device, { isSoftware: true });
    const original = device.createBuffer;
    device.createBuffer = () => {
      throw new RangeError('no address space left');
    };
    try {
      await expect(context.hasRoomFor([2 ** 30])).rejects.toThrow('no address space left');
    } finally {
      device.createBuffer = original;
    }
    await expect(device.popErrorScope()).rejects.toThrow();
    context.dispose();
  });

  test('doesn’t take free buffers of other sizes for room', async () => {
    const { device } = must(dawn, 'a device');
    const context = new GpuContext(device, { isSoftware: true });
    const small = Array.from({ length: 64 }, () => context.arena.acquire(2 ** 20));
    for (const buffer of small) context.arena.release(buffer);
    const original = device.createBuffer;
    let asked = 0;
    device.createBuffer = function (descriptor) {
      asked += descriptor.size;
      return original.call(this, descriptor);
    };
    try {
      expect(await context.hasRoomFor([2 ** 25, 2 ** 25])).toBe(true);
    } finally {
      device.createBuffer = original;
    }
    expect(asked).toBeGreaterThan(2 ** 26 - 2 ** 20);
    context.dispose();
  });
});
