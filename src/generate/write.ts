/**
 * Turns generated tokens into tweets, as borisdayma/huggingtweets does: the prompt is `<|endoftext|>` followed
 * by the user's start; a tweet ends at `<|endoftext|>` or at the first line break; it is trimmed. In addition, a
 * tweet has a maximum length: a longer one is cut after its last complete sentence or word, never within a word.
 */

import { must } from '../core/assert.ts';
import { MAX_TWEET_CHARACTERS, REPLY_SEPARATOR } from '../domain/tweet-text.ts';
import { endOfSentence, isWhole, shortened } from './tweet-end.ts';
import type { GPT2Config } from '../model/config.ts';
import type { GPT2 } from '../model/gpt2.ts';
import type { Ops } from '../ops/ops.ts';
import type { TextTokenizer } from '../tokenizer/tokenizer.ts';
import type { SamplingOptions } from './sample.ts';
import { type DrawOptions, drawTokens } from './tokens.ts';

export interface WriteOptions extends SamplingOptions {
  readonly prompt: string;
  /** A tweet that the new ones reply to: it is read before the prompt, and is no part of what is written. */
  readonly replyTo?: string | undefined;
  /** Whether the bot learned from answers after what they answer; `replyTo` is then read in the same form. */
  readonly replyContext?: boolean | undefined;
  readonly count: number;
  /** The maximum number of tokens of a tweet, including the prompt and `<|endoftext|>`. */
  readonly maxTokens: number;
  /** A tweet doesn't end before this many tokens, including the prompt. */
  readonly minTokens: number;
  /** At least this many tokens come after the prompt; 0 by default. */
  readonly minNewTokens?: number | undefined;
  /** The maximum number of code points of a tweet, including the prompt; 280 by default. */
  readonly maxCharacters?: number | undefined;
  /** Whether a tweet is cut after its last complete sentence, if it has one after the prompt. */
  readonly endsWithSentence?: boolean | undefined;
  readonly seed: number;
  /** The number of the first tweet among all of this seed; 0 by default. */
  readonly firstSequence?: number | undefined;
  /** False for a bot that was trained on tweets with line breaks. The default is true. */
  readonly endsAtNewLine?: boolean | undefined;
  /** Tests set it below the default. */
  readonly maxCacheBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Draft {
  readonly index: number;
  /** The whole text so far, including the prompt. */
  readonly text: string;
  readonly isDone: boolean;
}

export interface WrittenTweets {
  readonly tweets: readonly string[];
  /** The number of tokens drawn for all tweets together. */
  readonly tokens: number;
}

/**
 * The most that the keys and values of the sequences written at once may take: half of what a plan of
 * training lets activations take, so that writing fits wherever training did.
 */
const MAX_CACHE_BYTES = 256 * 2 ** 20;

/** There is room for at least this many new tokens, however long the prompt is. */
const MIN_NEW_TOKENS = 16;

/**
 * Yields the drafts that have changed whenever tokens arrive, and returns the tweets.
 *
 * @throws `cancelled`, and `out-of-memory` or `internal` when the device fails.
 */
export async function* writeTweets(
  ops: Ops,
  model: GPT2,
  tokenizer: TextTokenizer,
  options: WriteOptions,
): AsyncGenerator<Draft[], WrittenTweets> {
  const { blockSize } = model.config;
  // In GPT-2's vocabulary words include the space before them, so a space at the end would be a wrong start.
  const start = options.prompt.trimEnd();
  const own = promptTokens(tokenizer, start, blockSize - MIN_NEW_TOKENS);
  const prompt = afterGiven(tokenizer, own, options, blockSize - MIN_NEW_TOKENS);
  const given = prompt.length - own.length;
  const wanted = Math.max(given + options.maxTokens, prompt.length + MIN_NEW_TOKENS);
  const capacity = Math.min(blockSize, wanted);
  const atOnce = sequencesAtOnce(model.config, capacity, options.maxCacheBytes);
  const { firstSequence = 0, minNewTokens = 0 } = options;
  const minTokens = Math.max(given + options.minTokens, prompt.length + minNewTokens);
  const tweets: string[] = [];
  let tokens = 0;
  for (let first = 0; first < options.count; first += atOnce) {
    const count = Math.min(atOnce, options.count - first);
    const group = {
      ...{ ...options, count, first, firstSequence: firstSequence + first },
      ...{ prompt, capacity, minTokens },
    };
    const written = yield* writeGroup(ops, model, tokenizer, start, group);
    tweets.push(...written.tweets);
    tokens += written.tokens;
  }
  return { tweets, tokens };
}

/** How many sequences a KV cache has room for; what is drawn doesn't depend on it. */
export function sequencesAtOnce(
  { nLayer, nEmbd }: GPT2Config,
  capacity: number,
  maxCacheBytes = MAX_CACHE_BYTES,
): number {
  const bytesEach = 4 * 2 * nLayer * nEmbd * capacity;
  return Math.max(1, Math.floor(maxCacheBytes / bytesEach));
}

type Group = Omit<WriteOptions, 'prompt'> &
  Pick<DrawOptions, 'prompt' | 'capacity'> & {
    readonly first: number;
    readonly firstSequence: number;
  };

/** Writes the tweets of one KV cache. */
async function* writeGroup(
  ops: Ops,
  model: GPT2,
  tokenizer: TextTokenizer,
  start: string,
  group: Group,
): AsyncGenerator<Draft[], WrittenTweets> {
  const { endOfTextId, vocabSize } = tokenizer;
  const { count, capacity, first } = group;
  const drawn: number[][] = Array.from({ length: count }, () => []);
  const done = new Array<boolean>(count).fill(false);
  const texts = new Array<string>(count).fill(start);
  let tokens = 0;
  for await (const arrived of drawTokens(ops, model, { ...group, endOfTextId, vocabSize })) {
    const changed = new Map<number, Draft>();
    for (const { position, ids } of arrived) {
      for (let b = 0; b < count; b++) {
        if (done[b]) continue;
        const id = must(ids[b], 'a token of each sequence');
        tokens++;
        const sequence = must(drawn[b], 'sequence');
        if (id !== endOfTextId) sequence.push(id);
        const soFar = tweetSoFar(tokenizer, start, sequence, group);
        const isCut = position + 1 >= capacity && id !== endOfTextId && !soFar.hasEnded;
        const isDone = id === endOfTextId || soFar.hasEnded || isCut;
        const text = isDone ? finished(soFar.text, start, isCut, group) : soFar.text;
        if (text !== texts[b] || isDone) changed.set(b, { index: first + b, text, isDone });
        done[b] = isDone;
        texts[b] = text;
      }
    }
    if (changed.size > 0) yield [...changed.values()];
    if (done.every(Boolean)) break;
  }
  return { tweets: texts.map((text) => text.trim()), tokens };
}

/** `<|endoftext|>` and the prompt, of which only the end is kept if it has too many tokens. */
function promptTokens(tokenizer: TextTokenizer, prompt: string, maxTokens: number): Int32Array {
  const ids = tokenizer.encode(prompt);
  const kept = ids.subarray(Math.max(0, ids.length - (maxTokens - 1)));
  return Int32Array.of(tokenizer.endOfTextId, ...kept);
}

/**
 * Puts the given tweet before the prompt: for a bot that learned to answer, as in what it learned from, and otherwise
 * as one more text, each after an `<|endoftext|>`. Of a given tweet that is too long, the end is kept.
 */
function afterGiven(
  tokenizer: TextTokenizer,
  prompt: Int32Array,
  { replyTo, replyContext }: Pick<WriteOptions, 'replyTo' | 'replyContext'>,
  maxTokens: number,
): Int32Array {
  const text = replyTo?.trim() ?? '';
  if (text === '') return prompt;
  const { endOfTextId } = tokenizer;
  const separator =
    replyContext === true ? tokenizer.encode(REPLY_SEPARATOR) : Int32Array.of(endOfTextId);
  const ids = tokenizer.encode(text);
  const room = Math.max(0, maxTokens - prompt.length - separator.length);
  const kept = ids.subarray(Math.max(0, ids.length - room));
  return Int32Array.of(endOfTextId, ...kept, ...separator, ...prompt.subarray(1));
}

function tweetSoFar(
  tokenizer: TextTokenizer,
  prompt: string,
  sequence: readonly number[],
  { endsAtNewLine = true, maxCharacters = MAX_TWEET_CHARACTERS }: Group,
): { text: string; hasEnded: boolean } {
  const continuation = tokenizer.decodeDrawn(sequence);
  // A line break before the first word doesn't end the tweet.
  const begun = prompt === '' ? continuation.trimStart() : continuation;
  const newLine = endsAtNewLine ? begun.indexOf('\n') : -1;
  const line = newLine === -1 ? begun : begun.slice(0, newLine);
  const fits = (text: string) => text.length <= maxCharacters || [...text].length <= maxCharacters;
  // If the user's start is already longer than a tweet, the limit doesn't apply.
  if (fits(prompt + line) || !fits(prompt))
    return { text: prompt + line, hasEnded: newLine !== -1 };
  return { text: prompt + shortened(line, (start) => fits(prompt + start)), hasEnded: true };
}

/** The tweet without the word that the last token may have cut, and without an incomplete sentence if asked. */
function finished(
  text: string,
  prompt: string,
  isCut: boolean,
  { endsWithSentence }: Group,
): string {
  const line = text.slice(prompt.length);
  // A text without any whole word stays as it is: something is better than nothing.
  const whole = isCut ? shortened(line, (start) => isWhole(start, line)) || line : line;
  const sentences = endsWithSentence === true ? endOfSentence(whole) : null;
  return prompt + (sentences ?? whole);
}
