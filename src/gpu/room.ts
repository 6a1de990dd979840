/** Asks a device for memory before it is needed. */

import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { answerTo, WORK_MS } from './answer.ts';
import { bufferUsage } from './buffers.ts';
import { driverError } from './by-driver.ts';

/** Allocation goes in batches of this size, since some drivers clear what they allocate. */
const BATCH_BYTES = 2 ** 30;

const silent = () => mynahError('device-lost', { reason: 'silent' });

/**
 * Whether the device can allocate buffers of these sizes, less the `heldBytes` that it has already. Allocates
 * what is missing, largest first, and destroys it again. Throws `device-lost` if the driver doesn't say.
 */
export async function canAllocate(
  device: GPUDevice,
  sizes: readonly number[],
  heldBytes: number,
): Promise<boolean> {
  const buffers: GPUBuffer[] = [];
  let missing = sizes.reduce((sum, size) => sum + size, 0) - heldBytes;
  let hasRoom = true;
  try {
    const largestFirst = [...sizes].sort((a, b) => b - a);
    while (hasRoom && missing > 0) {
      device.pushErrorScope('out-of-memory');
      try {
        let batchBytes = 0;
        while (missing > 0 && batchBytes < BATCH_BYTES) {
          const size = must(largestFirst.shift(), 'a size');
          buffers.push(device.createBuffer({ size, usage: bufferUsage() }));
          batchBytes += size;
          missing -= size;
        }
      } finally {
        // Popped even if createBuffer throws, or the scope would swallow later errors.
        hasRoom = (await answerTo(device.popErrorScope(), silent, WORK_MS)) === null;
      }
    }
  } catch (error) {
    throw driverError(error);
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
  return hasRoom;
}
