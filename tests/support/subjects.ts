/** The implementations of `Ops` as the numeric suites take them. */

import * as tf from '@tensorflow/tfjs-core';
import { assert } from '../../src/core/assert.ts';
import { type ContextOptions, GpuContext } from '../../src/gpu/context.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import type { Subject } from './numeric-suite.ts';

/** Portable operations on the tfjs backend that is current when a test runs. */
export function portableSubject(backend: string): Subject {
  const usage = () => ({ tensors: tf.memory().numTensors });
  return { name: backend, createOps: () => new PortableOps(), usage, usageAfter: usage };
}

/** Our own kernels on a device. */
export function webgpuSubject(
  name: string,
  device: () => GPUDevice,
  options: ContextOptions,
): Subject {
  const contexts = new Set<GpuContext>();
  return {
    name,
    createOps: () => {
      const context = new GpuContext(device(), options);
      contexts.add(context);
      return new WebGPUOps(context);
    },
    usage: (ops) => {
      assert(ops instanceof WebGPUOps, 'operations of this subject');
      const { liveBuffers, liveBytes, heldBytes } = ops.gpu.arena;
      return { liveBuffers, liveBytes, heldBytes };
    },
    usageAfter: () => {
      const disposed = [...contexts].filter(({ arena }) => arena.heldBytes === 0);
      for (const context of disposed) contexts.delete(context);
      return { contexts: contexts.size };
    },
  };
}
