/**
 * Kernels, and the cache of the pipelines compiled from them.
 *
 * Bindings follow a convention: binding 0 is the uniform `Params`, with a dynamic offset into the upload
 * buffer; the others are storage buffers. Layouts are explicit, so a variant may leave bindings unused.
 */

import { assert } from '../core/assert.ts';

export interface Kernel {
  readonly name: string;
  /** The WGSL source. */
  readonly code: string;
  /** One letter for each field of `Params`, in order: u for u32, f for f32. */
  readonly params: string;
  /** One letter for each storage buffer: r for read-only, w for read and write. */
  readonly storage: string;
}

/** Values of WGSL `override` constants, which select a kernel variant when the pipeline is compiled. */
export type Constants = Readonly<Record<string, number>>;

export interface Pipeline {
  readonly id: number;
  readonly gpu: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** The size of the kernel's `Params`. */
export function uniformBytes(kernel: Kernel): number {
  return Math.ceil((4 * kernel.params.length) / 16) * 16;
}

/** One cache per device, so that compiled kernels outlive the context that used them. */
const caches = new WeakMap<GPUDevice, PipelineCache>();

export class PipelineCache {
  private readonly device: GPUDevice;
  private readonly layouts = new Map<string, { id: number; gpu: GPUBindGroupLayout }>();
  private readonly modules = new Map<string, GPUShaderModule>();
  private readonly pipelines = new Map<Kernel, Map<string, Pipeline>>();

  private constructor(device: GPUDevice) {
    this.device = device;
  }

  static of(device: GPUDevice): PipelineCache {
    const cache = caches.get(device) ?? new PipelineCache(device);
    caches.set(device, cache);
    return cache;
  }

  get(kernel: Kernel, constants: Constants): Pipeline {
    let variants = this.pipelines.get(kernel);
    if (variants === undefined) {
      variants = new Map();
      this.pipelines.set(kernel, variants);
    }
    const key = JSON.stringify(constants);
    let pipeline = variants.get(key);
    if (pipeline === undefined) {
      pipeline = this.create(kernel, constants);
      variants.set(key, pipeline);
    }
    return pipeline;
  }

  private create(kernel: Kernel, constants: Constants): Pipeline {
    const { name, storage } = kernel;
    assert(
      storage.length <= this.device.limits.maxStorageBuffersPerShaderStage,
      `${name} binds ${storage.length} storage buffers`,
    );
    const layout = this.layout(kernel);
    const gpu = this.device.createComputePipeline({
      label: name,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout.gpu] }),
      compute: { module: this.module(kernel), constants: { ...constants } },
    });
    return { id: layout.id, gpu, layout: layout.gpu };
  }

  private module({ name, code }: Kernel): GPUShaderModule {
    let module = this.modules.get(code);
    if (module === undefined) {
      module = this.device.createShaderModule({ label: name, code });
      this.modules.set(code, module);
    }
    return module;
  }

  private layout(kernel: Kernel): { id: number; gpu: GPUBindGroupLayout } {
    const key = `${uniformBytes(kernel)} ${kernel.storage}`;
    let layout = this.layouts.get(key);
    if (layout === undefined) {
      const entries: GPUBindGroupLayoutEntry[] = [
        {
          binding: 0,
          visibility: GPUShaderStage.COMPUTE,
          buffer: {
            type: 'uniform',
            hasDynamicOffset: true,
            minBindingSize: uniformBytes(kernel),
          },
        },
      ];
      for (const access of kernel.storage) {
        entries.push({
          binding: entries.length,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: access === 'w' ? 'storage' : 'read-only-storage' },
        });
      }
      layout = { id: this.layouts.size, gpu: this.device.createBindGroupLayout({ entries }) };
      this.layouts.set(key, layout);
    }
    return layout;
  }
}
