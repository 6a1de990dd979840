/**
 * Mixes trained weights with those of the base model: w = base + share · (trained − base), with the share of
 * the training chosen on held-out tweets. Robust fine-tuning (WiSE-FT, Wortsman et al., arXiv:2109.01903). It
 * takes back some of what a run has learned by heart, and costs a few validation losses.
 *
 * For a LoRA adapter this is the same as scaling its matrices B, which are zero in a new adapter.
 */

import { must } from '../core/assert.ts';
import { elementCount } from '../core/shape.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import type { Moments } from './adamw.ts';
import type { Trainer } from './trainer.ts';

/** What is tried after 1, the trained weights as they are, in this order. */
const SHARES = [0.9, 0.8, 0.7, 0.6, 0.5, 0.25];

/** The elements of a parameter in order; null for one that isn't there. */
export type StoredValues = (name: string) => AsyncIterable<Float32Array> | null;

export interface Mixture {
  /** The share of the training in the weights; 1 if they are as trained. */
  readonly share: number;
  /** On held-out tweets, with that share. */
  readonly validationLoss: number;
}

/** The values with which LoRA begins: zero for B, while A stays as trained. */
export function adapterBase(shapes: ReadonlyMap<string, readonly number[]>): StoredValues {
  return (name) => {
    if (!name.endsWith('.lora_B.weight')) return null;
    const size = elementCount(must(shapes.get(name), name));
    return (async function* () {
      yield new Float32Array(size);
    })();
  };
}

/**
 * Puts the weights into the model that a training ends with: the trained ones, mixed with those of the base
 * where that lowers the validation loss. It tries smaller and smaller shares of the training for as long as
 * that falls.
 *
 * The memory of the optimizer's moments holds the two sets of weights, so nothing is allocated that training
 * didn't need. Afterwards the trainer can't step any more. Throws what `trained` and `base` throw; then the
 * model has the weights that it had.
 *
 * @param trained The weights of an earlier step, if those were better than the model's present ones.
 * @param base Null if nothing is to be mixed.
 * @param validationLoss That of the trained weights.
 * @param onPart Is told of each block of held-out tweets. It often ends before all are done, because a smaller share
 *   isn't tried when the loss has risen.
 */
export async function settleWeights(
  ops: Ops,
  trainer: Trainer,
  {
    trained,
    base,
    validationLoss,
    onPart,
  }: {
    readonly trained: StoredValues | null;
    readonly base: StoredValues | null;
    readonly validationLoss: number;
    readonly onPart?: ((done: number, count: number) => void) | undefined;
  },
): Promise<Mixture> {
  const weights = trainer.model.trainable;
  const moments = trainer.optimizer.surrenderMoments();
  try {
    const names = [...weights.keys()];
    const mixed: string[] = [];
    for (const name of names) {
      if (await overwrite(ops, moments, name, 'v', base)) mixed.push(name);
      await overwrite(ops, moments, name, 'm', trained);
    }
    if (trained === null) copyInto(ops, weights, moments, mixed);
    const mix = (of: readonly string[], share: number) => {
      const slots = of.map((name) => {
        const { m, v } = must(moments.get(name), name);
        // Only this gives exactly the trained weights.
        const from = share === 1 ? m : v;
        return { name, value: must(weights.get(name), name), base: from, trained: m };
      });
      ops.mix(slots, share);
      for (const { name, value } of slots) weights.set(name, value);
    };
    if (trained !== null) mix(names, 1);
    let best: Mixture = { share: 1, validationLoss };
    if (mixed.length === 0) return best;
    for (const [tried, share] of SHARES.entries()) {
      mix(mixed, share);
      const onBlock = (done: number, count: number) =>
        onPart?.(tried * count + done, SHARES.length * count);
      const loss = must(await trainer.validationLoss(undefined, onBlock), 'held-out tweets');
      if (loss >= best.validationLoss) break;
      best = { share, validationLoss: loss };
    }
    mix(mixed, best.share);
    return best;
  } finally {
    for (const { m, v } of moments.values()) {
      m.dispose();
      v.dispose();
    }
  }
}

/** Overwrites what was a moment with values, and returns whether there are any. */
async function overwrite(
  ops: Ops,
  moments: Map<string, Moments>,
  name: string,
  which: keyof Moments,
  values: StoredValues | null,
): Promise<boolean> {
  const pieces = values?.(name) ?? null;
  if (pieces === null) return false;
  const before = must(moments.get(name), name);
  moments.set(name, { ...before, [which]: await ops.overwrite(before[which], pieces) });
  return true;
}

/** Copies weights to where m was. */
function copyInto(
  ops: Ops,
  weights: ReadonlyMap<string, Tensor>,
  moments: Map<string, Moments>,
  names: readonly string[],
): void {
  const slots = names.map((name) => {
    const weight = must(weights.get(name), name);
    const { m: value } = must(moments.get(name), name);
    return { name, value, base: weight, trained: weight };
  });
  ops.mix(slots, 1);
  for (const { name, value } of slots) {
    moments.set(name, { ...must(moments.get(name), name), m: value });
  }
}
