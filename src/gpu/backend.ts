/**
 * Chooses the backend: hardware WebGPU first, then WASM, then plain JavaScript.
 *
 * Software WebGPU (SwiftShader, llvmpipe) works, but it is 5 to 40 times slower than the WASM backend.
 * Therefore `auto` never chooses it, but the user may.
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
  /** In its self-test the graphics card computed wrongly, gave no answer, or ended in an error. */
  | 'gpu-wrong-numbers'
  | 'gpu-no-answer'
  | 'gpu-failed'
  | 'requested';

export interface SelectedBackend {
  readonly backend: BackendName;
  /** Human-readable name of the GPU, or of the processor backend with its threads. */
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly reason: BackendReason;
  readonly available: readonly BackendName[];
  readonly threads: number;
  /** Null unless the backend is WebGPU. */
  readonly gpu: Gpu | null;
}

/** The addresses of tfjs's three WASM binaries, which are on the page's own origin. */
export interface WasmPaths {
  readonly 'tfjs-backend-wasm.wasm': string;
  readonly 'tfjs-backend-wasm-simd.wasm': string;
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
}

/**
 * Makes the requested backend the current one of tfjs; `auto` always finds one that works. Whoever
 * replaces the returned backend passes it to {@link releaseBackend} first.
 *
 * @throws `backend-unavailable` when WebGPU or WASM was requested and is not available.
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
      const reason = 'gpu' in navigator ? 'no-adapter' : 'no-webgpu';
      throw mynahError('backend-unavailable', { reason });
    }
    const gpu = await createGpu(adapter);
    registerWebGPUBackend(gpu, adapter.info);
    if (!(await tf.setBackend('webgpu'))) {
      throw mynahError('backend-unavailable', { reason: 'no-device' });
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
    throw mynahError('backend-unavailable', { reason: 'no-webassembly' });
  }
  return selected;
}

/** Selects a backend that needs no GPU: WASM where it starts, else plain JavaScript, which always works. */
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

/** Frees the device of a backend that is about to be replaced. Dispose its tensors first. */
export async function releaseBackend({ gpu }: SelectedBackend): Promise<void> {
  if (gpu === null) return;
  await tf.setBackend('cpu');
  tf.removeBackend('webgpu');
  gpu.device.destroy();
}

/** tfjs itself chooses its binary with threads where the page is cross-origin isolated. */
async function startWasm(wasmPaths: WasmPaths | null): Promise<boolean> {
  try {
    // In Node the package finds its own binary.
    if (wasmPaths) setWasmPaths({ ...wasmPaths });
    return await withDoubledCores(() => tf.setBackend('wasm'));
  } catch {
    // A policy has switched WebAssembly off. Plain JavaScript still works.
    return false;
  }
}

/**
 * Makes tfjs's WASM binary (4.22.0) use all cores, up to 4. The binary starts as many threads as half of
 * `navigator.hardwareConcurrency` and ignores `setThreadsCount`, so this reports twice the number
 * while it starts: a 1024³ matmul on two cores went from 33 to 52 GFLOPS. Delete this when tfjs respects
 * `setThreadsCount`.
 */
async function withDoubledCores<T>(start: () => Promise<T>): Promise<T> {
  const cores = navigator.hardwareConcurrency || 1;
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * cores, configurable: true });
  try {
    return await start();
  } finally {
    // The real value is on the prototype, where ours has hidden it.
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}
