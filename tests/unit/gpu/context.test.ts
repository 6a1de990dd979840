/** The GPU context keeps the device's error scopes balanced. */

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
});
