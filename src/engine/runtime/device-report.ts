/** Collects what is worth knowing about the device when something doesn't work on it. */

import { recordedRequests } from '../../core/recorded-requests.ts';
import { describeAdapter, requestAdapter } from '../../gpu/device.ts';
import { kernelHash } from '../../gpu/kernel-hash.ts';
import type { DeviceReport, GpuReport } from '../../protocol/engine.ts';
import type { Runtime } from './runtime.ts';

/** The limits that our kernels and buffers come up against. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

export async function deviceReport(runtime: Runtime): Promise<DeviceReport> {
  return {
    gpu: await gpuReport(),
    gpuHeldBytes: runtime.gpuHeldBytes,
    selfTest: runtime.selfTest,
    kernelHash,
    hasSharedMemory: 'SharedArrayBuffer' in globalThis,
    hasFileSystem: await hasFileSystem(),
    hasLocks: 'locks' in navigator,
    requests: recordedRequests(),
  };
}

async function gpuReport(): Promise<GpuReport | null> {
  // A card that doesn't answer is reported like none: the engine's status says why it isn't used.
  const adapter = await requestAdapter().catch(() => null);
  if (adapter === null) return null;
  const { adapterName, isSoftware } = describeAdapter(adapter.info);
  const limits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  return { name: adapterName, isSoftware, features: [...adapter.features].sort(), limits };
}

async function hasFileSystem(): Promise<boolean> {
  try {
    await navigator.storage.getDirectory();
    return true;
  } catch {
    return false;
  }
}
