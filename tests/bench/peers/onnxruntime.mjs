// @ts-nocheck: a peer is no dependency of ours, so its types aren't here.
/**
 * ONNX Runtime Web as a peer in decoding: greedy, batch 1, keys and values kept where it computes,
 * logits read back.
 */

import { fileURLToPath } from 'node:url';
import { gpt2Onnx } from './gpt2-onnx.mjs';

/** Its memory is shared, as if it had threads, and Dawn for Node takes no data from shared memory. */
function copySharedMemory() {
  const { writeBuffer } = GPUQueue.prototype;
  GPUQueue.prototype.writeBuffer = function (buffer, offset, data, ...range) {
    const isShared = (data.buffer ?? data) instanceof SharedArrayBuffer;
    return writeBuffer.call(this, buffer, offset, isShared ? data.slice() : data, ...range);
  };
}

/** A function that decodes one token; it starts anew when the positions are used up. */
export async function createStep(shape, { backend, threads }, random) {
  const isGpu = backend === 'webgpu';
  // Its WebGPU build expects a browser's worker.
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
