/** The texts of tweets under given options. Only texts that an option changes are computed again. */

import type { CleaningOptions } from '../../domain/cleaning.ts';
import { cleanTweet, stripHashtags, stripMentions } from './clean-text.ts';
import { TRAIT, type TweetTable } from './tweet-table.ts';
import { countWords } from './words.ts';

export interface TextVariant {
  /** The text of each tweet. */
  readonly texts: readonly string[];
  /** The number of words of each text, as the minimum counts them. */
  readonly words: Uint16Array;
}

/** How many variants are kept for each table, so that going back to the last options is free. */
const KEPT_VARIANTS = 3;
const kept = new WeakMap<TweetTable, Map<string, TextVariant>>();

export function textVariant(table: TweetTable, options: CleaningOptions): TextVariant {
  const { mentions, hashtags, newLines } = options;
  const touched =
    (mentions === 'keep' ? 0 : TRAIT.mention) |
    (hashtags === 'strip' ? TRAIT.hashtag : 0) |
    (newLines === 'keep' ? TRAIT.newLine : 0);
  if (touched === 0) return table;
  const key = `${mentions} ${hashtags === 'strip'} ${newLines}`;
  const variants = kept.get(table) ?? new Map<string, TextVariant>();
  kept.set(table, variants);
  const variant = variants.get(key) ?? makeVariant(table, options, touched);
  // Insert it last, because the first variants are deleted below.
  variants.delete(key);
  variants.set(key, variant);
  for (const old of [...variants.keys()].slice(0, -KEPT_VARIANTS)) variants.delete(old);
  return variant;
}

function makeVariant(
  { tweets, texts, words, traits }: TweetTable,
  { mentions, newLines }: CleaningOptions,
  touched: number,
): TextVariant {
  const changed = [...texts];
  const changedWords = words.slice();
  for (const [i, tweet] of tweets.entries()) {
    const bits = (traits[i] ?? 0) & touched;
    if (bits === 0) continue;
    let text = texts[i] ?? '';
    if (bits & TRAIT.newLine)
      text = cleanTweet(tweet.text, { isEscaped: tweet.isEscaped, newLines });
    if (bits & TRAIT.mention) {
      text = stripMentions(text, mentions === 'strip' ? 'all' : 'leading');
    }
    if (bits & TRAIT.hashtag) text = stripHashtags(text);
    changed[i] = text;
    changedWords[i] = Math.min(0xffff, countWords(text));
  }
  return { texts: changed, words: changedWords };
}
