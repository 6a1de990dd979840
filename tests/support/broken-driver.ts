/** Simulates a driver with a bug, which executes one kernel incorrectly. */

/** The kernel's name, a passage of its code, and the code that the driver executes instead. */
export interface Fault {
  readonly kernel: string;
  readonly code: string;
  readonly instead: string;
}

type CreateShaderModule = GPUDevice['createShaderModule'];

/** Breaks a device, or the prototype of all later devices. Returns a function that repairs it. */
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
