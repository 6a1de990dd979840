// @ts-nocheck: peers are not among our dependencies, so their types are missing.
/**
 * `@genai-fi/nanogpt` as a peer: tfjs with kernels of its own, on WebGPU. Its model has RMSNorm and no biases,
 * and like ours learned positions and a tied head; its trainer's step is used unchanged. The package exports
 * neither the trainer nor its own copy of tfjs, so both are found in its files, by what they are.
 */

import { readdirSync } from 'node:fs';

const dist = new URL('./node_modules/@genai-fi/nanogpt/dist/', import.meta.url);

/** What a file of the package exports that passes a test. */
async function found(file, isWanted) {
  return Object.values(await import(new URL(file, dist))).find(isWanted);
}

/** Returns a function that runs one step and returns its loss. */
export async function createStep({ L, C, H, T, B, V }, _options, _random, mixedPrecision = false) {
  const { TeachableLLM, models } = await import(new URL('main.js', dist));
  await TeachableLLM.selectBackend('webgpu');
  const core = readdirSync(dist).filter((name) => /^dist-.*\.js$/.test(name));
  const ops = await Promise.all(
    core.map((file) => found(file, (f) => f.name === 'randomUniform__op')),
  );
  const randomUniform = ops.find((op) => op !== undefined);
  const Trainer = await found('training/BasicTrainer.js', (f) => f.prototype?.trainStep);
  const model = new models.NanoGPTV1({
    ...{ vocabSize: V, blockSize: T, nLayer: L, nHead: H, nEmbed: C },
    ...{ mlpFactor: 4, useRope: false },
  });
  const trainer = new Trainer(model, null, { learningRate: 1e-3, weightDecay: 0.01, clipNorm: 1 });
  trainer.setMixedPrecision(mixedPrecision);
  const xs = randomUniform([B, T], 0, V, 'int32');
  const ys = randomUniform([B, T], 0, V, 'int32');
  return async () => {
    const loss = trainer.trainStep({}, { xs, ys });
    const [value] = await loss.data();
    loss.dispose();
    return value;
  };
}
