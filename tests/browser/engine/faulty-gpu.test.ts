/** A graphics driver with a bug, in a real Chromium: the engine notices at its start and does without. */

import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { afterEach, expect, test } from 'vitest';
import threads from '../../../workers/wasm-thread.worker.ts?worker&url';
import { Runtime } from '../../../src/engine/runtime/runtime.ts';
import type { SelfTestReport } from '../../../src/protocol/engine.ts';
import { breakDriver } from '../../support/broken-driver.ts';

const wasmPaths = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  threads: new URL(threads, location.href).href,
};

/** What the engine keeps in its database, here for one test. */
function passedTests() {
  const passed = new Map<string, SelfTestReport>();
  return {
    passed,
    find: async (adapter: string) => passed.get(adapter) ?? null,
    add: async (adapter: string, report: SelfTestReport) => void passed.set(adapter, report),
  };
}

let repair = () => {};
afterEach(() => {
  repair();
  repair = () => {};
});

test('a sound driver passes, and is not tested a second time', async () => {
  const tests = passedTests();
  const first = new Runtime(wasmPaths, tests);
  expect(await first.start('webgpu')).toMatchObject({ backend: 'webgpu', reason: 'requested' });
  expect([...tests.passed.keys()]).toEqual([expect.stringContaining('swiftshader')]);
  const report = first.selfTest;
  expect(report?.ms).toBeGreaterThan(0);
  expect(report?.dispatches).toBeGreaterThan(100);
  // What would fail shows that nothing is tested.
  repair = breakDriver(GPUDevice.prototype, { kernel: 'adamw', code: '1.0 -', instead: '1.1 -' });
  const second = new Runtime(wasmPaths, tests);
  expect(await second.start('webgpu')).toMatchObject({ backend: 'webgpu', reason: 'requested' });
  expect(second.selfTest).toEqual(report);
});

test('one that computes wrongly is passed over, and that is said', async () => {
  repair = breakDriver(GPUDevice.prototype, { kernel: 'adamw', code: '1.0 -', instead: '1.1 -' });
  const tests = passedTests();
  const runtime = new Runtime(wasmPaths, tests);
  const status = await runtime.start('webgpu');
  expect(status).toMatchObject({ backend: 'wasm', reason: 'gpu-wrong-numbers' });
  expect(status.available).not.toContain('webgpu');
  expect(tests.passed.size).toBe(0);
  // The choice stays what it was: asking again changes nothing.
  expect(await runtime.start('webgpu')).toEqual(status);
});

test('so is one that computes wrongly only in the sizes of real models', async () => {
  repair = breakDriver(GPUDevice.prototype, {
    kernel: 'cross entropy',
    code: 'sumExp += dot(',
    instead: 'sumExp += select(0.0, 1.0, q < 8192u) * dot(',
  });
  const runtime = new Runtime(wasmPaths, null);
  expect(await runtime.start('webgpu')).toMatchObject({
    backend: 'wasm',
    reason: 'gpu-wrong-numbers',
  });
});

test('so is one whose compiler refuses a kernel', async () => {
  repair = breakDriver(GPUDevice.prototype, {
    kernel: 'dropout',
    code: 'fn main(',
    instead: 'fn main(nonsense ',
  });
  const runtime = new Runtime(wasmPaths, null);
  expect(await runtime.start('webgpu')).toMatchObject({ backend: 'wasm', reason: 'gpu-failed' });
});

test('and one that gives no answer, which is not said to compute wrongly', async () => {
  const { mapAsync } = GPUBuffer.prototype;
  GPUBuffer.prototype.mapAsync = () => new Promise(() => {});
  repair = () => {
    GPUBuffer.prototype.mapAsync = mapAsync;
  };
  const runtime = new Runtime(wasmPaths, null, { selfTestPatienceMs: 500 });
  expect(await runtime.start('webgpu')).toMatchObject({ backend: 'wasm', reason: 'gpu-no-answer' });
});

test('adapters that the browser says nothing about don’t share a pass: each is tested every time', async () => {
  const info = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'info');
  Object.defineProperty(GPUAdapter.prototype, 'info', {
    configurable: true,
    get: () => ({
      vendor: '',
      architecture: '',
      device: '',
      description: '',
      isFallbackAdapter: true,
    }),
  });
  const mend = breakDriver(GPUDevice.prototype, {
    kernel: 'adamw',
    code: '1.0 -',
    instead: '1.1 -',
  });
  repair = () => {
    mend();
    if (info) Object.defineProperty(GPUAdapter.prototype, 'info', info);
  };
  // Whatever was stored, under any name.
  const runtime = new Runtime(wasmPaths, {
    find: async () => ({ ms: 1, dispatches: 1, gflop: 1 }),
    add: async () => {},
  });
  expect(await runtime.start('webgpu')).toMatchObject({ reason: 'gpu-wrong-numbers' });
});
