/**
 * Chooses the backend: hardware WebGPU first, then WASM, then plain JavaScript.
 *
 * Software WebGPU (SwiftShader, llvmpipe) works, but it is 5 to 40 times slower than the WASM backend.
 * Therefore `auto` never chooses it, but the user may.
 */

import '@tensorflow/tfjs-backend-cpu';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { MynahError, mynahError } from '../core/errors.ts';
import {
  createGpu,
  describeAdapter,
  type Gpu,
  type GpuFault,
  faultOf,
  proveAlive,
  requestAdapter,
} from './device.ts';
import { withThreadsFrom } from './wasm-threads.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

export type BackendReason =
  | 'hardware-gpu'
  | 'software-gpu'
  | 'no-webgpu'
  | 'no-adapter'
  | GpuFault
  /** There is a sound graphics card, which takes longer for a model as small as this. */
  | 'processor-faster'
  | 'requested';

/** Why WebAssembly doesn't compute. */
export type WasmFault =
  /** The browser doesn't have it, as some that are hardened. */
  | 'no-webassembly'
  /** The browser or a policy lets nothing be compiled. */
  | 'wasm-refused'
  /** Its binary could not be loaded or started. */
  | 'wasm-failed';

export interface SelectedBackend {
  readonly backend: BackendName;
  /** Human-readable name of the GPU, or of the processor backend with its threads. */
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly reason: BackendReason;
  /** Null unless WASM was tried. */
  readonly wasmFault: WasmFault | null;
  readonly available: readonly BackendName[];
  readonly threads: number;
  /** Null unless the backend is WebGPU. */
  readonly gpu: Gpu | null;
}

/** The addresses of tfjs's three WASM binaries and of their threads' script, on the page's own origin. */
export interface WasmPaths {
  readonly 'tfjs-backend-wasm.wasm': string;
  readonly 'tfjs-backend-wasm-simd.wasm': string;
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
  /** The script of a thread, `workers/wasm-thread.worker.ts`. */
  readonly threads: string;
}

/**
 * Finds a backend that works, whatever fails: a graphics card at fault is passed over, also where WebGPU
 * was requested. On WASM and plain JavaScript, the backend becomes the current one of tfjs. Whoever
 * replaces the returned backend passes it to {@link releaseBackend} first.
 *
 * @throws `backend-unavailable` when WebGPU was requested and the browser offers no graphics card, or
 *   when WASM was requested and doesn't run.
 */
export async function selectBackend(
  preference: 'auto' | BackendName,
  wasmPaths: WasmPaths | null,
): Promise<SelectedBackend> {
  let whyNotGpu: BackendReason = 'gpu' in navigator ? 'no-adapter' : 'no-webgpu';
  let offersGpu = false;
  try {
    const adapter = await requestAdapter();
    if (adapter !== null) {
      const { isSoftware } = describeAdapter(adapter.info);
      if (preference === 'webgpu' || (preference === 'auto' && !isSoftware)) {
        return await selectGpu(adapter, preference === 'auto' ? 'hardware-gpu' : 'requested');
      }
      whyNotGpu = 'software-gpu';
      offersGpu = true;
    } else if (preference === 'webgpu') {
      const reason = 'gpu' in navigator ? 'no-adapter' : 'no-webgpu';
      throw mynahError('backend-unavailable', { reason });
    }
  } catch (error) {
    if (error instanceof MynahError) throw error;
    // Whatever else the driver throws is its fault as well.
    whyNotGpu = faultOf(error);
  }
  const isWished = preference === 'wasm' || preference === 'cpu';
  const reason = isWished ? 'requested' : whyNotGpu;
  const selected = await selectWithoutGpu(preference !== 'cpu', wasmPaths, reason, offersGpu);
  if (preference === 'wasm' && selected.backend !== 'wasm') {
    throw mynahError('backend-unavailable', { reason: 'no-webassembly' });
  }
  return selected;
}

