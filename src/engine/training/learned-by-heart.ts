/** Measures how much of what a bot writes while it is trained stands in the tweets that it learns from. */

import { LEARNED_GRAM } from '../../domain/writing.ts';
import { type SharedGrams, TextIndex, type WrittenText } from '../../generate/novelty.ts';

/** Indexes the texts when it is asked for the first time, and then keeps the index in memory. */
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
