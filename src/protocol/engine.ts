/** What computes, and how safely the results are stored. This file has types only. */

import type { ErrorData } from '../core/errors.ts';
import type { RecordedRequest } from '../core/recorded-requests.ts';

export type Backend = 'webgpu' | 'wasm' | 'cpu';

/**
 * `auto` chooses the fastest available backend; another one that isn't available throws
 * `backend-unavailable`.
 */
export type BackendPreference = 'auto' | Backend;

export interface EngineStatus {
  readonly backend: Backend;
  /** A readable name, for example `NVIDIA ada-lovelace` or `SwiftShader`; the page shows it of graphics cards only. */
  readonly adapter: string;
  /** True for software WebGPU, for WASM and for plain JavaScript. */
  readonly isSoftware: boolean;
  /** Why this backend was chosen. The page has a sentence for each reason. */
  readonly reason:
    | 'hardware-gpu'
    | 'software-gpu'
    | 'no-webgpu'
    | 'no-adapter'
    /** The browser has a graphics card, but opens no device on it. */
    | 'gpu-refused'
    /** The graphics card, or the browser about it, didn't answer. */
    | 'gpu-no-answer'
    /** The graphics card was lost as soon as it was used, or again and again at the same place. */
    | 'gpu-lost'
    /** In its self-test the graphics card computed wrongly, or ended in an error. */
    | 'gpu-wrong-numbers'
    | 'gpu-failed'
    /** It passed its self-test, and then computed wrongly with the whole model that was to be trained. */
    | 'gpu-wrong-model'
    /** The graphics card is sound, but takes longer for a model as small as the one that is trained. */
    | 'processor-faster'
    | 'requested';
  /** The graphics card that computes other models, if the reason is `processor-faster`; else null. */
  readonly standsInFor: string | null;
  /** Why WebAssembly doesn't compute; null if it does, or if it wasn't tried. */
  readonly wasmFault:
    | 'no-webassembly' // the browser doesn't have it
    | 'wasm-refused' // the browser or a policy doesn't let it run
    | 'wasm-failed' // it could not be loaded or started
    | null;
  readonly available: readonly Backend[];
  readonly threads: number;
}

/** How safely the engine keeps what is made. */
export interface Keeping {
  /** Why nothing is stored and everything is kept in memory only; null if all is well. */
  readonly notKept: Extract<ErrorData, { code: 'storage-blocked' | 'storage-quota' }> | null;
  /** The browser can't tell whether Mynah is open in another tab, so it is assumed that it isn't. */
  readonly oneTabAssumed: boolean;
}

/** What the browser tells about its graphics card, whether that computes or not. */
export interface GpuReport {
  readonly name: string;
  readonly isSoftware: boolean;
  /** Of WebGPU's optional features, those that the adapter offers, by their names in the standard. */
  readonly features: readonly string[];
  /** What the adapter allows of the limits that our kernels and buffers come up against, by name. */
  readonly limits: Readonly<Record<string, number>>;
}

/** How long a graphics card took for its self-test, compilation included, and what it had to do. */
export interface SelfTestReport {
  readonly ms: number;
  readonly dispatches: number;
  /** Operations, those that stand for the time of memory included. */
  readonly gflop: number;
}

/** What the engine knows about the device, for a bug report. */
export interface DeviceReport {
  /** Null if the browser offers no adapter, or doesn't answer. */
  readonly gpu: GpuReport | null;
  /** Bytes that are held on the graphics card now; null if it doesn't compute. */
  readonly gpuHeldBytes: number | null;
  /** The last self-test of the card that computes, maybe of an earlier visit; null if no card computes. */
  readonly selfTest: SelfTestReport | null;
  /** Which version of the kernels this is. */
  readonly kernelHash: string;
  readonly hasSharedMemory: boolean;
  /** Whether the origin's private file system can be opened. */
  readonly hasFileSystem: boolean;
  readonly hasLocks: boolean;
  /** The requests that the engine's thread has made. */
  readonly requests: readonly RecordedRequest[];
}

export interface StorageInfo {
  /** What the browser estimates; null where it doesn't say. */
  readonly estimate: { readonly usageBytes: number; readonly quotaBytes: number } | null;
  readonly persisted: boolean;
}
