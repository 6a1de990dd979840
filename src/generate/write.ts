/**
 * Writes tweets: the prompt in one pass, then a token of every sequence at a time from a KV cache.
 *
 * As huggingtweets does it: the prompt is `<|endoftext|>` and the start; a tweet ends at
 * `<|endoftext|>` or at the first new line; it is stripped. One thing more: a tweet has at most 280
 * characters, and one that would be longer ends at its last whole sentence, or word.
 */

import { must } from '../core/assert.ts';
import { throwIfAborted } from '../core/errors.ts';
import { randomUnit } from '../core/random.ts';
import { yieldToMessages } from '../core/yield.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { Ops } from '../ops/ops.ts';
import type { TextTokenizer } from '../tokenizer/tokenizer.ts';
import { candidates, draw, type SamplingOptions } from './sample.ts';

export interface WriteOptions extends SamplingOptions {
  readonly prompt: string;
  readonly count: number;
  /** Most tokens a tweet, prompt and `<|endoftext|>` included. */
  readonly maxTokens: number;
  /** A tweet doesn't end before this many tokens, prompt included. */
  readonly minTokens: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Draft {
  readonly index: number;
  /** The whole text so far, prompt included. */
  readonly text: string;
  readonly isDone: boolean;
}

export interface Written {
  readonly tweets: readonly string[];
  /** Tokens drawn, all sequences together. */
  readonly tokens: number;
}

/** Characters (code points) of a tweet. */
const longestTweet = 280;

/** Room for at least this many new tokens, however long the prompt. */
const leastNewTokens = 16;

/** Yields the drafts that changed, token by token; returns the tweets. Throws `cancelled`. */
export async function* writeTweets(
  ops: Ops,
  model: GPT2,
  tokenizer: TextTokenizer,
  options: WriteOptions,
): AsyncGenerator<Draft[], Written> {
  const { blockSize, vocabSize } = model.config;
  const { count, seed, minTokens, signal } = options;
  // A trailing space would have to be its own token, after which no word fits.
  const prompt = options.prompt.trimEnd();
  const promptIds = promptTokens(tokenizer, prompt, blockSize - leastNewTokens);
  const T = promptIds.length;
  const capacity = Math.min(blockSize, Math.max(options.maxTokens, T + leastNewTokens));

  const ids = new Int32Array(count * T);
  for (let b = 0; b < count; b++) ids.set(promptIds, b * T);
  const started = model.startDecoding({ ids, B: count, T }, capacity);
  const { state } = started;
  let { logits } = started;
  const drawn: number[][] = Array.from({ length: count }, () => []);
  const done = new Array<boolean>(count).fill(false);
  const texts = new Array<string>(count).fill(prompt);
  let tokens = 0;
  try {
    while (true) {
      const values = await ops.read(logits); // [B, V]
      logits.dispose();
      await yieldToMessages();
      throwIfAborted(signal);
      const position = state.length;
      const next = new Int32Array(count).fill(tokenizer.endOfTextId);
      const changed: Draft[] = [];
      for (let b = 0; b < count; b++) {
        if (done[b]) continue;
        const row = values.subarray(b * vocabSize, (b + 1) * vocabSize);
        const banned = position < minTokens ? tokenizer.endOfTextId : null;
        const id = draw(candidates(row, options, banned), randomUnit(seed, b, position));
        tokens++;
        const sequence = must(drawn[b], 'sequence');
        if (id !== tokenizer.endOfTextId) sequence.push(id);
        const { text, hasEnded } = tweetSoFar(tokenizer, prompt, sequence);
        done[b] = id === tokenizer.endOfTextId || hasEnded || position + 1 >= capacity;
        next[b] = id;
        if (text !== texts[b] || done[b])
          changed.push({ index: b, text, isDone: done[b] === true });
        texts[b] = text;
      }
      if (changed.length > 0) yield changed;
      if (done.every(Boolean)) break;
      logits = model.decode(next, state);
    }
  } finally {
    logits.dispose();
    model.disposeState(state);
  }
  return { tweets: texts.map((text) => text.trim()), tokens };
}

/** `<|endoftext|>` and the prompt; the end of it when it is longer than the model can read. */
function promptTokens(tokenizer: TextTokenizer, prompt: string, most: number): Int32Array {
  const ids = tokenizer.encode(prompt);
  const kept = ids.subarray(Math.max(0, ids.length - (most - 1)));
  return Int32Array.of(tokenizer.endOfTextId, ...kept);
}

function tweetSoFar(
  tokenizer: TextTokenizer,
  prompt: string,
  sequence: readonly number[],
): { text: string; hasEnded: boolean } {
  const continuation = tokenizer.decodePartial(sequence);
  // A new line before any word is no end: the tweet hasn't begun.
  const begun = prompt === '' ? continuation.trimStart() : continuation;
  const newLine = begun.indexOf('\n');
  const line = newLine === -1 ? begun : begun.slice(0, newLine);
  // A start that is too long itself is not a tweet's: it may go on.
  if (fits(prompt + line) || !fits(prompt))
    return { text: prompt + line, hasEnded: newLine !== -1 };
  return { text: prompt + shortened(line, prompt), hasEnded: true };
}

function fits(text: string): boolean {
  return text.length <= longestTweet || [...text].length <= longestTweet;
}

/** The longest beginning that fits and ends a sentence; else a word. */
function shortened(line: string, prompt: string): string {
  const ends = (pattern: RegExp) =>
    Array.from(line.matchAll(pattern), ({ index, 0: end }) => line.slice(0, index + end.length));
  const sentences = ends(/[.!?…]["'”’)]*(?=\s|$)/gu);
  const words = ends(/\S(?=\s|$)/gu);
  const whole = (beginnings: string[]) => beginnings.findLast((start) => fits(prompt + start));
  return whole(sentences) ?? whole(words) ?? '';
}