async function selectGpu(
  adapter: GPUAdapter,
  reason: 'hardware-gpu' | 'requested',
): Promise<SelectedBackend> {
  const gpu = await createGpu(adapter);
  try {
    await proveAlive(gpu);
  } catch (error) {
    gpu.destroy();
    throw error;
  }
  return {
    backend: 'webgpu',
    adapter: gpu.adapterName,
    isSoftware: gpu.isSoftware,
    reason,
    wasmFault: null,
    available: ['webgpu', 'wasm', 'cpu'],
    threads: 1,
    gpu,
  };
}

/** Selects a backend that needs no GPU: WASM where it starts, else plain JavaScript, which always works. */
export async function selectWithoutGpu(
  useWasm: boolean,
  wasmPaths: WasmPaths | null,
  reason: BackendReason,
  offersGpu = false,
): Promise<SelectedBackend> {
  const wasmFault = useWasm ? await startWasm(wasmPaths) : null;
  const available: BackendName[] = ['cpu'];
  if (wasmFault === null) available.unshift('wasm');
  if (offersGpu) available.unshift('webgpu');
  const common = { isSoftware: true, reason, wasmFault, available, gpu: null };
  if (useWasm && wasmFault === null) {
    const threads = getThreadsCount();
    const adapter = threads === 1 ? 'WebAssembly, 1 thread' : `WebAssembly, ${threads} threads`;
    return { ...common, backend: 'wasm', adapter, threads };
  }
  await tf.setBackend('cpu');
  return { ...common, backend: 'cpu', adapter: 'JavaScript, 1 thread', threads: 1 };
}

/** Frees the device of a backend that is about to be replaced. Dispose its tensors first. */
export function releaseBackend({ gpu }: SelectedBackend): void {
  gpu?.destroy();
}

/** The priority with which tfjs's package registers it, which counts for nothing here. */
const WASM_PRIORITY = 2;

/**
 * Gives back the memory of WASM, which never shrinks, and ends its threads. It can be started again. Dispose its
 * tensors first.
 */
export function stopWasm(): void {
  const start = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', start, WASM_PRIORITY);
}

const WASM_THREADS = 'WASM_HAS_MULTITHREAD_SUPPORT';
/** An empty module. */
const EMPTY_WASM = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
/** How long the binary's threads may take to start, where something may keep them from it for ever. */
const THREADS_MS = 20_000;
let areWasmPathsSet = false;

/**
 * Makes WASM the current backend of tfjs; returns why that isn't possible, or null. tfjs chooses its binary
 * with threads where the page is cross-origin isolated. If that one doesn't start, because memory may not
 * be shared or no threads may be started, the one without threads is tried.
 */
async function startWasm(wasmPaths: WasmPaths | null): Promise<WasmFault | null> {
  if (typeof WebAssembly === 'undefined') return 'no-webassembly';
  try {
    new WebAssembly.Module(EMPTY_WASM);
  } catch {
    return 'wasm-refused';
  }
  // In Node the package finds its own binaries. Setting the paths a second time may throw.
  if (wasmPaths && !areWasmPathsSet) {
    const { threads: _, ...binaries } = wasmPaths;
    setWasmPaths(binaries);
  }
  areWasmPathsSet = true;
  if (tf.getBackend() === 'wasm') return null;
  const hasThreads = await tf.env().getAsync(WASM_THREADS);
  if (hasThreads) {
    const patience = new Promise<false>((resolve) => setTimeout(resolve, THREADS_MS, false));
    if (await Promise.race([trySetWasm(wasmPaths), patience])) return null;
    tf.env().set(WASM_THREADS, false);
  }
  return (await trySetWasm(wasmPaths)) ? null : 'wasm-failed';
}

async function trySetWasm(wasmPaths: WasmPaths | null): Promise<boolean> {
  const start = () => withDoubledCores(() => tf.setBackend('wasm'));
  try {
    return await (wasmPaths === null ? start() : withThreadsFrom(wasmPaths.threads, start));
  } catch {
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
