/**
 * Creates the GPUDevice that our kernels and tfjs's WebGPU backend share.
 *
 * tfjs itself would request a device with few features and limits, and would ignore its errors. Ours has
 * all features and limits of the adapter, and reports its loss and failed allocations.
 */

import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { mynahError } from '../core/errors.ts';

export interface Gpu {
  readonly device: GPUDevice;
  /** For example `NVIDIA ada-lovelace` or `SwiftShader`. */
  readonly adapterName: string;
  readonly isSoftware: boolean;
  /** Resolves with the platform's reason when the device is lost; never if we destroyed it ourselves. */
  readonly lost: Promise<string>;
  /** Resolves when an allocation fails for the first time. After that, results are wrong. */
  readonly outOfMemory: Promise<void>;
}

export interface AdapterDescription {
  readonly adapterName: string;
  readonly isSoftware: boolean;
}

/** Names of software adapters, which are 5 to 40 times slower than the WASM backend. */
const SOFTWARE_ADAPTER = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

export function describeAdapter(info: GPUAdapterInfo): AdapterDescription {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const text = [vendor, architecture, device, description].join(' ');
  const isSoftware = isFallbackAdapter || SOFTWARE_ADAPTER.test(text);
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed GPU';
  return { adapterName: name, isSoftware };
}

/** Requests an adapter; null where there is no WebGPU or no adapter. */
export async function requestAdapter(): Promise<GPUAdapter | null> {
  if (!('gpu' in navigator)) return null;
  try {
    return await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    // With a blocklisted driver the promise rejects instead of resolving to null. Both mean "no adapter".
    return null;
  }
}

/**
 * Creates a device with every feature and limit of the adapter. The caller destroys it.
 *
 * @throws `backend-unavailable` when the adapter gives no device.
 */
export async function createGpu(adapter: GPUAdapter): Promise<Gpu> {
  const requiredLimits: Record<string, number> = {};
  // GPUSupportedLimits has its values on the prototype, which `for in` visits and Object.keys doesn't.
  for (const name in adapter.limits) {
    const value = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') requiredLimits[name] = value;
  }
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({
      requiredFeatures: [...adapter.features] as GPUFeatureName[],
      requiredLimits,
    });
  } catch (error) {
    throw mynahError('backend-unavailable', { reason: 'no-device' }, error);
  }
  const lost = new Promise<string>((resolve) => {
    void device.lost.then((info) => {
      if (info.reason !== 'destroyed') resolve(info.message || info.reason);
    });
  });
  const outOfMemory = new Promise<void>((resolve) => {
    device.addEventListener('uncapturederror', ({ error }) => {
      if (error instanceof GPUOutOfMemoryError) resolve();
    });
  });
  return { device, lost, outOfMemory, ...describeAdapter(adapter.info) };
}

/**
 * Makes tfjs use the device for its `webgpu` backend. tfjs doesn't destroy the device;
 * `releaseBackend` does.
 */
export function registerWebGPUBackend(gpu: Gpu, adapterInfo: GPUAdapterInfo): void {
  // The import of tfjs's backend registers it, and `releaseBackend` removes it. Removing it twice would
  // throw.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(gpu.device, adapterInfo), 10);
}
