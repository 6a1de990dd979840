/**
 * Reads one element from its start to its end.
 *
 * The caller calls it again with more text until it has decided. Its decision depends on the text
 * alone and not on how the text was cut into chunks.
 */

import { BracketScanner, endOfScalar } from './brackets.ts';
import { firstFaultIn, match } from './fault.ts';
import type { TextWindow } from './text-window.ts';

/** A tweet is about 1,200 characters, 20,000 with a lot of media; a page from the API 1,000,000. */
export const MAX_ELEMENT_LENGTH = 4 * 1024 * 1024;
/** An object around the lists that is longer than this is read key by key instead of as a whole. */
const MAX_WHOLE_LENGTH = 1024 * 1024;
/** Something that isn't a string, an object or an array must end within this length. */
const MAX_SCALAR_LENGTH = 256;
/** An unfinished element of this length is checked for a fault, and again at 8 times the length. */
const SUSPICIOUS_LENGTH = 64 * 1024;
/**
 * The last characters of an unfinished text may look like a fault, such as half an escape or half a
 * `true`.
 */
const MAX_TOKEN_LENGTH = 8;
/** After this many failures in a row, the quick way to the end of an element is no longer tried. */
const MAX_MISSES = 3;
/** How many blanks may stand between a key and its colon. */
const MAX_BLANKS = 256;
const SOME_BLANKS = /\s{0,256}/y;

export type ElementOutcome =
  | { readonly kind: 'more' }
  | { readonly kind: 'value'; readonly value: unknown; readonly json: string; readonly end: number }
  /** The object has to be read key by key: it contains a list, or is too long. */
  | { readonly kind: 'enter' }
  /** An invalid number or word. What follows it can be read. */
  | { readonly kind: 'damage'; readonly fault: number; readonly end: number }
  /**
   * The element can't be read, and the start of the next one has to be found. `fault` counts from
   * the start of the element. `end` is the index at which it seems to end, null if unknown, and
   * infinite if it has no usable end. `isCertain` is false if the element is only too long or too
   * deep.
   */
  | {
      readonly kind: 'lost';
      readonly fault: number;
      readonly isCertain: boolean;
      readonly end: number | null;
    };

export interface ElementContext {
  /** Whether an object may be read key by key, which is the case outside of arrays. */
  readonly mayEnter: boolean;
  /** Whether the array at this path is a list of elements. */
  isList(path: readonly string[]): boolean;
  /** The line break and the blanks before the element; null when something else precedes it. */
  readonly indent: string | null;
  /**
   * Whether the array has had objects: then a key in place of an element means that a start is
   * lost.
   */
  readonly hasObjects: boolean;
  readonly isEnd: boolean;
}

const MORE: ElementOutcome = { kind: 'more' };

export class OneElement {
  readonly scanner = new BracketScanner();
  private suspiciousLength = SUSPICIOUS_LENGTH;
  private misses = 0;

  start(): void {
    this.scanner.start();
    this.suspiciousLength = SUSPICIOUS_LENGTH;
  }

  startArray(): void {
    this.misses = 0;
  }

  read(window: TextWindow, context: ElementContext): ElementOutcome {
    const { text, at } = window;
    const first = text.charAt(at);
    if (first !== '{' && first !== '[' && first !== '"') return readScalar(window, context);
    const indented = first === '{' ? this.readIndented(window, context) : null;
    if (indented !== null) return indented;

    let hasList = false;
    const isInList = (bracket: number) => {
      const key = keyBefore(text, at, bracket);
      hasList = key !== undefined && context.isList([key]);
      return hasList;
    };
    const end = this.scanner.scan(
      text,
      at,
      context.mayEnter && first === '{' ? isInList : undefined,
    );
    if (hasList) return { kind: 'enter' };
    if (first === '"' && end >= 0 && context.hasObjects) {
      const next = match(SOME_BLANKS, text, end);
      if (next === text.length && next - end < MAX_BLANKS && !context.isEnd) {
        this.scanner.start();
        return MORE;
      }
      // A key in place of an element: the start of an object is missing.
      if (text.charAt(next) === ':') return lostStart(0);
    }
    return this.decide(text.slice(at, end < 0 ? text.length : end), end, first, context);
  }

