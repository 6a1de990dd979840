/** What the ready-made bot writes by default, and how much of it is copied. */

import { MIN_TWEET_TOKENS, WRITING_DEFAULTS } from '../../src/domain/writing.ts';
import { TextIndex } from '../../src/generate/novelty.ts';
import { writeTweets } from '../../src/generate/write.ts';
import type { GPT2 } from '../../src/model/gpt2.ts';
import type { Ops } from '../../src/ops/ops.ts';
import type { TextTokenizer } from '../../src/tokenizer/tokenizer.ts';

/** The starts that the page suggests, and none. */
const PROMPTS = ['', 'My dream is', 'I think', 'Today', 'Nobody'];
const TWEETS_EACH = 50;
const SEED = 1;

export interface WritingMeasure {
  readonly tweets: number;
  /** The share of tweets that copy a training tweet, before the page replaces them. */
  readonly copies: number;
  /** The share of tweets with a passage of a training tweet. */
  readonly partly_copied: number;
  /** The share of different words among all words (distinct-1), and of pairs of words (distinct-2). */
  readonly distinct_1: number;
  readonly distinct_2: number;
  readonly seed: number;
  readonly prompts: readonly string[];
  /** The first two of each start, not chosen. */
  readonly examples: readonly string[];
}

export async function measureWriting(
  ops: Ops,
  model: GPT2,
  tokenizer: TextTokenizer,
  trainingTexts: readonly string[],
): Promise<WritingMeasure> {
  const index = await TextIndex.of(trainingTexts);
  const all: string[] = [];
  const examples: string[] = [];
  let whole = 0;
  let partly = 0;
  for (const prompt of PROMPTS) {
    const options = { prompt, count: TWEETS_EACH, minTokens: MIN_TWEET_TOKENS, seed: SEED };
    const drafts = writeTweets(ops, model, tokenizer, { ...WRITING_DEFAULTS, ...options });
    let next = await drafts.next();
    while (!next.done) next = await drafts.next();
    const { tweets } = next.value;
    for (const text of tweets) {
      const copy = index.find({ text, promptLength: text.startsWith(prompt) ? prompt.length : 0 });
      if (copy?.isWhole === true) whole++;
      else if (copy !== null) partly++;
    }
    all.push(...tweets);
    examples.push(...tweets.slice(0, 2));
  }
  const words = all.map((text) => text.toLowerCase().split(/\s+/));
  const pairs = words.flatMap((of) => of.slice(1).map((word, i) => `${of[i]} ${word}`));
  const distinct = (of: readonly string[]) => new Set(of).size / of.length;
  return {
    tweets: all.length,
    copies: whole / all.length,
    partly_copied: partly / all.length,
    distinct_1: distinct(words.flat()),
    distinct_2: distinct(pairs),
    seed: SEED,
    prompts: PROMPTS,
    examples,
  };
}
