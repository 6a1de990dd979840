/** Measures how much of what a bot writes while it is trained stands in the tweets that it learns from. */

import { must } from '../../core/assert.ts';
import { LEARNED_GRAM } from '../../domain/writing.ts';
import { type SharedGrams, TextIndex, type WrittenText } from '../../generate/novelty.ts';
import type { Texts } from '../datasets/texts.ts';

/** The texts that are trained on: all but the held-out ones. `accounts` has the tokens of each text, in the same order. */
export function learnedTexts(
  texts: Texts,
  accounts: readonly { readonly documents: readonly Int32Array[] }[],
  heldOut: readonly Int32Array[],
): readonly string[] {
  const isHeldOut = new Set(heldOut);
  return accounts.flatMap(({ documents }, account) => {
    const own = must(texts.accounts[account], 'an account').documents;
    return documents.flatMap((ids, i) => (isHeldOut.has(ids) ? [] : [must(own[i], 'a text')]));
  });
}

/** Indexes the texts when it is first asked, and holds the index in memory for as long as it lives. */
export class LearnedByHeart {
  private readonly texts: readonly string[];
  private index: TextIndex | null = null;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  /** Throws `cancelled` if the signal is aborted while the texts are indexed. */
  async in(written: WrittenText, signal?: AbortSignal): Promise<SharedGrams> {
    this.index ??= await TextIndex.of(this.texts, signal);
    return this.index.sharedGrams(written, LEARNED_GRAM);
  }
}
