/**
 * A GPUDevice on paper: it has limits and nothing else. A {@link GpuContext} on it does all it does on a
 * real one, in milliseconds, and its counters say what that would have held there. So a plan of memory is
 * made by the code that will use the memory.
 *
 * It implements what `gpu/` calls; a read gives zeros.
 */

export type PaperLimits = Pick<
  GPUSupportedLimits,
  | 'maxBufferSize'
  | 'maxStorageBufferBindingSize'
  | 'maxStorageBuffersPerShaderStage'
  | 'maxComputeWorkgroupsPerDimension'
>;

/** What every WebGPU device has. */
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
    createBindGroup: () => ({}),
    createCommandEncoder: () => encoder,
    addEventListener: nothing,
    removeEventListener: nothing,
  };
  // The platform's interfaces are nominal: no object of ours could be one.
  return device as unknown as GPUDevice;
}
