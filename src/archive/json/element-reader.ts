/**
 * Reads the elements out of a stream of text that holds JSON: an array of them (with an assignment
 * before it, as in an archive), several such arrays one after another, objects that contain arrays,
 * or one element per line.
 *
 * It is written by hand instead of using a streaming JSON library for three reasons. Speed: it only
 * finds where an element ends (by its closing line in indented text, otherwise by counting
 * brackets), and `JSON.parse` does the rest, several times faster than a tokenizer in JavaScript.
 * Damage: an element that doesn't parse costs only that element, whereas a library gives up on the
 * whole document. Place: the offset of a fault is known, so the page can show its line and column.
 *
 * It is not a validator: it accepts a missing or doubled comma between elements. The result depends
 * on the text alone, not on how the text was cut into chunks.
 *
 * Memory: one chunk and one unfinished element, at most `MAX_ELEMENT_LENGTH`. An object around
 * arrays is read key by key, so it may be of any length.
 */

import { match } from './fault.ts';
import { beginsList, type MemberContext, ObjectMembers } from './object-members.ts';
import { type ElementOutcome, OneElement } from './one-element.ts';
import { Effort, findElementAfter, type Lost, ObjectStarts } from './recovery.ts';
import { TextWindow } from './text-window.ts';

/** `window.YTD.community_tweet.part12 = ` is 37 characters. */
const MAX_PREFIX_LENGTH = 256;
const BLANK = /[\s;,]*/y;
const PREFIX = /(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*/y;
const NOT_IN_PREFIX = /[^\w$.\s=]/;

/** The text stops being JSON at this offset (UTF-16 code units from its start). */
export class JsonFault extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(`not JSON from character ${offset}`);
    this.name = 'JsonFault';
    this.offset = offset;
  }
}

export interface ElementHandler {
  /**
   * An element and the offset of its source. `list` is the key of the array that contains it, `''`
   * if that array has no key, and null if the element is not in an array.
   */
  onValue(value: unknown, offset: number, list: string | null): void;
  /** An element was skipped because it is not JSON. The offset is that of its first fault. */
  onDamage(offset: number): void;
  /** A value, other than a list, in an object that is read key by key; `path` is the keys to it. */
  onMember?(path: readonly string[], value: unknown): void;
  /** The end of an object that was read key by key. The offset is that of its start. */
  onObjectEnd?(offset: number): void;
  /** The variable that the text after it is assigned to, such as `window.YTD.tweets.part0`. */
  onAssignment?(name: string): void;
  /** The array under this key is a list. Its elements follow. */
  onList?(key: string): void;
  /** Whether the array at this path is a list of elements. */
  isList?(path: readonly string[]): boolean;
  /** Whether a long or damaged array with this first element is one, whatever its key. */
  isListOf?(path: readonly string[], first: unknown): boolean;
}

export class ElementReader {
  private readonly handler: ElementHandler;
  private readonly window = new TextWindow();
  private readonly element = new OneElement();
  private readonly members: ObjectMembers;
  private state: 'gap' | 'element' | 'lost' | 'member' = 'gap';
  /** The key of the array that is being read, `''` if it has none; null outside of arrays. */
  private list: string | null = null;
  private hasFound = false;
  private hasLines = false;
  /** The line break and the blanks before the element; null when something else precedes it. */
  private indent: string | null = null;
  /** How the objects of this array begin. */
  private starts = new ObjectStarts();
  private lost: Lost | null = null;
  private readonly effort = new Effort();
  private readonly isList: (path: readonly string[]) => boolean;
  private readonly isListOf: (path: readonly string[], first: unknown) => boolean;

  constructor(handler: ElementHandler) {
    this.handler = handler;
    this.members = new ObjectMembers(this.window, handler);
    this.isList = (path) => handler.isList?.(path) === true;
    this.isListOf = (path, first) => handler.isListOf?.(path, first) === true;
  }

  /** Takes the next piece of the text, of any length. Throws {@link JsonFault}. */
  push(chunk: string): void {
    this.window.append(chunk);
    this.run(false);
  }

  /** The text has ended. Throws {@link JsonFault} if it was empty or something isn't closed. */
  end(): void {
    this.run(true);
    const isOpen = this.list !== null || this.members.isOpen || !this.window.isUsedUp;
    if (isOpen || !this.hasFound) {
      throw new JsonFault(this.window.offsetOf(this.window.text.length));
    }
  }

  private run(isEnd: boolean): void {
    while (this.step(isEnd));
    this.window.shift();
  }

  /** False if it needs more text. */
  private step(isEnd: boolean): boolean {
    if (this.state === 'element') return this.readElement(isEnd);
    if (this.state === 'lost') return this.findBack(isEnd);
    if (this.list !== null) return this.readGap();
    if (this.members.isOpen) return this.readMember(isEnd);
    return this.readTop(isEnd);
  }

  private readTop(isEnd: boolean): boolean {
    const window = this.window;
    const { text } = window;
    window.at = match(BLANK, text, window.at);
    if (window.isUsedUp) return false;
    const { at } = window;
    const prefixEnd = match(PREFIX, text, at);
    const first = text.charAt(prefixEnd);
    const isAssigned = prefixEnd > at;
    if (first === '[' || first === '{' || (first === '"' && !isAssigned)) {
      if (isAssigned)
        this.handler.onAssignment?.(text.slice(at, prefixEnd).replace(/\s*=\s*$/, ''));
      if (first === '[') this.enterArray(prefixEnd + 1, '');
      else this.startElement(prefixEnd);
      return true;
    }
    const rest = text.slice(at, at + MAX_PREFIX_LENGTH + 1);
    const foreign = rest.search(NOT_IN_PREFIX);
    if (foreign < 0 && rest.length <= MAX_PREFIX_LENGTH && !isEnd) return false;
    // After a valid `name = ` the fault is what follows it, otherwise it is the first word.
    const fault = window.offsetOf(prefixEnd);
    if (!this.hasLines || isAssigned) throw new JsonFault(fault);
    this.lose({ fault, isCertain: true, end: Number.POSITIVE_INFINITY });
    return true;
  }

