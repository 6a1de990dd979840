/**
 * Reads the elements out of a stream of text that holds JSON: an array of them (with an assignment
 * before it, as in an archive), several such arrays one after another, an object that has the array
 * in it, or one element a line.
 *
 * Written by hand instead of taken from a streaming JSON library, for three reasons. Speed: it finds
 * where an element ends, by the line that closes it where the text is indented and by counting
 * brackets where it isn't, and the engine's own `JSON.parse` does the rest, several times faster
 * than a tokenizer in JavaScript. Damage: an element that doesn't parse costs that element, where a
 * library gives up on the whole document. Place: a fault is known by its offset, so that a user can
 * be told the line and the column.
 *
 * It is not a validator: a missing or doubled comma between elements is forgiven. What becomes of an
 * element depends on the text alone, not on how it was cut into chunks.
 *
 * Memory: one chunk and one unfinished element, at most {@link MAX_ELEMENT_LENGTH}.
 */

import { BracketScanner, endOfScalar } from './brackets.ts';
import { firstFaultIn, match } from './fault.ts';
import { findElementAfter, type Lost, Effort, ObjectStarts } from './recovery.ts';

/** A tweet is about 1,200 characters, 20,000 with a lot of media; a page from the API 1,000,000. */
export const MAX_ELEMENT_LENGTH = 4 * 1024 * 1024;
/** `window.YTD.community_tweet.part12 = ` is 37 characters. */
const MAX_PREFIX_LENGTH = 256;
/** An element this long that isn't done is looked at for a fault; then again at 8 times the length. */
const SUSPICIOUS_LENGTH = 64 * 1024;
/** Of an unfinished text, the last characters may only seem a fault: half an escape, half a `true`. */
const LONGEST_TOKEN = 8;
/** The quick way to an element's end is given up where it so often in a row leads nowhere. */
const MAX_MISSES = 3;

/** Between a string and what tells it to be a key. */
const MAX_BLANKS = 256;
const SOME_BLANKS = /\s{0,256}/y;

const BLANK = /[\s;,]*/y;
const PREFIX = /(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*/y;
const NOT_IN_PREFIX = /[^\w$.\s=]/;
/** Arrays of tweets in the APIs of Twitter, Mastodon and Bluesky, and in what people make of them. */
const HOLDER_KEY =
  /"(?:data|tweets|statuses|orderedItems|feed|records|posts|items|results)"\s*:\s*$/;

/** Where, in UTF-16 code units from the start of the text, it stops being what it should be. */
export class JsonFault extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(`not JSON from character ${offset}`);
    this.name = 'JsonFault';
    this.offset = offset;
  }
}

export interface ElementHandler {
  /** An element, and the offset where its source starts. */
  onValue(value: unknown, offset: number): void;
  /** An element that is no JSON was passed over; the offset is that of its first fault. */
  onDamage(offset: number): void;
  /** The object around the array just read, with 0 in the array's place. */
  onHolder?(value: unknown): void;
}

export class ElementReader {
  readonly #handler: ElementHandler;
  readonly #scanner = new BracketScanner();
  /** What isn't used up yet; its offset in the whole text; how far it is used up. */
  #text = '';
  #offset = 0;
  #at = 0;
  #state: 'gap' | 'element' | 'lost' | 'holder' = 'gap';
  #isInArray = false;
  /** The source of the object around the array, up to where it has been read. */
  #holder: string | null = null;
  #hasFound = false;
  #hasLines = false;
  /** The line break and the blanks before the element; null when something else precedes it. */
  #indent: string | null = null;
  #misses = 0;
  /** Of this array. */
  #starts = new ObjectStarts();
  #suspiciousLength = SUSPICIOUS_LENGTH;
  #lost: Lost | null = null;
  readonly #effort = new Effort();

  constructor(handler: ElementHandler) {
    this.#handler = handler;
  }

  /** Takes the next piece of the text, of any length. Throws {@link JsonFault}. */
  push(chunk: string): void {
    this.#text = this.#text === '' ? chunk : this.#text + chunk;
    this.#run(false);
  }

