/** The backends of the command-line tools: Dawn, and tfjs's backends in Node. */

import { existsSync } from 'node:fs';
import { createDawnDevice, type DawnDevice } from './dawn.ts';

/** `limits` is the command-line option: `all` limits of the adapter, or the `default` ones of WebGPU. */
export async function requireDevice(limits: string): Promise<DawnDevice> {
  if (limits !== 'all' && limits !== 'default') throw new Error('--adapter-limits all or default');
  const dawn = await createDawnDevice(limits === 'default');
  if (dawn === null) throw new Error('no Vulkan driver: see tests/bench/README.md');
  return dawn;
}

/** The WASM binaries are next to a bundle (`node-bundle.ts`), or else where npm has installed them. */
function wasmFolder(): string {
  const beside = `${import.meta.dirname}/`;
  return existsSync(`${beside}tfjs-backend-wasm-simd.wasm`)
    ? beside
    : `${process.cwd()}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`;
}

export async function tfjsOn(backend: 'webgpu' | 'wasm', dawn: DawnDevice | null): Promise<void> {
  const tf = await import('@tensorflow/tfjs-core');
  if (backend === 'webgpu' && dawn) {
    // tfjs uses WebGPU only if it finds a worker's global scope and a navigator with WebGPU.
    Object.assign(globalThis, { WorkerGlobalScope: Object });
    Object.defineProperty(globalThis, 'navigator', {
      value: { gpu: dawn.gpu },
      configurable: true,
    });
    const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
    tf.registerBackend('webgpu', () => new WebGPUBackend(dawn.device, dawn.adapterInfo), 10);
  } else {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(wasmFolder());
  }
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no ${backend} here`);
}
