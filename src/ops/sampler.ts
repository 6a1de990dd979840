/** Drawing tokens on the device. The axes are those of `ops.ts`. */

import type { Tensor } from './operands.ts';

/** How tokens are drawn; `generate/sample.ts` defines the fields. */
export interface SamplingPlan {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly repetitionPenalty: number;
  readonly minP?: number | undefined;
  readonly typicalP?: number | undefined;
  readonly noRepeatNgram?: number | undefined;
  /** The maximum length of a sequence, including the prompt. Needed where n-grams must not repeat. */
  readonly capacity?: number | undefined;
  /** Tokens from this id on are never drawn: the head may have more rows than the tokenizer has tokens. */
  readonly vocabSize: number;
  readonly seed: number;
  /** The number of the first sequence among all that are drawn with this seed; 0 by default. */
  readonly firstSequence?: number | undefined;
  readonly endOfTextId: number;
  /** `endOfTextId` is not drawn for a position before this. */
  readonly minTokens: number;
}

/** Draws tokens on the device and keeps them there for the embedding of the next position. */
export interface DeviceSampler {
  readonly batch: number;
  /**
   * Draws the token of every sequence at `position` from logits [B, V], which it overwrites. The random
   * number of sequence b is `randomUnit(seed, firstSequence + b, position)`. Sequences that have ended draw
   * `endOfTextId` again.
   */
  sample(logits: Tensor, position: number): void;
  /** x[b] = wte[last token of b] + wpe[position]; wte [V, C], wpe [P, C] → [B, C]. */
  embedding(wte: Tensor, wpe: Tensor, position: number): Tensor;
  /**
   * Submits, and reads back the tokens drawn since the last call: [rows, B], with at most
   * {@link MAX_PENDING_ROWS} rows. Throws as `Ops.read` does.
   */
  take(): Promise<Int32Array>;
  dispose(): void;
}

/** How many tokens of a sequence a sampler can draw before they must be taken. */
export const MAX_PENDING_ROWS = 16;
