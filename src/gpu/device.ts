/**
 * Creates the GPUDevice that our kernels run on, and says what is wrong with a graphics card that can't be
 * used.
 *
 * The device has the features and limits that the kernels use and no others, because a driver may refuse
 * what it has promised. It reports its loss and failed allocations.
 */

import { answerTo, pause } from './answer.ts';

export interface Gpu {
  readonly device: GPUDevice;
  /** For example `NVIDIA ada-lovelace` or `SwiftShader`. */
  readonly adapterName: string;
  readonly adapterIdentity: string | null;
  readonly isSoftware: boolean;
  /** Resolves with the platform's reason when the device is lost; never after {@link destroy}. */
  readonly lost: Promise<string>;
  /** Resolves when an allocation fails for the first time. After that, results are wrong. */
  readonly outOfMemory: Promise<void>;
  destroy(): void;
}

export interface AdapterDescription {
  readonly adapterName: string;
  /** Tells this adapter from others as well as the browser can; null if it says nothing about it. */
  readonly adapterIdentity: string | null;
  readonly isSoftware: boolean;
}

/** Why a graphics card that the browser offers isn't used. */
export type GpuFault =
  /** The browser opens no device on it. */
  | 'gpu-refused'
  /** A request for an adapter or a device, or a readback, is never answered. */
  | 'gpu-no-answer'
  /** The device is lost as soon as it is used. */
  | 'gpu-lost'
  /** In its self-test it computed wrongly, or ended in an error. */
  | 'gpu-wrong-numbers'
  | 'gpu-failed'
  /** It passed its self-test, and computed wrongly with the model that was to be trained. */
  | 'gpu-wrong-model';

/** Thrown inside the engine, which then computes without the graphics card. */
export class GpuFaultError extends Error {
  readonly fault: GpuFault;

  constructor(fault: GpuFault, cause?: unknown) {
    super(fault, { cause });
    this.name = 'GpuFaultError';
    this.fault = fault;
  }
}

/** The fault of an error that {@link requestAdapter}, {@link createGpu} or {@link proveAlive} has thrown. */
export function faultOf(error: unknown): GpuFault {
  return error instanceof GpuFaultError ? error.fault : 'gpu-failed';
}

/** Names of software adapters, which are 5 to 40 times slower than the WASM backend. */
const SOFTWARE_ADAPTER = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/**
 * The limits that the kernels and their buffers come up against, and the most that is of use. Every table
 * of a GPT-2 fits into 1 GiB, and whatever is larger is kept in several buffers.
 */
const USED_LIMITS = { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 30 } as const;

/** @param info Undefined in browsers that don't have it. */
export function describeAdapter(info: Partial<GPUAdapterInfo> | undefined): AdapterDescription {
  const { vendor, architecture, device, description, isFallbackAdapter = false } = info ?? {};
  const text = [vendor, architecture, device, description].join(' ');
  const isSoftware = isFallbackAdapter || SOFTWARE_ADAPTER.test(text);
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed GPU';
  const fields = [vendor, architecture, device, description];
  const adapterIdentity = fields.some(Boolean) ? JSON.stringify(fields) : null;
  return { adapterName: name, adapterIdentity, isSoftware };
}

/**
 * Requests an adapter; null where there is no WebGPU or no adapter. Throws `gpu-no-answer` if the request
 * isn't answered.
 */
export async function requestAdapter(): Promise<GPUAdapter | null> {
  // Some browsers have the property without a value where WebGPU is switched off.
  const gpu: GPU | undefined = 'gpu' in navigator ? navigator.gpu : undefined;
  if (!gpu) return null;
  try {
    return await answerTo(gpu.requestAdapter({ powerPreference: 'high-performance' }), silent);
  } catch (error) {
    if (error instanceof GpuFaultError) throw error;
    // With a blocklisted driver the promise rejects instead of resolving to null. Both mean "no adapter".
    return null;
  }
}

/**
 * Creates a device with the features and limits that are used or, if it is refused, with the default ones.
 * The caller destroys it. Throws `gpu-refused` and `gpu-no-answer`.
 */
export async function createGpu(adapter: GPUAdapter): Promise<Gpu> {
  const description = describeAdapter(adapter.info);
  const device = await openDevice(adapter, usedBy(adapter, description)).catch((error: unknown) => {
    if (faultOf(error) === 'gpu-no-answer') throw error;
    return openDevice(adapter, {});
  });
  let isDestroyed = false;
  const lost = new Promise<string>((resolve) => {
    void device.lost.then((info) => {
      if (!isDestroyed) resolve(info.message || info.reason);
    });
  });
  const outOfMemory = new Promise<void>((resolve) => {
    device.addEventListener('uncapturederror', ({ error }) => {
      if (error instanceof GPUOutOfMemoryError) resolve();
    });
  });
  const destroy = () => {
    isDestroyed = true;
    device.destroy();
  };
  return { device, lost, outOfMemory, destroy, ...description };
}

function usedBy(adapter: GPUAdapter, { isSoftware }: AdapterDescription): GPUDeviceDescriptor {
  const requiredLimits: Record<string, number> = {};
  for (const [name, useful] of Object.entries(USED_LIMITS)) {
    const offered = adapter.limits[name as keyof typeof USED_LIMITS];
    requiredLimits[name] = Math.min(offered, useful);
  }
  // Only the kernels for software adapters use subgroups.
  const usesSubgroups = isSoftware && adapter.features.has('subgroups');
  return { requiredLimits, requiredFeatures: usesSubgroups ? ['subgroups'] : [] };
}

async function openDevice(
  adapter: GPUAdapter,
  descriptor: GPUDeviceDescriptor,
): Promise<GPUDevice> {
  try {
    return await answerTo(adapter.requestDevice(descriptor), silent);
  } catch (error) {
    throw error instanceof GpuFaultError ? error : new GpuFaultError('gpu-refused', error);
  }
}

/**
 * Has the device copy and return a few bytes, which shows that it is alive without compiling anything.
 * Throws `gpu-no-answer`, `gpu-lost` and `gpu-failed`.
 */
export async function proveAlive({ device, lost }: Gpu): Promise<void> {
  const copied = async () => {
    const { COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const from = device.createBuffer({ size: 16, usage: COPY_SRC | COPY_DST });
    const to = device.createBuffer({ size: 16, usage: COPY_DST | MAP_READ });
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, to, 0, 16);
    device.queue.submit([encoder.finish()]);
    await Promise.all([to.mapAsync(GPUMapMode.READ), device.queue.onSubmittedWorkDone()]);
    from.destroy();
    to.destroy();
  };
  const loss = lost.then((message): never => {
    throw new GpuFaultError('gpu-lost', message);
  });
  try {
    await answerTo(Promise.race([loss, copied()]), silent);
  } catch (error) {
    if (error instanceof GpuFaultError) throw error;
    // The readback is rejected a moment before the loss is known.
    const isLost = await Promise.race([lost.then(() => true), pause(100).then(() => false)]);
    throw new GpuFaultError(isLost ? 'gpu-lost' : 'gpu-failed', error);
  }
}

const silent = () => new GpuFaultError('gpu-no-answer');
