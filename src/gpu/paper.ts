/**
 * A simulated GPUDevice that has limits but neither memory nor a processor. A {@link GpuContext} on it
 * executes a training step in milliseconds, and its counters then say how much memory the step takes on a
 * real device. So the memory plan comes from the same code that will allocate the memory.
 *
 * It implements the part of the interface that `gpu/` calls. Every readback gives zeros.
 */

import type { Tiles } from './kernels/tile-shapes.ts';

export type PaperLimits = Pick<
  GPUSupportedLimits,
  | 'maxBufferSize'
  | 'maxStorageBufferBindingSize'
  | 'maxStorageBuffersPerShaderStage'
  | 'maxComputeWorkgroupsPerDimension'
>;

/** What decides which kernels run and how they cut their work. */
export interface PlannedAdapter {
  readonly limits: PaperLimits;
  readonly isSoftware: boolean;
  /** How products are cut into tiles; the default where it isn't given. */
  readonly tiles?: Tiles;
  /** Whether the kernel variants with subgroups are used; false if it isn't given. */
  readonly usesSubgroups?: boolean;
}

/** WebGPU's default limits, which every device supports. */
export const defaultLimits: PaperLimits = {
  maxBufferSize: 256 * 2 ** 20,
  maxStorageBufferBindingSize: 128 * 2 ** 20,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupsPerDimension: 65_535,
};

const nothing = (): void => {};

const pass = {
  setPipeline: nothing,
  setBindGroup: nothing,
  dispatchWorkgroups: nothing,
  end: nothing,
};

const encoder = {
  beginComputePass: () => pass,
  clearBuffer: nothing,
  copyBufferToBuffer: nothing,
  finish: () => ({}),
};

const queue = { writeBuffer: nothing, submit: nothing, onSubmittedWorkDone: async () => {} };

function paperBuffer({ size }: GPUBufferDescriptor): object {
  return {
    size,
    destroy: nothing,
    mapAsync: async () => {},
    getMappedRange: (offset = 0, bytes = size - offset) => new ArrayBuffer(bytes),
    unmap: nothing,
  };
}

export function paperDevice(limits: PaperLimits): GPUDevice {
  const device = {
    limits,
    features: new Set(),
    queue,
    createBuffer: paperBuffer,
    createShaderModule: () => ({}),
    createBindGroupLayout: () => ({}),
    createPipelineLayout: () => ({}),
    createComputePipeline: () => ({}),
    createComputePipelineAsync: async () => ({}),
    createBindGroup: () => ({}),
    createCommandEncoder: () => encoder,
    addEventListener: nothing,
    removeEventListener: nothing,
  };
  // WebGPU's interfaces are nominal in TypeScript, so no object literal has the type GPUDevice.
  return device as unknown as GPUDevice;
}