  private enterArray(at: number, list: string): void {
    this.window.at = at;
    this.list = list;
    this.hasFound = true;
    this.indent = null;
    this.element.startArray();
    this.state = 'gap';
  }

  private readGap(): boolean {
    const window = this.window;
    const { text } = window;
    const { usualGap } = this.starts;
    if (usualGap !== null && text.startsWith(usualGap, window.at)) {
      // The quick way: the same indentation as before, and another object.
      this.indent = this.starts.indent;
      this.startElement(window.at + usualGap.length - 1);
      return true;
    }
    for (let at = window.at; at < text.length; at++) {
      const char = text.charAt(at);
      if (char === '\n') this.indent = char;
      else if (char === ' ' || char === '\t') this.indent &&= this.indent + char;
      else if (char === ',') this.indent = null;
      else if (char === ']') {
        window.at = at + 1;
        this.list = null;
        this.starts = new ObjectStarts();
        return true;
      } else if (char > ' ') {
        this.startElement(at);
        return true;
      }
    }
    window.at = text.length;
    return false;
  }

  private startElement(at: number): void {
    this.window.at = at;
    this.element.start();
    this.state = 'element';
  }

  private readElement(isEnd: boolean): boolean {
    const outcome = this.element.read(this.window, {
      mayEnter: this.list === null,
      isList: this.isList,
      indent: this.indent,
      hasObjects: this.starts.areKnown,
      isEnd,
    });
    if (outcome.kind === 'more') return false;
    const window = this.window;
    if (outcome.kind === 'value') this.take(outcome);
    else if (outcome.kind === 'enter' || this.isListDamaged(outcome)) {
      this.members.enter(window.at, null);
      this.hasFound = true;
      this.state = 'gap';
    } else if (outcome.kind === 'damage') {
      this.handler.onDamage(window.offsetOf(window.at + outcome.fault));
      window.at = outcome.end;
      this.state = 'gap';
    } else {
      const { fault, isCertain, end } = outcome;
      this.lose({
        fault: window.offsetOf(window.at + fault),
        isCertain,
        end: end === null ? null : window.offsetOf(end),
      });
    }
    return true;
  }

  /** Whether the text begins with an object in which a list begins before the damage. */
  private isListDamaged(outcome: ElementOutcome): boolean {
    if (outcome.kind !== 'lost' || this.list !== null || this.hasFound) return false;
    const { text, at } = this.window;
    return beginsList(text.slice(at, at + outcome.fault), this.isListOf);
  }

  private take({ value, json, end }: Extract<ElementOutcome, { kind: 'value' }>): void {
    const window = this.window;
    const offset = window.offsetOf(window.at);
    if (this.list !== null) this.starts.add(json, this.indent);
    window.at = end;
    this.state = 'gap';
    this.indent = null;
    this.hasFound = true;
    this.hasLines ||= this.list === null;
    this.handler.onValue(value, offset, this.list);
  }

  private readMember(isEnd: boolean): boolean {
    const context: MemberContext = {
      isEnd,
      isList: this.isList,
      isListOf: this.isListOf,
      fault: (at) => new JsonFault(this.window.offsetOf(at)),
    };
    const found = this.members.read(context);
    if (typeof found === 'boolean') return found;
    this.handler.onList?.(found.key);
    this.enterArray(found.at, found.key);
    return true;
  }

  private lose(lost: Pick<Lost, 'fault' | 'isCertain' | 'end'>): void {
    // The damage may be in the blanks before the element.
    if (this.starts.areKnown) this.indent = this.starts.indent;
    this.lost = {
      ...lost,
      indent: this.indent,
      effort: this.effort,
      firstKeys: this.starts.keys(this.window.text, this.window.at),
      searchedTo: this.signBefore(lost.fault),
    };
    this.state = 'lost';
  }

  /** A missing bracket only shows at the next element, so the search starts before that one. */
  private signBefore(fault: number): number {
    const window = this.window;
    const index = fault - window.offset;
    const before =
      this.indent === null ? window.text.lastIndexOf(',', index) : index - this.indent.length;
    return window.offsetOf(Math.max(window.at + 1, before));
  }

  /** Searches for the next element after a damaged one. */
  private findBack(isEnd: boolean): boolean {
    const lost = this.lost;
    if (lost === null) return false;
    const window = this.window;
    const { scanner } = this.element;
    const found = findElementAfter(lost, scanner, {
      text: window.text,
      offset: window.offset,
      from: window.at,
      isInArray: this.list !== null,
      isEnd,
    });
    if (found.isFound) {
      this.handler.onDamage(lost.fault);
      this.hasFound = true;
      this.lost = null;
      this.state = 'gap';
      this.indent = found.indent;
      window.at = found.at;
      return true;
    }
    if (isEnd) {
      this.endLost(lost);
      return false;
    }
    scanner.forget(found.at - window.at);
    window.at = found.at;
    return false;
  }

  /** The last element was the damaged one. The end of the array may still be there. */
  private endLost(lost: Lost): void {
    const isClosed =
      this.list === null
        ? this.hasLines
        : lost.isCertain && /[\]}]\s*;?\s*$/.test(this.window.text);
    if (!isClosed) throw new JsonFault(lost.fault);
    this.handler.onDamage(lost.fault);
    this.list = null;
    this.members.leaveAll();
    this.lost = null;
    this.state = 'gap';
    this.window.at = this.window.text.length;
  }
}
