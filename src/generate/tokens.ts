/**
 * Generates tokens after a prompt: runs the prompt in one pass, then one token of every sequence at a time
 * with a KV cache. Where the operations support it, tokens are sampled on the device: several rows of them are
 * in flight and are read back later, so that the device never waits for the host. Elsewhere the logits are
 * read and tokens are sampled on the host.
 */

import { throwIfAborted } from '../core/errors.ts';
import { randomUnit } from '../core/random.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { DecodeState, GPT2 } from '../model/gpt2.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import { type DeviceSampler, MAX_PENDING_ROWS } from '../ops/sampler.ts';
import { candidates, draw, repeatingTokens, type SamplingOptions } from './sample.ts';

export interface DrawOptions extends SamplingOptions {
  /** The tokens of the prompt [T], with which every sequence begins. */
  readonly prompt: Int32Array;
  /** The number of sequences, B. */
  readonly count: number;
  /** The maximum length of a sequence including the prompt; not larger than the model's `blockSize`. */
  readonly capacity: number;
  /** `endOfTextId` is not drawn at positions before this. */
  readonly minTokens: number;
  readonly endOfTextId: number;
  /** Tokens from this id on are never drawn: the model may have rows for more tokens than the tokenizer. */
  readonly vocabSize: number;
  readonly seed: number;
  /** The number of the first sequence among all that are drawn with this seed; 0 by default. */
  readonly firstSequence?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The token of each sequence at one position; `endOfTextId` for sequences that have ended before. */
export interface TokenRow {
  readonly position: number;
  readonly ids: Int32Array; // [B]
}

/** Rows should arrive about this often: often enough to watch, and to cancel. */
const TARGET_INTERVAL_MS = 40;

/**
 * Yields rows of tokens in order, as they arrive, until the capacity is reached. The caller stops when all
 * sequences have ended. All tensors are disposed when the generator ends.
 *
 * @throws `cancelled`, and `out-of-memory` or `internal` when the device fails.
 */
export async function* drawTokens(
  ops: Ops,
  model: GPT2,
  options: DrawOptions,
): AsyncGenerator<TokenRow[], void> {
  const { prompt, count: B, capacity, signal } = options;
  throwIfAborted(signal);
  const T = prompt.length;
  const ids = new Int32Array(B * T);
  for (let b = 0; b < B; b++) ids.set(prompt, b * T);
  const { logits, state } = model.startDecoding({ ids, B, T }, capacity);
  let sampler: DeviceSampler | null = null;
  try {
    sampler = ops.createSampler(options, { ids, B, T });
    if (sampler) yield* onDevice(model, { logits, state }, sampler, options);
    else yield* onHost(ops, model, { logits, state }, options);
  } finally {
    logits.dispose();
    sampler?.dispose();
    model.disposeState(state);
  }
}

interface Started {
  /** The logits of the prompt's last position, [B, V]. */
  readonly logits: Tensor;
  readonly state: DecodeState;
}

async function* onHost(
  ops: Ops,
  model: GPT2,
  started: Started,
  options: DrawOptions,
): AsyncGenerator<TokenRow[], void> {
  const { prompt, count, capacity, minTokens, endOfTextId, vocabSize, seed, signal } = options;
  const { firstSequence = 0 } = options;
  const { noRepeatNgram = 0 } = options;
  const seen = Array.from({ length: count }, () => new Set(prompt));
  const texts = Array.from({ length: count }, () => [...prompt]);
  let ids: Int32Array | null = null;
  for (let position = prompt.length; position < capacity; position++) {
    const logits = ids ? model.decode(ids, started.state) : started.logits;
    const values = await ops.read(logits); // [B, V]
    logits.dispose();
    await yieldToMessages();
    throwIfAborted(signal);
    const banned = position < minTokens ? endOfTextId : null;
    const last: Int32Array | null = ids;
    ids = Int32Array.from({ length: count }, (_, b) => {
      if (last?.[b] === endOfTextId) return endOfTextId;
      const begin = b * model.config.vocabSize;
      const row = values.subarray(begin, begin + vocabSize);
      const text = texts[b] as number[];
      const repeating = noRepeatNgram > 0 ? repeatingTokens(text, noRepeatNgram) : undefined;
      const past = { seen: seen[b] as Set<number>, banned, repeating };
      const id = draw(
        candidates(row, options, past),
        randomUnit(seed, firstSequence + b, position),
      );
      past.seen.add(id);
      text.push(id);
      return id;
    });
    yield [{ position, ids }];
  }
}

async function* onDevice(
  model: GPT2,
  started: Started,
  sampler: DeviceSampler,
  { prompt, count, capacity, signal }: DrawOptions,
): AsyncGenerator<TokenRow[], void> {
  const inFlight: { readonly first: number; readonly tokens: Promise<Int32Array> }[] = [];
  let position = prompt.length;
  let rowsEach = 1;
  let lastMs = performance.now();
  const enqueue = (rows: number): void => {
    const first = position;
    for (; position < Math.min(capacity, first + rows); position++) {
      const logits =
        position === prompt.length ? started.logits : model.decode(sampler, started.state);
      sampler.sample(logits, position);
      logits.dispose();
    }
    if (position > first) inFlight.push({ first, tokens: sampler.take() });
  };
  try {
    enqueue(1);
    for (;;) {
      enqueue(rowsEach);
      const next = inFlight.shift();
      if (!next) return;
      const tokens = await next.tokens;
      await yieldToMessages();
      throwIfAborted(signal);
      const rows = Array.from({ length: tokens.length / count }, (_, row) => ({
        position: next.first + row,
        ids: tokens.subarray(row * count, (row + 1) * count),
      }));
      const nowMs = performance.now();
      const msEach = (nowMs - lastMs) / rows.length;
      lastMs = nowMs;
      rowsEach = Math.max(1, Math.min(MAX_PENDING_ROWS, Math.floor(TARGET_INTERVAL_MS / msEach)));
      yield rows;
    }
  } finally {
    // Handles reads that fail after the end, which would otherwise be unhandled rejections.
    await Promise.allSettled(inFlight.map(({ tokens }) => tokens));
  }
}
