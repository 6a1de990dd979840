/**
 * GPT-2 in plain tfjs operations in a real Chromium: on tfjs's WebGPU backend over a device of our
 * own, and on the WASM binaries the page ships.
 */

import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import threads from '../../../workers/wasm-thread.worker.ts?worker&url';
import { must } from '../../../src/core/assert.ts';
import { selectBackend } from '../../../src/gpu/backend.ts';
import { type Golden, parseGolden } from '../../support/goldens.ts';
import { describeDeterminismAndLeaks, describeGoldenParity } from '../../support/numeric-suite.ts';
import { portableSubject } from '../../support/subjects.ts';

const wasmPaths = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  threads: new URL(threads, location.href).href,
};

const goldens = new Map<string, Golden>();

beforeAll(async () => {
  for (const name of ['tiny', 'odd']) {
    const response = await fetch(`/tests/goldens/${name}.safetensors`);
    goldens.set(name, parseGolden(new Uint8Array(await response.arrayBuffer())));
  }
});

const golden = (name: string) => () => must(goldens.get(name), name);

describe.each(['webgpu', 'wasm'] as const)('%s', (backend) => {
  beforeAll(async () => {
    const selected = await selectBackend(backend, wasmPaths);
    expect(selected.backend).toBe(backend);
    // The page itself has no use for tfjs's WebGPU backend.
    if (selected.gpu !== null) {
      const { device } = selected.gpu;
      tf.removeBackend('webgpu');
      tf.registerBackend('webgpu', () => new WebGPUBackend(device, device.adapterInfo));
      await tf.setBackend('webgpu');
    }
    expect(tf.getBackend()).toBe(backend);
  });
  const subject = portableSubject(backend);
  describeGoldenParity(subject, { tiny: golden('tiny') });
  // On WebGPU the page computes with kernels of our own (tests/browser/ops); these operations are
  // the oracle there, and a software GPU takes minutes over their hundreds of dispatches a step.
  if (backend === 'wasm') {
    describeGoldenParity(subject, { odd: golden('odd') });
    describeDeterminismAndLeaks(subject, golden('tiny'));
  }
});

describe('choosing what computes', () => {
  test('software WebGPU is not taken unasked: WASM is faster', async () => {
    const selected = await selectBackend('auto', wasmPaths);
    expect(selected).toMatchObject({ backend: 'wasm', reason: 'software-gpu', isSoftware: true });
    expect(selected.available).toContain('webgpu');
  });

  test('software WebGPU is used when requested, and named', async () => {
    const selected = await selectBackend('webgpu', wasmPaths);
    expect(selected).toMatchObject({ backend: 'webgpu', reason: 'requested', isSoftware: true });
    expect(selected.adapter).toMatch(/swiftshader/i);
  });
});
