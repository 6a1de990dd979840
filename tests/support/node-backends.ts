/** What the command-line tools compute on: Dawn, and tfjs's backends in Node. */

import { existsSync } from 'node:fs';
import { createDawnDevice, type DawnDevice } from './dawn.ts';

/** `limits` as on the command line: `all` the adapter has, or WebGPU's `default`. */
export async function requireDevice(limits: string): Promise<DawnDevice> {
  if (limits !== 'all' && limits !== 'default') throw new Error('--adapter-limits all or default');
  const dawn = await createDawnDevice(limits === 'default');
  if (dawn === null) throw new Error('no Vulkan driver: see tests/bench/README.md');
  return dawn;
}

/** WASM's binaries lie beside a bundle (`node-bundle.ts`), else where they are installed. */
function wasmFolder(): string {
  const beside = `${import.meta.dirname}/`;
  return existsSync(`${beside}tfjs-backend-wasm-simd.wasm`)
    ? beside
    : `${process.cwd()}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`;
}

export async function tfjsOn(backend: 'webgpu' | 'wasm', dawn: DawnDevice | null): Promise<void> {
  const tf = await import('@tensorflow/tfjs-core');
  if (backend === 'webgpu' && dawn) {
    // tfjs believes in WebGPU only where it sees a worker and a navigator that has it.
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
