/** A driver with a bug: what it makes of one kernel isn't what was written. */

/** A kernel by its name, a passage of its code, and what the driver reads instead. */
export interface Fault {
  readonly kernel: string;
  readonly code: string;
  readonly instead: string;
}

type CreateShaderModule = GPUDevice['createShaderModule'];

/** A device, or the prototype of all devices to come; returns what takes the fault away again. */
export function breakDriver(device: GPUDevice, { kernel, code, instead }: Fault): () => void {
  const original: CreateShaderModule = device.createShaderModule;
  device.createShaderModule = function (this: GPUDevice, descriptor) {
    if (descriptor.label !== kernel) return original.call(this, descriptor);
    const broken = descriptor.code.replaceAll(code, instead);
    if (broken === descriptor.code) throw new Error(`${kernel} has no ${code}`);
    return original.call(this, { ...descriptor, code: broken });
  };
  return () => {
    device.createShaderModule = original;
  };
}
