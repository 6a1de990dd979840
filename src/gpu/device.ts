/**
 * Our own GPUDevice under tfjs's WebGPU backend.
 *
 * tfjs asks for a device with few features and limits and listens to no error. Ours has everything
 * the adapter offers, and its loss and failed allocations are heard.
 */

import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { mynahError } from '../core/errors.ts';

export interface Gpu {
  readonly device: GPUDevice;
  /** `NVIDIA ada-lovelace`, `SwiftShader`. */
  readonly adapterName: string;
  readonly isSoftware: boolean;
  /** Resolves when the device is gone, with the platform's reason; never when we destroyed it. */
  readonly lost: Promise<string>;
  /** Resolves at the first allocation that failed: its buffer is invalid, results are rubbish. */
  readonly outOfMemory: Promise<void>;
}

export interface AdapterDescription {
  readonly adapterName: string;
  readonly isSoftware: boolean;
}

/** Rasterisers on the processor: slower than the WASM backend by a factor of 5 to 40. */
const SOFTWARE_ADAPTER = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

export function describeAdapter(info: GPUAdapterInfo): AdapterDescription {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const text = [vendor, architecture, device, description].join(' ');
  const isSoftware = isFallbackAdapter || SOFTWARE_ADAPTER.test(text);
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed GPU';
  return { adapterName: name, isSoftware };
}

/** Null where there is no WebGPU or no adapter: the caller decides what that means. */
export async function requestAdapter(): Promise<GPUAdapter | null> {
  if (!('gpu' in navigator)) return null;
  try {
    return await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    // A blocklisted driver rejects instead of resolving to null; both mean the same to the caller.
    return null;
  }
}

/** A device with every feature and limit of the adapter. Throws `webgpu-unavailable`. */
export async function createGpu(adapter: GPUAdapter): Promise<Gpu> {
  const requiredLimits: Record<string, number> = {};
  // GPUSupportedLimits keeps its values on the prototype: `for in` sees them, Object.keys doesn't.
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
    throw mynahError('webgpu-unavailable', { reason: 'the adapter gives no device' }, error);
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

/** Puts the device under tfjs as its `webgpu` backend, which doesn't destroy it: see `releaseBackend`. */
export function registerWebGPUBackend(gpu: Gpu, adapterInfo: GPUAdapterInfo): void {
  // Importing tfjs's backend registers it, `releaseBackend` takes it away; removing twice throws.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(gpu.device, adapterInfo), 10);
}
