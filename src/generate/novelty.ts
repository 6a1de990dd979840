/**
 * Finds out whether generated tweets copy the training texts. Words are compared without case and punctuation. In
 * scripts without spaces, each character counts as a word.
 *
 * The texts are indexed once by their 5-grams of words, and every found place is compared word by word, so the
 * answer is exact: whatever shares fewer than five words in a row is no copy, unless both are the same whole text.
 */

import { throwIfAborted } from '../core/errors.ts';
import { yieldToMessages } from '../core/yield.ts';
import { type Words, wordsOf } from './words.ts';

/** A passage of a generated tweet that is, word for word, in a training text. */
export interface FoundCopy {
  /** The longest passage, in code units of the generated tweet. */
  readonly start: number;
  readonly end: number;
  /** Whether it is a copy: the passage has at least four fifths of what the bot wrote. Else it is only near. */
  readonly isWhole: boolean;
  /** The number of the training text, and the text itself. */
  readonly document: number;
  readonly original: string;
}

export interface WrittenText {
  readonly text: string;
  /** The user wrote this many code units at its beginning, and they don't count as copied. */
  readonly promptLength: number;
}

/** Sequences of words in what a bot wrote. */
export interface SharedGrams {
  readonly grams: number;
  /** Those that stand in a training text. */
  readonly shared: number;
}

/** Shorter passages are common phrases. */
const MIN_COPIED_WORDS = 6;
const MIN_COPIED_CHARACTERS = 20;
/** A passage with this share of the words that the bot wrote is a copy. */
const WHOLE_SHARE = 0.8;
/** A text is near another one with this share of its 5-grams, two at least, and as many characters as a passage. */
const NEAR_SHARE = 0.5;
const MIN_NEAR_GRAMS = 2;
const GRAM = 5;
/** After this many texts, waiting messages are handled. */
const TEXTS_PER_YIELD = 2_000;

/** The training texts, ready to be searched. It holds them in memory for as long as it lives. */
export class TextIndex {
  private readonly documents: readonly string[];
  private readonly vocabulary = new Map<string, number>();
  /** The words of all texts, one text after the other; text d begins at `begins[d]`. */
  private words = new Int32Array(1 << 16);
  private readonly begins: Int32Array;
  /** By the hash of a 5-gram: the place of its last occurrence in `words`, plus one. */
  private heads = new Int32Array(0);
  /** For each place in `words`, the place before it whose 5-gram has the same slot, plus one. */
  private before = new Int32Array(0);
  /** Texts with fewer words than a 5-gram, by their words. */
  private readonly short = new Map<string, number>();

  private constructor(documents: readonly string[]) {
    this.documents = documents;
    this.begins = new Int32Array(documents.length + 1);
  }

  /** Throws `cancelled`. */
  static async of(documents: readonly string[], signal?: AbortSignal): Promise<TextIndex> {
    const index = new TextIndex(documents);
    await index.readWords(signal);
    await index.linkGrams(signal);
    return index;
  }

  /** The text that a generated tweet has the longest passage in common with, or null if it copies none. */
  find({ text, promptLength }: WrittenText): FoundCopy | null {
    const own = wordsOf(text, (key) => this.vocabulary.get(key) ?? -1);
    const size = own.ids.length;
    const found = own.starts.findIndex((start) => start >= promptLength);
    const firstNew = found === -1 ? size : found;
    let best: FoundCopy | null = null;
    let bestWords = 0;
    for (const document of this.candidates(own.ids, firstNew)) {
      const other = this.words.subarray(this.begins[document], this.begins[document + 1]);
      const { start: from, end: to } = longestSharedRun(own.ids, other, firstNew);
      const newWords = to - Math.max(from, firstNew);
      if (newWords <= bestWords) continue;
      const start = own.starts[from] ?? 0;
      const end = own.ends[to - 1] ?? 0;
      const isSame = to - from === size && size === other.length;
      const isLong =
        newWords >= MIN_COPIED_WORDS &&
        end - (own.starts[Math.max(from, firstNew)] ?? 0) >= MIN_COPIED_CHARACTERS;
      if (!isSame && !isLong && !isNear(own, other, firstNew)) continue;
      const isWhole = isSame || (isLong && newWords >= WHOLE_SHARE * (size - firstNew));
      bestWords = newWords;
      best = { start, end, isWhole, document, original: this.documents[document] ?? '' };
    }
    return best;
  }

  /**
   * How many sequences of `size` words there are in what a bot wrote, and how many of them stand in a training
   * text. A sequence counts if the bot wrote at least one of its words.
   *
   * @param size At least five.
   */
  sharedGrams({ text, promptLength }: WrittenText, size: number): SharedGrams {
    const { ids, starts } = wordsOf(text, (key) => this.vocabulary.get(key) ?? -1);
    const firstNew = starts.findIndex((start) => start >= promptLength);
    if (firstNew === -1) return { grams: 0, shared: 0 };
    const first = Math.max(0, firstNew - size + 1);
    let shared = 0;
    for (let at = first; at + size <= ids.length; at++)
      if (this.stands(ids.slice(at, at + size))) shared++;
    return { grams: Math.max(0, ids.length - size + 1 - first), shared };
  }

  /** Whether these words, five at least, stand one after the other in one text. */
  private stands(gram: readonly number[]): boolean {
    if (gram.includes(-1)) return false;
    const slot = slotOf(gram, 0, this.heads.length);
    for (let place = this.heads[slot] ?? 0; place > 0; place = this.before[place - 1] ?? 0) {
      const isSame = gram.every((id, i) => this.words[place - 1 + i] === id);
      if (!isSame) continue;
      const end = this.begins[this.documentAt(place - 1) + 1] ?? 0;
      if (place - 1 + gram.length <= end) return true;
    }
    return false;
  }

