/**
 * WebGPU in Node: Dawn (npm `webgpu`) on the machine's Vulkan driver. Without a driver that it accepts
 * there is no device, and the suites are skipped by name. `tests/bench/README.md` says how to get a
 * software driver.
 */

import { create, globals } from 'webgpu';
import { onlyWhere } from './skipping.ts';

Object.assign(globalThis, globals);

export interface DawnDevice {
  readonly gpu: GPU;
  readonly device: GPUDevice;
  readonly adapterInfo: GPUAdapterInfo;
}

let instance: GPU | null = null;

/** The options of a test or suite that needs a device: without one it is skipped. */
export function onlyWithDevice(device: object | null) {
  return onlyWhere(device !== null, 'Dawn accepts no Vulkan driver of this machine');
}

/** A device with everything that the adapter has, or with `isDefault` only WebGPU's default limits. */
export async function createDawnDevice(isDefault = false): Promise<DawnDevice | null> {
  // The instance must outlive its devices, but Dawn frees it with its last reference.
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
