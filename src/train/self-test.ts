/**
 * Tests whether a graphics adapter computes correctly: the forward and backward pass of a tiny GPT-2 with
 * dropout, an AdamW step, and a decoded token are compared with numbers that PyTorch has computed
 * (`tools/goldens/make.py`). A driver with a bug gives wrong numbers without an error, and training on
 * them would look like training.
 *
 * It runs the same kernels as training, in the variants chosen for the adapter, so they don't have to be
 * compiled again. The weights come from the counter-based generator and are not stored.
 */

import { must } from '../core/assert.ts';
import { complete } from '../core/parts.ts';
import { randomUnit } from '../core/random.ts';
import { type GPT2Config, PLAIN_GPT2 } from '../model/config.ts';
import { GPT2 } from '../model/gpt2.ts';
import type { Parameters } from '../model/model-weights.ts';
import { elementCount } from '../core/shape.ts';
import { parameterShapes } from '../model/weights.ts';
import type { Tensor, TokenBatch } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import { AdamW, defaultAdamW } from './adamw.ts';
import expected from './self-test.json';

const config: GPT2Config = {
  ...PLAIN_GPT2,
  nLayer: 1,
  nHead: 2,
  nEmbd: 64,
  blockSize: 12,
  vocabSize: 97,
  endOfTextId: 0,
};
const SEED = 20261122;
const [B, T, V] = [3, config.blockSize, config.vocabSize];
const MAX_GRAD_NORM = 0.1;
const NOISE_STREAM = 1000;
const LOGITS_STREAM = 1999;
/**
 * Relative to a tensor's norm. Correct adapters are within 1e-5. Drivers may approximate `exp` and `tanh`
 * a little more coarsely; a bug makes errors that are orders of magnitude larger.
 */
const TOLERANCE = 2e-3;

function batch(id: (b: number, t: number) => number): Int32Array {
  return Int32Array.from({ length: B * T }, (_, n) => id(Math.floor(n / T), n % T) % V);
}

function createModel(ops: Ops): GPT2 {
  const parameters: Parameters = new Map();
  [...parameterShapes(config)].forEach(([name, shape], stream) => {
    const offset = name.includes('ln_') && name.endsWith('weight') ? 1 : 0;
    const size = elementCount(shape);
    const value = Float32Array.from(
      { length: size },
      (_, i) => offset + 0.4 * (randomUnit(SEED, stream, i) - 0.5),
    );
    parameters.set(name, ops.tensor(value, shape));
  });
  return new GPT2(ops, config, parameters);
}

/** The dot product of a tensor and noise, which a wrong element anywhere in the tensor changes. */
function noiseProduct(values: Float32Array, stream: number): number {
  return values.reduce((sum, value, i) => sum + value * (randomUnit(SEED, stream, i) - 0.5), 0);
}

/** What was computed wrongly. */
export type FaultInTraining =
  | `gradient of ${string}`
  | 'clipping'
  | 'loss'
  | 'loss after a step'
  | 'logits';

/**
 * Returns what is wrong. Rejects if the device fails. Leaves no tensor behind.
 *
 * @param isDecodingTested Decoding has kernels of its own, which can be left out where compiling is slow.
 */
export async function selfTest(ops: Ops, isDecodingTested: boolean): Promise<FaultInTraining[]> {
  const faults: FaultInTraining[] = [];
  const check = (name: FaultInTraining, found: number, wanted: number, scale: number) => {
    // Negated, so that NaN counts as wrong.
    if (!(Math.abs(found - wanted) <= TOLERANCE * scale)) faults.push(name);
  };
  /** If one read fails, the others may fail later, which must not be unhandled rejections. */
  const read = (tensor: Tensor): Promise<Float32Array> => {
    const values = ops.read(tensor);
    values.catch(() => {});
    return values;
  };
  const model = createModel(ops);
  const optimizer = new AdamW(ops, model.parameters, {
    ...defaultAdamW,
    weightDecay: 0.1,
    maxGradNorm: MAX_GRAD_NORM,
  });
  const tokens: TokenBatch = { ids: batch((b, t) => b * 31 + t * t * 5 + t), B, T };
  const targets = batch((b, t) => b * 17 + t * 23 + 3);
  targets[T + 4] = -100;

  const dropout = { rate: 0.1, seed: SEED, microStep: 5 };
  const { loss, gradients } = model.lossAndGradients(tokens, targets, { scale: 1, dropout });
  const readings = [...gradients].map(async ([name, gradient], index) => {
    const [wanted = 0, norm = 0] = must(byName.get(name), name);
    check(
      `gradient of ${name}`,
      noiseProduct(await read(gradient), NOISE_STREAM + index),
      wanted,
      norm,
    );
  });
  const lossRead = read(loss);
  const scale = complete(ops.clipScale([...gradients.values()], MAX_GRAD_NORM));
  const scaleRead = read(scale);
  optimizer.step(gradients, 1e-2);
  // With the same masks, because other kernels would have to be compiled for a pass without dropout.
  const again = { scale: 1, dropout, into: gradients };
  await Promise.all(readings);
  const { loss: lossAfter } = model.lossAndGradients(tokens, targets, again);
  const lossAfterRead = read(lossAfter);

  try {
    check('loss', (await lossRead)[0] ?? Number.NaN, expected.loss, expected.loss);
    const totalNorm = Math.hypot(...[...byName.values()].map(([, norm = 0]) => norm));
    const wantedScale = MAX_GRAD_NORM / totalNorm;
    check('clipping', (await scaleRead)[0] ?? Number.NaN, wantedScale, wantedScale);
    const after = (await lossAfterRead)[0] ?? Number.NaN;
    check('loss after a step', after, expected.lossAfter, expected.loss - expected.lossAfter);
    if (isDecodingTested) {
      const [wanted = 0, norm = 0] = expected.logits;
      check(
        'logits',
        noiseProduct(await decodedLogits(ops, model, tokens), LOGITS_STREAM),
        wanted,
        norm,
      );
    }
  } finally {
    for (const tensor of [loss, scale, lossAfter, ...gradients.values()]) tensor.dispose();
    optimizer.dispose();
    model.dispose();
  }
  return faults;
}

const byName = new Map<string, readonly number[]>(Object.entries(expected.gradients));

/** The logits of each sequence's last position, decoded after a prompt of all positions before it. */
async function decodedLogits(ops: Ops, model: GPT2, { ids }: TokenBatch): Promise<Float32Array> {
  const prompt = ids.filter((_, n) => n % T < T - 1);
  const last = ids.filter((_, n) => n % T === T - 1);
  const { logits: first, state } = model.startDecoding({ ids: prompt, B, T: T - 1 }, T);
  const logits = model.decode(last, state);
  const values = await ops.read(logits);
  first.dispose();
  logits.dispose();
  model.disposeState(state);
  return values;
}
