/**
 * The attention weights with which a model read a text when it chose the token after it: softmax(q·k·scale) of the
 * last position, for each layer and head (Vaswani et al., arXiv:1706.03762).
 *
 * The kernels never hold these weights as a whole. So each layer's queries and keys are read back from whatever
 * computes, and the host makes the weights of this one row from them.
 */

import { must } from '../core/assert.ts';
import { throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import { type GPT2Config, scoreScale } from '../model/config.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';

export interface AttentionRow {
  readonly layers: number;
  readonly heads: number;
  /** [layers, heads, T]: for each layer and head, a distribution over the tokens. */
  readonly weights: Float32Array;
}

/**
 * @param ids The tokens before the chosen one [T], `<|endoftext|>` first.
 * @throws `cancelled`, and `out-of-memory` or `internal` when the device fails. All tensors are disposed.
 */
export async function attentionOf(
  ops: Ops,
  model: GPT2,
  ids: Int32Array,
  signal?: AbortSignal,
): Promise<AttentionRow> {
  const { config } = model;
  const { nLayer: layers, nHead: heads } = config;
  const T = ids.length;
  const weights = new Float32Array(layers * heads * T);
  const projections: Tensor[] = [];
  const parts = model.hiddenInParts({ ids, B: 1, T }, projections);
  try {
    parts.next(); // the embedding
    for (let layer = 0; layer < layers; layer++) {
      parts.next();
      const qkv = must(projections.pop(), 'a layer’s queries, keys and values');
      const values = await ops.read(qkv).finally(() => qkv.dispose());
      weights.set(lastRow(values, config, layer), layer * heads * T);
      await yieldToMessages();
      throwIfAborted(signal);
    }
  } finally {
    parts.return(null);
    for (const qkv of projections) qkv.dispose();
  }
  return { layers, heads, weights };
}

/** The weights of the last position, qkv [T, 3C] → [heads, T]. */
function lastRow(qkv: Float32Array, config: GPT2Config, layer: number): Float32Array {
  const { nEmbd: C, nHead } = config;
  const D = C / nHead;
  const T = qkv.length / (3 * C);
  const scale = scoreScale(config, layer);
  const weights = new Float32Array(nHead * T);
  for (let head = 0; head < nHead; head++) {
    const query = (T - 1) * 3 * C + head * D;
    const scores = Array.from({ length: T }, (_, t) => {
      const key = t * 3 * C + C + head * D;
      let sum = 0;
      for (let d = 0; d < D; d++) sum += (qkv[query + d] as number) * (qkv[key + d] as number);
      return sum * scale;
    });
    const largest = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - largest));
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const [t, share] of shares.entries()) weights[head * T + t] = share / total;
  }
  return weights;
}