  private async readWords(signal?: AbortSignal): Promise<void> {
    let length = 0;
    const idOf = (key: string) => {
      const id = this.vocabulary.get(key) ?? this.vocabulary.size;
      if (id === this.vocabulary.size) this.vocabulary.set(key, id);
      return id;
    };
    for (const [document, text] of this.documents.entries()) {
      if (document % TEXTS_PER_YIELD === TEXTS_PER_YIELD - 1) {
        await yieldToMessages();
        throwIfAborted(signal);
      }
      const { ids } = wordsOf(text, idOf);
      if (length + ids.length > this.words.length) {
        const larger = new Int32Array(2 * (length + ids.length));
        larger.set(this.words.subarray(0, length));
        this.words = larger;
      }
      this.words.set(ids, length);
      length += ids.length;
      this.begins[document + 1] = length;
      if (ids.length < GRAM && !this.short.has(ids.join())) this.short.set(ids.join(), document);
    }
  }

  private async linkGrams(signal?: AbortSignal): Promise<void> {
    const length = this.begins.at(-1) ?? 0;
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(1024, length))));
    this.before = new Int32Array(length);
    for (let document = 0; document < this.documents.length; document++) {
      if (document % TEXTS_PER_YIELD === TEXTS_PER_YIELD - 1) {
        await yieldToMessages();
        throwIfAborted(signal);
      }
      const end = (this.begins[document + 1] ?? 0) - GRAM;
      for (let place = this.begins[document] ?? 0; place <= end; place++) {
        const slot = slotOf(this.words, place, this.heads.length);
        this.before[place] = this.heads[slot] ?? 0;
        this.heads[slot] = place + 1;
      }
    }
  }

  /** The texts that share a 5-gram with these words from `firstNew` on, or are the same, in their order. */
  private candidates(ids: readonly number[], firstNew: number): number[] {
    const found = new Set<number>();
    if (firstNew === ids.length) return [];
    const same = ids.length < GRAM ? this.short.get(ids.join()) : undefined;
    if (same !== undefined) found.add(same);
    for (let at = Math.max(0, firstNew - GRAM + 1); at + GRAM <= ids.length; at++) {
      const gram = ids.slice(at, at + GRAM);
      if (gram.includes(-1)) continue;
      const slot = slotOf(gram, 0, this.heads.length);
      for (let place = this.heads[slot] ?? 0; place > 0; place = this.before[place - 1] ?? 0) {
        if (gram.every((id, i) => this.words[place - 1 + i] === id))
          found.add(this.documentAt(place - 1));
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** The text to which a place in `words` belongs. */
  private documentAt(place: number): number {
    let low = 0;
    let high = this.documents.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.begins[middle] ?? 0) <= place) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** A slot for five words from a place on; the number of slots is a power of two. FNV-1a over whole numbers. */
function slotOf(words: ArrayLike<number>, place: number, slots: number): number {
  let hash = 0x811c9dc5;
  for (let i = place; i < place + GRAM; i++)
    hash = Math.imul(hash ^ (words[i] as number), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) & (slots - 1);
}

/** Whether one text has enough of the other's different 5-grams that aren't all prompt. */
function isNear(own: Words, other: ArrayLike<number>, firstNew: number): boolean {
  const grams = (words: ArrayLike<number>, from: number) => {
    const places = new Map<string, number>();
    for (let at = Math.max(0, from); at + GRAM <= words.length; at++)
      places.set(Array.from({ length: GRAM }, (_, i) => words[at + i]).join(), at);
    return places;
  };
  const ownGrams = grams(own.ids, firstNew - GRAM + 1);
  const otherGrams = grams(other, 0);
  const shared = [...ownGrams].filter(([gram]) => otherGrams.has(gram));
  const isEnough = shared.length >= MIN_NEAR_GRAMS && shared.length >= NEAR_SHARE * ownGrams.size;
  if (!isEnough) return false;
  // The words of these 5-grams that the bot wrote, each once.
  const words = new Set(shared.flatMap(([, at]) => Array.from({ length: GRAM }, (_, i) => at + i)));
  let characters = 0;
  for (const word of words)
    if (word >= firstNew) characters += (own.ends[word] ?? 0) - (own.starts[word] ?? 0);
  return characters >= MIN_COPIED_CHARACTERS;
}

/**
 * The sequence of words in `own` that also occurs in `other` and has the most words from `firstNew` on
 * (dynamic programming over common substrings).
 */
function longestSharedRun(
  own: readonly number[],
  other: Int32Array,
  firstNew: number,
): { start: number; end: number } {
  let best = { start: 0, end: 0 };
  let maxNewWords = 0;
  /**
   * For each word of `other`, the length of the common sequence that ends with it and with the previous
   * word of `own`.
   */
  let previous = new Uint16Array(other.length + 1);
  for (const [i, id] of own.entries()) {
    const current = new Uint16Array(other.length + 1);
    for (const [j, otherId] of other.entries()) {
      if (id !== otherId) continue;
      const length = (previous[j] ?? 0) + 1;
      current[j + 1] = length;
      const start = i + 1 - length;
      const newWords = i + 1 - Math.max(start, firstNew);
      if (newWords > maxNewWords) {
        maxNewWords = newWords;
        best = { start, end: i + 1 };
      }
    }
    previous = current;
  }
  return best;
}