  /** @param json The element up to its `end`, or all there is of it if `end` is -1. */
  private decide(
    json: string,
    end: number,
    first: string,
    context: ElementContext,
  ): ElementOutcome {
    const { mayEnter, isEnd } = context;
    const lost = (fault: number, isCertain: boolean): ElementOutcome => ({
      kind: 'lost',
      fault,
      isCertain,
      end: end < 0 ? null : end,
    });
    if (mayEnter && first === '{' && json.length > MAX_WHOLE_LENGTH) {
      const fault = firstFaultIn(json.slice(0, MAX_WHOLE_LENGTH));
      return fault < MAX_WHOLE_LENGTH - MAX_TOKEN_LENGTH ? lost(fault, true) : { kind: 'enter' };
    }
    if (json.length > MAX_ELEMENT_LENGTH) {
      const fault = firstFaultIn(json.slice(0, MAX_ELEMENT_LENGTH));
      const isCertain = fault < MAX_ELEMENT_LENGTH - MAX_TOKEN_LENGTH;
      return lost(isCertain ? fault : 0, isCertain);
    }
    const { tooDeepAt } = this.scanner;
    if (tooDeepAt >= 0 && end >= 0) return lost(tooDeepAt, false);
    if (end >= 0) return parsed(json, end) ?? lost(firstFaultIn(json), true);
    if (!isEnd && json.length <= this.suspiciousLength) return MORE;
    this.suspiciousLength *= 8;
    const fault = firstFaultIn(json);
    const isCertain = fault < json.length - (isEnd ? 0 : MAX_TOKEN_LENGTH);
    if (isCertain) return lost(fault, true);
    return isEnd && tooDeepAt >= 0 ? lost(tooDeepAt, false) : MORE;
  }

  /**
   * The quick way: search the line that closes the element. It works because no string spans lines.
   */
  private readIndented(
    window: TextWindow,
    { indent, mayEnter }: ElementContext,
  ): ElementOutcome | null {
    if (indent === null || mayEnter || this.misses > MAX_MISSES || !this.scanner.isFresh) {
      return null;
    }
    const { text, at } = window;
    const line = text.indexOf(`${indent}}`, at);
    const end = line + indent.length + 1;
    const isSane = line >= 0 && end - at <= MAX_ELEMENT_LENGTH;
    const value = isSane ? parsed(text.slice(at, end), end) : null;
    this.misses = value === null ? this.misses + 1 : 0;
    return value;
  }
}

function readScalar({ text, at }: TextWindow, context: ElementContext): ElementOutcome {
  const end = endOfScalar(text, at);
  if (end < 0 && text.length - at <= MAX_SCALAR_LENGTH) return MORE;
  const json = text.slice(at, end < 0 ? undefined : end);
  const value = end < 0 ? null : parsed(json, end);
  if (value !== null) return value;
  const fault = firstFaultIn(json);
  if (context.hasObjects) return lostStart(fault);
  if (end < 0) return { kind: 'lost', fault, isCertain: true, end: null };
  return { kind: 'damage', fault, end };
}

function parsed(json: string, end: number): ElementOutcome | null {
  try {
    return { kind: 'value', value: JSON.parse(json), json, end };
  } catch {
    return null;
  }
}

/**
 * The text is a part of an object whose start is missing. The next object is like those before it.
 */
function lostStart(fault: number): ElementOutcome {
  return { kind: 'lost', fault, isCertain: true, end: Number.POSITIVE_INFINITY };
}

const MAX_KEY_LENGTH = 64;
const KEY_BEFORE = /"([^"\\]{1,64})"\s*:\s*$/;

/** The key of the array that begins at `bracket`, in the object that begins at `from`. */
export function keyBefore(text: string, from: number, bracket: number): string | undefined {
  const before = text.slice(Math.max(from, bracket - MAX_KEY_LENGTH - 16), bracket);
  return KEY_BEFORE.exec(before)?.[1];
}
