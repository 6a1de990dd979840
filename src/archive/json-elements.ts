/**
 * Splits a stream of text holding a JSON array into the source text of its elements.
 *
 * Written by hand instead of taken from a streaming JSON library, for three reasons. Speed: it only
 * looks for brackets and quotes and jumps over strings with `indexOf`, and the engine's own
 * `JSON.parse` does the rest, several times faster than a tokenizer in JavaScript. Damage: one
 * element that doesn't parse costs that element, where a library gives up on the whole document.
 * Place: a fault is known by its offset, so that a user can be told the line and the column.
 *
 * It is not a validator. Brackets are counted, not matched by kind, and a missing or doubled comma
 * between elements is forgiven: what an element holds is judged when that element is parsed. What
 * precedes the array may be an assignment (`window.YTD.tweets.part0 = `), what follows it may be a
 * `;` and another such array (people concatenate the parts). Anything else is a fault.
 *
 * Memory: one chunk and one unfinished element, at most {@link MAX_ELEMENT_LENGTH}.
 */

import { firstFaultIn, match } from './json-fault.ts';

/** A tweet is about 1,200 characters, 20,000 with a lot of media: a sane element is far below. */
export const MAX_ELEMENT_LENGTH = 4 * 1024 * 1024;
/** A tweet with video nests 9 deep. */
export const MAX_DEPTH = 128;
/** `window.YTD.community_tweet.part12 = ` is 37 characters. */
const MAX_PREFIX_LENGTH = 256;

const BLANK = /[\s;]*/y;
const PREFIX = /^(?:(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*)?$/;
const NOT_IN_PREFIX = /[^\w$.\s=]/;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
/** `[` and `{`, `]` and `}` differ by one bit. */
const BRACE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** Where, in UTF-16 code units from the start of the text, it stops being an array of JSON. */
export class JsonFault extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(`not JSON from character ${offset}`);
    this.name = 'JsonFault';
    this.offset = offset;
  }
}

type State = 'before-array' | 'between-elements' | 'in-container' | 'in-string' | 'in-scalar';

export class ElementSplitter {
  readonly #onElement: (json: string, offset: number) => void;
  #state: State = 'before-array';
  #arrays = 0;
  /** Offset of the chunk in hand. */
  #chunkOffset = 0;
  /** What earlier chunks held of the unfinished prefix or element, and where that starts. */
  #pending = '';
  #pendingOffset = 0;
  #depth = 0;
  #inString = false;
  /** The chunk ended in an odd run of backslashes inside a string. */
  #escaped = false;

  /** `onElement` gets the JSON source of one element and its offset in the whole text. */
  constructor(onElement: (json: string, offset: number) => void) {
    this.#onElement = onElement;
  }

