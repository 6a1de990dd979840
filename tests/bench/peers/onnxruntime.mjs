// @ts-nocheck: peers are not among our dependencies, so their types are missing.
/**
 * ONNX Runtime Web as a peer for decoding: greedy, with batch size 1. Keys and values stay on its device, and
 * logits are read back.
 */

import { fileURLToPath } from 'node:url';
import { gpt2Onnx } from './gpt2-onnx.mjs';

/** Its memory is shared even without threads, and Dawn for Node accepts no data in shared memory. */
function copySharedMemory() {
  const { writeBuffer } = GPUQueue.prototype;
  GPUQueue.prototype.writeBuffer = function (buffer, offset, data, ...range) {
    const isShared = (data.buffer ?? data) instanceof SharedArrayBuffer;
    return writeBuffer.call(this, buffer, offset, isShared ? data.slice() : data, ...range);
  };
}

/** Returns a function that decodes one token, and starts again when all positions are used. */
export async function createStep(shape, { backend, threads }, random) {
  const isGpu = backend === 'webgpu';
  // Its WebGPU build expects the global scope of a browser's worker.
  if (isGpu) {
    globalThis.self = globalThis;
    copySharedMemory();
  }
  const ort = await import(isGpu ? 'onnxruntime-web/webgpu' : 'onnxruntime-web');
  const dist = fileURLToPath(new URL('./node_modules/onnxruntime-web/dist/', import.meta.url));
  ort.env.wasm.wasmPaths = `file://${dist}`;
  ort.env.wasm.numThreads = isGpu ? 1 : threads;
  ort.env.logLevel = 'error';
  const { L, C, H, T } = shape;
  const file = gpt2Onnx(shape, random);
  const names = Array.from({ length: L }, (_, i) => [`k.${i}`, `v.${i}`]).flat();
  const session = await ort.InferenceSession.create(file, {
    executionProviders: [isGpu ? 'webgpu' : 'wasm'],
    ...(isGpu && {
      preferredOutputLocation: Object.fromEntries(names.map((n) => [`present_${n}`, 'gpu-buffer'])),
    }),
  });
  const int64 = (value) => new ort.Tensor('int64', BigInt64Array.of(BigInt(value)), [1]);
  let position = 0;
  let id = 0;
  let past = {};
  return async () => {
    if (position === 0) {
      id = 0;
      for (const tensor of Object.values(past)) tensor.dispose();
      const empty = () => new ort.Tensor('float32', new Float32Array(0), [1, H, 0, C / H]);
      past = Object.fromEntries(names.map((n) => [`past_${n}`, empty()]));
    }
    const out = await session.run({ id: int64(id), position: int64(position), ...past });
    for (const tensor of Object.values(past)) tensor.dispose();
    past = Object.fromEntries(names.map((n) => [`past_${n}`, out[`present_${n}`]]));
    const logits = out.logits.data;
    id = 0;
    for (let i = 1; i < logits.length; i++) if (logits[i] > logits[id]) id = i;
    position = (position + 1) % T;
    return id;
  };
}
