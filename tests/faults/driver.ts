/** Calls of the graphics driver that throw or are rejected: one after the other, at the start and under the work. */

import assert from 'node:assert/strict';
import { waitForStep, startTraining, ENDLESS, pauseTraining } from '../support/drive-page.ts';
import {
  announceTraining,
  failsInTraining,
  onCard,
  passForHardware,
  useSoftware,
} from './broken-card.ts';
import { type Fault, type FaultGroup, says } from './fault.ts';
import { doTheJob, whatComputes } from './whole-job.ts';

const FAILED = /graphics card reported an error/;

/** The driver computes no norm in the third step, as where a gradient has grown beyond all numbers. */
function breakOneNorm(): void {
  const { createShaderModule, createComputePipeline, createComputePipelineAsync } =
    GPUDevice.prototype;
  const codes = new WeakMap<GPUShaderModule, string>();
  const broken = new WeakMap<GPUComputePipeline, GPUComputePipeline>();
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    const module = createShaderModule.call(this, descriptor);
    codes.set(module, descriptor.code);
    return module;
  };
  const alsoBroken = (
    device: GPUDevice,
    descriptor: GPUComputePipelineDescriptor,
    sound: GPUComputePipeline,
  ) => {
    if (descriptor.label !== 'clip scale') return sound;
    const code = codes.get(descriptor.compute.module) ?? '';
    const module = createShaderModule.call(device, {
      code: code.replace(/let isFinite = .*;/, 'let isFinite = false;'),
    });
    const compute = { ...descriptor.compute, module };
    broken.set(sound, createComputePipeline.call(device, { ...descriptor, compute }));
    return sound;
  };
  GPUDevice.prototype.createComputePipeline = function (descriptor) {
    return alsoBroken(this, descriptor, createComputePipeline.call(this, descriptor));
  };
  GPUDevice.prototype.createComputePipelineAsync = async function (descriptor) {
    return alsoBroken(this, descriptor, await createComputePipelineAsync.call(this, descriptor));
  };
  const { setPipeline } = GPUComputePassEncoder.prototype;
  let norms = 0;
  let isTraining = false;
  addEventListener('training', () => {
    isTraining = true;
  });
  GPUComputePassEncoder.prototype.setPipeline = function (pipeline) {
    const bad = isTraining ? broken.get(pipeline) : undefined;
    if (bad !== undefined) norms++;
    return setPipeline.call(this, bad !== undefined && norms === 12 ? bad : pipeline);
  };
}

const faults: readonly Fault[] = [
  onCard('the worker gets no adapter', /offers no graphics card/, () => {
    GPU.prototype.requestAdapter = async () => null;
  }),
  onCard('a request for an adapter is rejected', /offers no graphics card/, () => {
    GPU.prototype.requestAdapter = () => Promise.reject(new TypeError('blocklisted'));
  }),
  onCard('the device is lost during the self-test', /stopped working/, passForHardware, () => {
    const { createShaderModule } = GPUDevice.prototype;
    let modules = 0;
    GPUDevice.prototype.createShaderModule = function (descriptor) {
      if (++modules === 5) this.destroy();
      return createShaderModule.call(this, descriptor);
    };
  }),
  onCard('large buffers are refused with a RangeError', FAILED, passForHardware, () => {
    const { createBuffer } = GPUDevice.prototype;
    GPUDevice.prototype.createBuffer = function (descriptor) {
      if (descriptor.size > 2 ** 16) throw new RangeError('createBuffer: size is too large');
      return createBuffer.call(this, descriptor);
    };
  }),
  {
    name: 'the adapter promises more than its device has',
    inject: {
      worker() {
        for (const name of ['maxBufferSize', 'maxStorageBufferBindingSize']) {
          Object.defineProperty(GPUSupportedLimits.prototype, name, { get: () => 2 ** 40 });
        }
      },
    },
    act: ({ page }) => useSoftware(page),
    async expect({ page }) {
      const sees = await whatComputes(page);
      return { sees, kept: await doTheJob(page) };
    },
  },
  failsInTraining('every buffer of a training is refused with a RangeError', FAILED, () => {
    const { createBuffer } = GPUDevice.prototype;
    let isTraining = false;
    addEventListener('training', () => {
      isTraining = true;
    });
    GPUDevice.prototype.createBuffer = function (descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      if (isTraining) throw new RangeError('createBuffer: size is too large');
      return buffer;
    };
  }),
  failsInTraining('error scopes are rejected in a training', FAILED, () => {
    addEventListener('training', () => {
      GPUDevice.prototype.popErrorScope = () =>
        Promise.reject(new DOMException('no scope', 'OperationError'));
    });
  }),
  failsInTraining('submitting throws in a training', FAILED, () => {
    addEventListener('training', () => {
      GPUQueue.prototype.submit = () => {
        throw new DOMException('made up', 'OperationError');
      };
    });
  }),
  failsInTraining('mapping is rejected in a training', FAILED, () => {
    let left = 0;
    const { mapAsync } = GPUBuffer.prototype;
    addEventListener('training', () => {
      left ||= 12;
    });
    GPUBuffer.prototype.mapAsync = function (...args) {
      if (left === 1) return Promise.reject(new DOMException('made up', 'OperationError'));
      if (left > 1) left--;
      return mapAsync.apply(this, args);
    };
  }),
  failsInTraining('what was mapped can’t be read in a training', FAILED, () => {
    let left = 0;
    const { getMappedRange } = GPUBuffer.prototype;
    addEventListener('training', () => {
      left ||= 12;
    });
    GPUBuffer.prototype.getMappedRange = function (...args) {
      if (left === 1) throw new RangeError('getMappedRange failed');
      if (left > 1) left--;
      return getMappedRange.apply(this, args);
    };
  }),
  failsInTraining('the kernels of a training can’t be compiled', FAILED, () => {
    addEventListener('training', () => {
      GPUDevice.prototype.createComputePipelineAsync = () =>
        Promise.reject(new DOMException('made up', 'GPUPipelineError'));
    });
  }),
  failsInTraining('the driver reports an error in a training', FAILED, () => {
    addEventListener('training', (event) => {
      const { detail: device } = event as CustomEvent<GPUDevice>;
      const error = new GPUInternalError('made up');
      setTimeout(() =>
        device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error })),
      );
    });
  }),
  {
    name: 'the gradients of one step aren’t finite',
    inject: { worker: [announceTraining, breakOneNorm] },
    act: ({ page }) => useSoftware(page),
    async expect({ page }) {
      await startTraining(page, ENDLESS);
      const sees = await says(page, /step skipped, because its gradients were not finite/);
      assert.match(sees, /^1 step|[^0-9]1 step/);
      const step = await waitForStep(page, 20);
      await pauseTraining(page);
      return { sees, kept: `the training, which went on to step ${step}` };
    },
  },
];

export const driver: FaultGroup = { name: 'driver', faults };