  /** Takes the next piece of the text, of any length. Throws {@link JsonFault}. */
  push(chunk: string): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'before-array') at = this.#readPrefix(chunk, at);
      else if (this.#state === 'between-elements') at = this.#readGap(chunk, at);
      else at = this.#readElement(chunk, at);
    }
    this.#chunkOffset += chunk.length;
  }

  /** The text has ended. Throws {@link JsonFault} when there was no array, or it isn't closed. */
  end(): void {
    if (this.#state === 'before-array') {
      if (this.#arrays === 0 || this.#pending !== '') throw this.#prefixFault(this.#pending);
      return;
    }
    throw this.#pendingFault(this.#chunkOffset);
  }

  #readPrefix(chunk: string, from: number): number {
    if (this.#pending === '') {
      // Blank space of any length is no prefix: passed over, so that it can't pile up.
      const start = match(BLANK, chunk, from);
      this.#pendingOffset = this.#chunkOffset + start;
      if (start > from) return start;
    }
    const bracket = chunk.indexOf('[', from);
    const end = bracket < 0 ? chunk.length : bracket;
    const prefix = this.#pending + chunk.slice(from, Math.min(end, from + MAX_PREFIX_LENGTH + 1));
    if (prefix.length > MAX_PREFIX_LENGTH || NOT_IN_PREFIX.test(prefix)) {
      throw this.#prefixFault(prefix);
    }
    if (bracket < 0) {
      this.#pending = prefix;
      return chunk.length;
    }
    if (!PREFIX.test(prefix)) throw this.#prefixFault(prefix);
    this.#pending = '';
    this.#arrays++;
    this.#state = 'between-elements';
    return bracket + 1;
  }

  #readGap(chunk: string, from: number): number {
    let at = from;
    for (; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code <= 0x20 || code === COMMA) continue;
      if (code === CLOSING_BRACKET) {
        this.#state = 'before-array';
        return at + 1;
      }
      this.#pendingOffset = this.#chunkOffset + at;
      this.#depth = 0;
      this.#inString = false;
      this.#escaped = false;
      if ((code | BRACE_BIT) === OPENING) this.#state = 'in-container';
      else if (code === QUOTE) this.#state = 'in-string';
      else this.#state = 'in-scalar';
      return at;
    }
    return at;
  }

  #readElement(chunk: string, from: number): number {
    let end: number;
    if (this.#state === 'in-container') end = this.#endOfContainer(chunk, from);
    else if (this.#state === 'in-string') end = this.#endOfTopLevelString(chunk, from);
    else end = endOfScalar(chunk, from);

    const isDone = end >= 0;
    const json = this.#pending + chunk.slice(from, isDone ? end : chunk.length);
    if (json.length > MAX_ELEMENT_LENGTH) {
      this.#pending = json;
      throw this.#pendingFault(this.#pendingOffset);
    }
    if (!isDone) {
      this.#pending = json;
      return chunk.length;
    }
    this.#pending = '';
    this.#state = 'between-elements';
    this.#onElement(json, this.#pendingOffset);
    return end;
  }

  /** Index after the bracket that closes the element, or -1 when the chunk ends first. */
  #endOfContainer(chunk: string, from: number): number {
    let at = this.#inString ? this.#skipString(chunk, from) : from;
    let depth = this.#depth;
    const length = chunk.length;
    while (at < length) {
      const code = chunk.charCodeAt(at++);
      if (code <= 0x20) continue;
      if (code === QUOTE) {
        at = this.#skipString(chunk, at);
        continue;
      }
      const bracket = code | BRACE_BIT;
      if (bracket === OPENING) {
        if (++depth > MAX_DEPTH) throw new JsonFault(this.#chunkOffset + at - 1);
      } else if (bracket === CLOSING && --depth === 0) {
        return at;
      }
    }
    this.#depth = depth;
    return -1;
  }

  #endOfTopLevelString(chunk: string, from: number): number {
    // The opening quote is part of the element, but not of what `skipString` expects.
    const at = this.#skipString(chunk, this.#inString ? from : from + 1);
    return this.#inString ? -1 : at;
  }

  /** From inside a string to after its closing quote, or to the end of the chunk, still inside. */
  #skipString(chunk: string, from: number): number {
    let start = from;
    if (this.#escaped && start < chunk.length) {
      this.#escaped = false;
      start++;
    }
    for (;;) {
      const quote = chunk.indexOf('"', start);
      const end = quote < 0 ? chunk.length : quote;
      let runStart = end;
      while (runStart > start && chunk.charCodeAt(runStart - 1) === BACKSLASH) runStart--;
      const isEscaped = (end - runStart) % 2 === 1;
      if (quote < 0) {
        this.#inString = true;
        this.#escaped = isEscaped;
        return chunk.length;
      }
      if (!isEscaped) {
        this.#inString = false;
        return quote + 1;
      }
      start = quote + 1;
    }
  }

  #prefixFault(prefix: string): JsonFault {
    // After a sound `name = ` the fault is what follows it (an object, say), else the first word.
    const foreign = prefix.search(NOT_IN_PREFIX);
    const head = foreign < 0 ? prefix : prefix.slice(0, foreign);
    return new JsonFault(this.#pendingOffset + (PREFIX.test(head) ? head.length : 0));
  }

  /** The first thing wrong in the unfinished element; `otherwise` when what is there is sound. */
  #pendingFault(otherwise: number): JsonFault {
    const fault = firstFaultIn(this.#pending);
    const isSound = fault === this.#pending.length;
    return new JsonFault(isSound ? otherwise : this.#pendingOffset + fault);
  }
}

function endOfScalar(chunk: string, from: number): number {
  for (let at = from; at < chunk.length; at++) {
    const code = chunk.charCodeAt(at);
    if (code === COMMA || code === CLOSING_BRACKET) return at;
  }
  return -1;
}
