/**
 * WebGPU in Node: Dawn (npm `webgpu`) on the machine's Vulkan driver. Absent drivers give null, and
 * the suites skip visibly. `tests/bench/README.md` says how to get a software one.
 */

import { create, globals } from 'webgpu';

Object.assign(globalThis, globals);

export interface DawnDevice {
  readonly gpu: GPU;
  readonly device: GPUDevice;
  readonly adapterInfo: GPUAdapterInfo;
}

let instance: GPU | null = null;

/** What the adapter has, or with `isDefault` only what every WebGPU device has. */
export async function createDawnDevice(isDefault = false): Promise<DawnDevice | null> {
  // The instance must outlive its devices: Dawn frees it with the last reference.
  instance ??= create([]);
  const adapter = await instance.requestAdapter();
  if (adapter === null) return null;
  const requiredLimits: Record<string, number> = {};
  for (const name in adapter.limits) {
    const value = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') requiredLimits[name] = value;
  }
  const device = await adapter.requestDevice(
    isDefault
      ? {}
      : { requiredLimits, requiredFeatures: [...adapter.features] as GPUFeatureName[] },
  );
  return { gpu: instance, device, adapterInfo: adapter.info };
}