  /** The text has ended. Throws {@link JsonFault} when it held nothing, or something isn't closed. */
  end(): void {
    this.#run(true);
    const isOpen = this.#isInArray || this.#holder !== null || this.#at < this.#text.length;
    if (isOpen || !this.#hasFound) throw new JsonFault(this.#offset + this.#text.length);
  }

  #run(isEnd: boolean): void {
    while (this.#step(isEnd));
    this.#offset += this.#at;
    this.#text = this.#text.slice(this.#at);
    this.#at = 0;
  }

  /** False when it takes more text to go on. */
  #step(isEnd: boolean): boolean {
    if (this.#state === 'element') return this.#readElement(isEnd);
    if (this.#state === 'lost') return this.#findBack(isEnd);
    if (this.#state === 'holder') return this.#readHolder();
    return this.#isInArray ? this.#readGap() : this.#readTop(isEnd);
  }

  #readTop(isEnd: boolean): boolean {
    const text = this.#text;
    this.#at = match(BLANK, text, this.#at);
    if (this.#at === text.length) return false;
    const prefixEnd = match(PREFIX, text, this.#at);
    const first = text.charAt(prefixEnd);
    if (first === '[') {
      this.#enterArray(prefixEnd + 1);
      return true;
    }
    if (first === '{' || (first === '"' && prefixEnd === this.#at)) {
      this.#startElement(prefixEnd);
      return true;
    }
    const rest = text.slice(this.#at, this.#at + MAX_PREFIX_LENGTH + 1);
    const foreign = rest.search(NOT_IN_PREFIX);
    if (foreign < 0 && rest.length <= MAX_PREFIX_LENGTH && !isEnd) return false;
    // After a sound `name = ` the fault is what follows it, else the first word.
    const isAssigned = prefixEnd > this.#at;
    const fault = this.#offset + prefixEnd;
    if (!this.#hasLines || isAssigned) throw new JsonFault(fault);
    this.#lose({ fault, isCertain: true, end: Number.POSITIVE_INFINITY });
    return true;
  }

  #enterArray(at: number): void {
    this.#at = at;
    this.#isInArray = true;
    this.#hasFound = true;
    this.#indent = null;
    this.#misses = 0;
    this.#state = 'gap';
  }

  #readGap(): boolean {
    const text = this.#text;
    for (let at = this.#at; at < text.length; at++) {
      const char = text.charAt(at);
      if (char === '\n') this.#indent = char;
      else if (char === ' ' || char === '\t') this.#indent &&= this.#indent + char;
      else if (char === ',') this.#indent = null;
      else if (char === ']') {
        this.#at = at + 1;
        this.#isInArray = false;
        this.#starts = new ObjectStarts();
        if (this.#holder !== null) {
          this.#state = 'holder';
          this.#scanner.start(1);
        }
        return true;
      } else if (char > ' ') {
        this.#startElement(at);
        return true;
      }
    }
    this.#at = text.length;
    return false;
  }

  #startElement(at: number): void {
    this.#at = at;
    this.#scanner.start();
    this.#suspiciousLength = SUSPICIOUS_LENGTH;
    this.#state = 'element';
  }

  #readElement(isEnd: boolean): boolean {
    const text = this.#text;
    const at = this.#at;
    const first = text.charAt(at);
    if (first !== '{' && first !== '[' && first !== '"') return this.#readScalar(isEnd);
    if (this.#readIndented(first)) return true;

    const end = this.#scanner.scan(
      text,
      at,
      this.#isInArray || first !== '{' ? undefined : (bracket) => this.#isHolder(bracket),
    );
    if (this.#isInArray && this.#state === 'gap') return true;
    if (first === '"' && end >= 0 && this.#starts.areKnown) {
      const next = match(SOME_BLANKS, text, end);
      if (next === text.length && next - end < MAX_BLANKS && !isEnd) {
        this.#scanner.start();
        return false;
      }
      // A key in place of an element: the start of one is gone.
      if (text.charAt(next) === ':') {
        this.#loseStart(0);
        return true;
      }
    }
    const tooDeepAt = this.#scanner.tooDeepAt;
    const json = text.slice(at, end < 0 ? text.length : end);
    if (json.length > MAX_ELEMENT_LENGTH) {
      const fault = firstFaultIn(json.slice(0, MAX_ELEMENT_LENGTH));
      const isCertain = fault < MAX_ELEMENT_LENGTH - LONGEST_TOKEN;
      this.#loseElement(isCertain ? fault : 0, isCertain, end);
    } else if (tooDeepAt >= 0 && (end >= 0 || isEnd)) {
      this.#loseElement(tooDeepAt, false, end);
    } else if (end >= 0) {
      if (!this.#take(json, end)) this.#loseElement(firstFaultIn(json), true, end);
    } else if (isEnd || json.length > this.#suspiciousLength) {
      this.#suspiciousLength *= 8;
      const fault = firstFaultIn(json);
      const isCertain = fault < json.length - (isEnd ? 0 : LONGEST_TOKEN);
      if (!isCertain) return false;
      this.#loseElement(fault, true, end);
    } else {
      return false;
    }
    return true;
  }

  /** The quick way: a line that closes the element as it was opened. No string spans lines. */
  #readIndented(first: string): boolean {
    if (first !== '{' || this.#indent === null || this.#misses > MAX_MISSES) return false;
    if (!this.#scanner.isFresh || !this.#isInArray) return false;
    const line = this.#text.indexOf(`${this.#indent}}`, this.#at);
    const end = line + this.#indent.length + 1;
    const isSane = line >= 0 && end - this.#at <= MAX_ELEMENT_LENGTH;
    if (isSane && this.#take(this.#text.slice(this.#at, end), end)) {
      this.#misses = 0;
      return true;
    }
    this.#misses++;
    return false;
  }

  #readScalar(isEnd: boolean): boolean {
    const end = endOfScalar(this.#text, this.#at);
    if (end < 0 && this.#text.length - this.#at <= MAX_PREFIX_LENGTH) {
      if (isEnd) throw new JsonFault(this.#offset + this.#text.length);
      return false;
    }
    const start = this.#at;
    const json = this.#text.slice(start, end < 0 ? undefined : end);
    if (end >= 0 && this.#take(json, end)) return true;
    const fault = firstFaultIn(json);
    if (this.#starts.areKnown) this.#loseStart(fault);
    else if (end < 0) this.#loseElement(fault, true, -1);
    else {
      this.#handler.onDamage(this.#offset + start + fault);
      this.#at = end;
      this.#state = 'gap';
    }
    return true;
  }

  /** Whether `json`, which ends at `end`, parses: then it is handed on. */
  #take(json: string, end: number): boolean {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      return false;
    }
    const offset = this.#offset + this.#at;
    if (this.#isInArray) this.#starts.add(json, this.#indent);
    this.#at = end;
    this.#state = 'gap';
    this.#indent = null;
    this.#hasFound = true;
    this.#hasLines ||= !this.#isInArray;
    this.#handler.onValue(value, offset);
    return true;
  }

  /** A `[` directly in the top-level object: when it is the array of tweets, goes in there. */
  #isHolder(bracket: number): boolean {
    const key = this.#text.slice(Math.max(this.#at, bracket - 48), bracket);
    if (!HOLDER_KEY.test(key)) return false;
    const before = this.#text.slice(this.#at, bracket);
    this.#holder = `${this.#holder ?? ''}${before}0`.slice(0, MAX_ELEMENT_LENGTH + 1);
    this.#enterArray(bracket + 1);
    return true;
  }

  /** The rest of the object around an array. */
  #readHolder(): boolean {
    const text = this.#text;
    const end = this.#scanner.scan(text, this.#at, (bracket) => this.#isHolder(bracket));
    if (this.#isInArray) return true;
    const holder = (this.#holder ?? '') + text.slice(this.#at, end < 0 ? text.length : end);
    const isTooLong = holder.length > MAX_ELEMENT_LENGTH;
    if (end < 0) {
      // Too long to be of use: only its end matters.
      this.#holder = isTooLong ? holder.slice(0, MAX_ELEMENT_LENGTH + 1) : holder;
      this.#scanner.forget(text.length - this.#at);
      this.#at = text.length;
      return false;
    }
    this.#at = end;
    this.#holder = null;
    this.#state = 'gap';
    if (isTooLong) return true;
    try {
      this.#handler.onHolder?.(JSON.parse(holder));
    } catch {
      // What is beside the tweets is of no account.
    }
    return true;
  }

  /** `fault` counts from the element's start; `end` is where it seems to end, -1 when unknown. */
  #loseElement(fault: number, isCertain: boolean, end: number): void {
    this.#lose({
      fault: this.#offset + this.#at + fault,
      isCertain,
      end: end < 0 ? null : this.#offset + end,
    });
  }

  /** What is there is a part of an object whose start is lost: the next is like those before. */
  #loseStart(fault: number): void {
    this.#lose({
      fault: this.#offset + this.#at + fault,
      isCertain: true,
      end: Number.POSITIVE_INFINITY,
    });
  }

  #lose(lost: Omit<Lost, 'firstKeys' | 'searchedTo' | 'indent' | 'effort'>): void {
    // What is damaged may be the blanks before it.
    if (this.#starts.areKnown) this.#indent = this.#starts.indent;
    this.#lost = {
      ...lost,
      indent: this.#indent,
      effort: this.#effort,
      firstKeys: this.#starts.keys(this.#text, this.#at),
      searchedTo: this.#signBefore(lost.fault),
    };
    this.#state = 'lost';
  }

  /** A bracket that is missing shows at the next element: what announces that one is before it. */
  #signBefore(fault: number): number {
    const before =
      this.#indent === null
        ? this.#text.lastIndexOf(',', fault - this.#offset)
        : fault - this.#offset - this.#indent.length;
    return this.#offset + Math.max(this.#at + 1, before);
  }

  /** Looks for where the elements go on after one that is damaged. */
  #findBack(isEnd: boolean): boolean {
    const lost = this.#lost;
    if (lost === null) return false;
    const found = findElementAfter(lost, this.#scanner, {
      text: this.#text,
      offset: this.#offset,
      from: this.#at,
      isInArray: this.#isInArray,
      isEnd,
    });
    if (found.isFound) {
      this.#handler.onDamage(lost.fault);
      this.#hasFound = true;
      this.#lost = null;
      this.#state = 'gap';
      this.#indent = found.indent;
      this.#at = found.at;
      return true;
    }
    if (isEnd) {
      // The last element is the damaged one; what closes the array may still be there.
      const isClosed = this.#isInArray
        ? lost.isCertain && /[\]}]\s*;?\s*$/.test(this.#text)
        : this.#hasLines;
      if (!isClosed) throw new JsonFault(lost.fault);
      this.#handler.onDamage(lost.fault);
      this.#isInArray = false;
      this.#holder = null;
      this.#lost = null;
      this.#state = 'gap';
      this.#at = this.#text.length;
      return false;
    }
    this.#scanner.forget(found.at - this.#at);
    this.#at = found.at;
    return false;
  }
}
