/** The implementations of `Ops` as subjects of the numeric suites. */

import * as tf from '@tensorflow/tfjs-core';
import { assert, must } from '../../src/core/assert.ts';
import { type ContextOptions, GpuContext } from '../../src/gpu/context.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import type { Subject } from './numeric-suite.ts';

/** The portable operations, on whatever tfjs backend is current when a test runs. */
export function portableSubject(backend: string): Subject {
  const tensors = () => tf.memory().numTensors;
  const tensorsBefore = new WeakMap<Ops, number>();
  return {
    name: backend,
    createOps: () => {
      const before = tensors();
      const ops = new PortableOps();
      tensorsBefore.set(ops, before);
      return ops;
    },
    usage: () => ({ tensors: tensors() }),
    disposeAndCountLeaks: (ops) => {
      // The operations keep tensors of their own until they are disposed, so the count is taken afterwards.
      ops.dispose();
      return tensors() - must(tensorsBefore.get(ops), 'operations of this subject');
    },
  };
}

/** The operations with our own kernels, on a device. */
export function webgpuSubject(
  name: string,
  device: () => GPUDevice,
  options: ContextOptions,
): Subject {
  const arenaOf = (ops: Ops) => {
    assert(ops instanceof WebGPUOps, 'operations of this subject');
    return ops.gpu.arena;
  };
  const buffersBefore = new WeakMap<Ops, number>();
  return {
    name,
    createOps: () => {
      const ops = new WebGPUOps(new GpuContext(device(), options));
      buffersBefore.set(ops, arenaOf(ops).liveBuffers);
      return ops;
    },
    usage: (ops) => {
      const { liveBuffers, liveBytes, heldBytes } = arenaOf(ops);
      return { liveBuffers, liveBytes, heldBytes };
    },
    disposeAndCountLeaks: (ops) => {
      // A disposed context destroys every buffer, leaked or not, so the count is taken before.
      const { liveBuffers } = arenaOf(ops);
      ops.dispose();
      assert(arenaOf(ops).heldBytes === 0, 'no buffer outlives its context');
      return liveBuffers - must(buffersBefore.get(ops), 'operations of this subject');
    },
  };
}
