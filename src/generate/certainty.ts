/**
 * How sure a model is of a text that is there already. One forward pass over the text gives the logits at each of its
 * tokens; from these follow the probability of the token that stands there, its rank, and the tokens that the model
 * holds more or nearly as likely.
 *
 * Probabilities are the softmax of the logits, at temperature 1. Beside each stands the probability with which
 * sampling with given settings draws that token (`sample.ts`), given the same text before it; 0 if they rule it out.
 */

import { must } from '../core/assert.ts';
import { throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import type { TextTokenizer } from '../tokenizer/tokenizer.ts';
import { candidates, largest, repeatingTokens, type SamplingOptions } from './sample.ts';

export interface CertaintyOptions extends SamplingOptions {
  /** The settings don't draw the end token at positions before this; `<|endoftext|>` at the start has position 0. */
  readonly minTokens: number;
  /** How many other tokens are listed at each step. */
  readonly runnersUp: number;
  readonly signal?: AbortSignal | undefined;
}

export interface TokenChance {
  readonly id: number;
  /** At temperature 1. */
  readonly probability: number;
  /** After the settings. */
  readonly settingsProbability: number;
}

export interface TokenCertainty extends TokenChance {
  /** 1 for the likeliest token; of equally likely ones, the smaller id comes first. */
  readonly rank: number;
  /** The likeliest other tokens, likeliest first. */
  readonly runnersUp: readonly TokenChance[];
}

/** The number of rows of logits that are on the host at a time: 1.6 MB with GPT-2's vocabulary. */
const ROWS = 8;

/**
 * @param ids The tokens of a text [T], without the end token with which every text begins. Those that have no place
 *   in the model's context are left out.
 * @returns For each of these tokens, and for the end token after the last one unless tokens were left out, how sure
 *   the model is of it. All tensors are disposed.
 * @throws `cancelled`, and `out-of-memory` or `internal` when the device fails.
 */
export async function certaintyOf(
  ops: Ops,
  model: GPT2,
  tokenizer: Pick<TextTokenizer, 'endOfTextId' | 'vocabSize'>,
  ids: Int32Array,
  options: CertaintyOptions,
): Promise<TokenCertainty[]> {
  const { endOfTextId } = tokenizer;
  const text = Int32Array.of(endOfTextId, ...ids, endOfTextId);
  const T = Math.min(ids.length + 1, model.config.blockSize);
  const hidden = await hiddenStates(model, text.subarray(0, T), options.signal);
  const steps: TokenCertainty[] = [];
  try {
    while (steps.length < T) {
      const first = steps.length;
      const count = Math.min(ROWS, T - first);
      const rows = ops.rows(
        hidden,
        Int32Array.from({ length: count }, (_, i) => first + i),
      );
      const logits = ops.logits(rows, model.head);
      rows.dispose();
      const values = await ops.read(logits).finally(() => logits.dispose());
      const V = values.length / count;
      for (let i = 0; i < count; i++) {
        const row = values.subarray(i * V, (i + 1) * V);
        const before = text.subarray(0, first + i + 1);
        steps.push(
          certaintyAt(row, must(text[first + i + 1], 'a token'), before, tokenizer, options),
        );
        await yieldToMessages();
        throwIfAborted(options.signal);
      }
    }
  } finally {
    hidden.dispose();
  }
  return steps;
}

/** Computes block after block, so that the work can be cancelled in between. */
async function hiddenStates(
  model: GPT2,
  ids: Int32Array,
  signal: AbortSignal | undefined,
): Promise<Tensor> {
  const parts = model.hiddenInParts({ ids, B: 1, T: ids.length });
  try {
    for (;;) {
      const part = parts.next();
      if (part.done) return must(part.value, 'the hidden states');
      await yieldToMessages();
      throwIfAborted(signal);
    }
  } finally {
    // Nothing if it is done; else it disposes what it holds.
    parts.return(null);
  }
}

/** What one row of logits [V] says of the token that follows `before`. */
function certaintyAt(
  row: Float32Array,
  token: number,
  before: Int32Array,
  { endOfTextId, vocabSize }: Pick<TextTokenizer, 'endOfTextId' | 'vocabSize'>,
  { minTokens, runnersUp, ...sampling }: CertaintyOptions,
): TokenCertainty {
  const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const total = row.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
  const probabilityOf = (id: number) => Math.exp((row[id] as number) - top) / total;
  // The model may have rows for more tokens than there are.
  const drawable = row.subarray(0, vocabSize);
  const { noRepeatNgram = 0 } = sampling;
  const drawn = candidates(drawable, sampling, {
    seen: new Set(before),
    banned: before.length < minTokens ? endOfTextId : null,
    repeating: noRepeatNgram > 0 ? repeatingTokens([...before], noRepeatNgram) : undefined,
  });
  const settings = new Map(drawn.map(({ id, probability }) => [id, probability]));
  const chance = (id: number): TokenChance => ({
    id,
    probability: probabilityOf(id),
    settingsProbability: settings.get(id) ?? 0,
  });
  const own = row[token] as number;
  const isBefore = (logit: number, id: number) => logit > own || (logit === own && id < token);
  const rank = drawable.reduce((count, logit, id) => count + (isBefore(logit, id) ? 1 : 0), 1);
  const others = largest(drawable, runnersUp + 1).filter((id) => id !== token);
  return { ...chance(token), rank, runnersUp: others.slice(0, runnersUp).map(chance) };
}
