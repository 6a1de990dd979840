/**
 * Chooses what computes: hardware WebGPU first, then WASM, then plain JavaScript.
 *
 * Software WebGPU (SwiftShader, llvmpipe) works but loses to the WASM backend by a factor of 5 to
 * 40, so `auto` never takes it; the user can.
 */

import '@tensorflow/tfjs-backend-cpu';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { mynahError } from '../core/errors.ts';
import {
  createGpu,
  describeAdapter,
  type Gpu,
  registerWebGPUBackend,
  requestAdapter,
} from './device.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

export type BackendReason =
  | 'hardware-gpu'
  | 'software-gpu'
  | 'no-webgpu'
  | 'no-adapter'
  /** Its self-test gave wrong numbers: what computes isn't it. */
  | 'gpu-faulty'
  | 'requested';

export interface SelectedBackend {
  readonly backend: BackendName;
  /** Human-readable name of what computes. */
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly reason: BackendReason;
  readonly available: readonly BackendName[];
  readonly threads: number;
  /** Null unless WebGPU computes. */
  readonly gpu: Gpu | null;
}

/** Where the three WASM binaries are served from; the page's own origin. */
export interface WasmPaths {
  readonly 'tfjs-backend-wasm.wasm': string;
  readonly 'tfjs-backend-wasm-simd.wasm': string;
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
}

/**
 * Makes the wished backend tfjs's current one. Throws `webgpu-unavailable` when WebGPU or WASM was
 * wished for and can't be had; `auto` always ends in something that computes.
 */
export async function selectBackend(
  preference: 'auto' | BackendName,
  wasmPaths: WasmPaths | null,
): Promise<SelectedBackend> {
  const adapter = await requestAdapter();
  const available: BackendName[] = adapter ? ['webgpu', 'wasm', 'cpu'] : ['wasm', 'cpu'];
  const isHardware = adapter !== null && !describeAdapter(adapter.info).isSoftware;

  if (preference === 'webgpu' || (preference === 'auto' && isHardware)) {
    if (adapter === null) {
      const reason = 'gpu' in navigator ? 'no adapter' : 'this browser has no WebGPU';
      throw mynahError('webgpu-unavailable', { reason });
    }
    const gpu = await createGpu(adapter);
    registerWebGPUBackend(gpu, adapter.info);
    if (!(await tf.setBackend('webgpu'))) {
      throw mynahError('webgpu-unavailable', { reason: 'tfjs refused the device' });
    }
    const reason = preference === 'auto' ? 'hardware-gpu' : 'requested';
    return {
      backend: 'webgpu',
      adapter: gpu.adapterName,
      isSoftware: gpu.isSoftware,
      reason,
      available,
      threads: 1,
      gpu,
    };
  }

  const whyNotGpu = adapter ? 'software-gpu' : 'gpu' in navigator ? 'no-adapter' : 'no-webgpu';
  const reason = preference === 'auto' ? whyNotGpu : 'requested';
  const selected = await selectWithoutGpu(preference !== 'cpu', wasmPaths, reason, available);
  if (preference === 'wasm' && selected.backend !== 'wasm') {
    throw mynahError('webgpu-unavailable', { reason: 'WebAssembly does not start here' });
  }
  return selected;
}

/** What computes without a GPU: WASM where it starts, else plain JavaScript, which always does. */
export async function selectWithoutGpu(
  useWasm: boolean,
  wasmPaths: WasmPaths | null,
  reason: BackendReason,
  available: readonly BackendName[],
): Promise<SelectedBackend> {
  const common = { isSoftware: true, reason, available, gpu: null };
  if (useWasm && (await startWasm(wasmPaths))) {
    const threads = getThreadsCount();
    const adapter = threads === 1 ? 'WebAssembly, 1 thread' : `WebAssembly, ${threads} threads`;
    return { ...common, backend: 'wasm', adapter, threads };
  }
  await tf.setBackend('cpu');
  return { ...common, backend: 'cpu', adapter: 'JavaScript, 1 thread', threads: 1 };
}

/** Frees what a backend holds that is about to be replaced. Its tensors must be disposed before. */
export async function releaseBackend({ gpu }: SelectedBackend): Promise<void> {
  if (gpu === null) return;
  await tf.setBackend('cpu');
  tf.removeBackend('webgpu');
  gpu.device.destroy();
}

/** Where the page is cross-origin isolated, tfjs takes its binary with threads by itself. */
async function startWasm(wasmPaths: WasmPaths | null): Promise<boolean> {
  try {
    // In Node the package finds its own binary.
    if (wasmPaths) setWasmPaths({ ...wasmPaths });
    return await withDoubledCores(() => tf.setBackend('wasm'));
  } catch {
    // WebAssembly switched off by policy: plain JavaScript still works.
    return false;
  }
}

/**
 * The binary (4.22.0) takes as many threads as half of `navigator.hardwareConcurrency`, at most 4,
 * whatever `setThreadsCount` says. Told twice the number while it starts, it takes all cores, at
 * most 4: a 1024³ matmul on two cores went from 33 to 52 GFLOPS. To be deleted when tfjs heeds
 * `setThreadsCount`.
 */
async function withDoubledCores<T>(start: () => Promise<T>): Promise<T> {
  const cores = navigator.hardwareConcurrency || 1;
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * cores, configurable: true });
  try {
    return await start();
  } finally {
    // The number was on the prototype; ours hid it.
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}
