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

/** A kernel with the constants of one of its variants: what a pipeline is compiled from. */
export interface Program {
  readonly kernel: Kernel;
  readonly constants: Constants;
}

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

  /** Everything that was compiled. */
  get programs(): readonly Program[] {
    return [...this.pipelines].flatMap(([kernel, variants]) =>
      [...variants.keys()].map((key) => ({ kernel, constants: JSON.parse(key) as Constants })),
    );
  }

  /**
   * Compiles what isn't compiled yet, all of it at once, as browsers do it on several threads.
   *
   * @throws What the browser says of a kernel that can't be compiled.
   */
  async compile(
    programs: readonly Program[],
    onProgress: (done: number, count: number) => void,
  ): Promise<void> {
    const missing = programs.filter(
      ({ kernel, constants }) => !this.pipelines.get(kernel)?.has(JSON.stringify(constants)),
    );
    let done = 0;
    const compileOne = async ({ kernel, constants }: Program): Promise<void> => {
      const { id, gpu: layout, descriptor } = this.describe(kernel, constants);
      const gpu = await this.device.createComputePipelineAsync(descriptor);
      const variants = this.pipelines.get(kernel) ?? new Map<string, Pipeline>();
      this.pipelines.set(kernel, variants);
      variants.set(JSON.stringify(constants), { id, gpu, layout });
      onProgress(++done, missing.length);
    };
    await Promise.all(missing.map(compileOne));
  }

  private create(kernel: Kernel, constants: Constants): Pipeline {
    const { id, gpu: layout, descriptor } = this.describe(kernel, constants);
    return { id, gpu: this.device.createComputePipeline(descriptor), layout };
  }

  private describe(kernel: Kernel, constants: Constants) {
    const { name, storage } = kernel;
    assert(
      storage.length <= this.device.limits.maxStorageBuffersPerShaderStage,
      `${name} binds ${storage.length} storage buffers`,
    );
    const layout = this.layout(kernel);
    const descriptor: GPUComputePipelineDescriptor = {
      label: name,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout.gpu] }),
      compute: { module: this.module(kernel), constants: { ...constants } },
    };
    return { ...layout, descriptor };
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
