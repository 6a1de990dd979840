/** The GPU context asks the device for room, and what it makes of a driver that throws. */

import { afterAll, describe, expect, test, vi } from 'vitest';
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
      await expect(context.hasRoomFor([2 ** 30])).rejects.toMatchObject({
        data: { details: { reason: 'failed', detail: 'RangeError: no address space left' } },
      });
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

describe(
  'a driver that throws is a device that can’t be used any more',
  onlyWithDevice(dawn),
  () => {
    /** What the context is asked for, and the call of the device that throws under it. */
    const work = async (device: GPUDevice, breakIt: () => void) => {
      const context = new GpuContext(device, { isSoftware: true });
      const tensor = context.upload(Float32Array.of(1, 2), [2]);
      expect([...(await context.read(tensor))]).toEqual([1, 2]);
      breakIt();
      const reading = async () => {
        await context.hasRoomFor([2 ** 20]);
        const copy = context.zeros([2 ** 20]);
        context.copy(tensor, copy);
        return context.read(copy);
      };
      await expect(reading()).rejects.toMatchObject({
        data: { code: 'device-lost', details: { reason: 'failed' } },
      });
      vi.restoreAllMocks();
      context.dispose();
    };
    const error = new DOMException('made up', 'OperationError');
    const fail = (): never => {
      throw error;
    };

    test.each<[call: string, breakIt: (device: GPUDevice) => void]>([
      ['createBuffer', (device) => vi.spyOn(device, 'createBuffer').mockImplementation(fail)],
      ['popErrorScope', (device) => vi.spyOn(device, 'popErrorScope').mockRejectedValue(error)],
      ['submit', ({ queue }) => vi.spyOn(queue, 'submit').mockImplementation(fail)],
      [
        'createCommandEncoder',
        (device) => vi.spyOn(device, 'createCommandEncoder').mockImplementation(fail),
      ],
      [
        'mapAsync',
        (device) => {
          const { createBuffer } = device;
          vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
            const buffer = createBuffer.call(device, descriptor);
            vi.spyOn(buffer, 'mapAsync').mockRejectedValue(error);
            return buffer;
          });
        },
      ],
    ])('in %s', async (_call, breakIt) => {
      const { device } = must(dawn, 'a device');
      await work(device, () => breakIt(device));
    });

    test('and so is one that reports an error', async () => {
      const { device } = must(dawn, 'a device');
      await work(device, () => {
        // Larger than any buffer may be, which the device says a moment later.
        device.createBuffer({ size: 2 ** 50, usage: GPUBufferUsage.STORAGE });
      });
    });
  },
);
