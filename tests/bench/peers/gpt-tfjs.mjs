// @ts-nocheck: peers are not among our dependencies, so their types are missing.
/**
 * gpt-tfjs as a peer, on tfjs's WebGPU backend, with its own model and `train`, unchanged. Its head is not tied.
 * Every iteration ends with a callback, which waits until the next step is requested.
 */

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Returns a function that runs one step and returns its loss. */
export async function createStep({ L, C, H, T, B, V }, { gpu }, random) {
  const tf = require('@tensorflow/tfjs');
  const { WebGPUBackend } = require('@tensorflow/tfjs-backend-webgpu');
  // It requests a device with limits that are too low for some shapes.
  const adapter = await gpu.requestAdapter();
  const requiredLimits = {};
  for (const name in adapter.limits) {
    if (typeof adapter.limits[name] === 'number') requiredLimits[name] = adapter.limits[name];
  }
  const device = await adapter.requestDevice({
    requiredLimits,
    requiredFeatures: [...adapter.features],
  });
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 10);
  await tf.setBackend('webgpu');
  const { model } = require('gpt-tfjs');
  const lm = model.GPTLMHeadModel({
    ...{ nLayer: L, nHead: H, nEmbd: C, vocabSize: V, blockSize: T },
    ...{ dropout: 0, embdDrop: 0, residDrop: 0, attnDrop: 0, bias: true, debug: false },
  });
  // Its embeddings are initialized to zero, with which it would learn nothing.
  for (const weight of lm.model.weights) {
    if (weight.shape.length === 2) {
      weight.write(
        tf.tensor(
          Float32Array.from({ length: weight.val.size }, () => 0.07 * (random() - 0.5)),
          weight.shape,
        ),
      );
    }
  }
  const ids = () => Array.from({ length: T }, () => Math.floor(V * random()));
  const examples = Array.from({ length: B }, () => ({
    x: tf.tensor1d(ids(), 'int32'),
    y: tf.oneHot(tf.tensor1d(ids(), 'int32'), V).toFloat(),
  }));
  let finished;
  let next;
  const asked = () =>
    new Promise((resolve) => {
      next = resolve;
    });
  let start = asked();
  void start.then(() =>
    lm.train(tf.data.array(examples), {
      ...{ epochs: null, maxIter: 1e9, batchSize: B, shuffle: 'none', lr: 1e-3 },
      callbacks: [
        async (_, loss) => {
          start = asked();
          finished(loss);
          await start;
        },
      ],
    }),
  );
  return () => {
    const loss = new Promise((resolve) => {
      finished = resolve;
    });
    next();
    return loss;
  };
}
