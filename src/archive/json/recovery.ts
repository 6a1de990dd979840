/**
 * Finds where the next element starts after one that is not valid JSON.
 *
 * It looks for two signs and takes the one that comes first in the text. One sign is that the
 * brackets of the damaged element close where an element can end. The other is that something
 * starts as the elements before it did. In indented text that is a line with their
 * indentation, which no string can contain. In text without line breaks it is an object that begins
 * with one of their first keys and parses as a whole. Outside an array it is a new line.
 */

import { BracketScanner } from './brackets.ts';
import { match } from './fault.ts';

/** The first key of an element is searched for within its first characters. */
const MAX_HEAD_LENGTH = 256;
const MAX_HEADS = 8;
const FIRST_KEY = /^\{\s*"([^"\\]{1,64})"\s*:/;

/**
 * How the objects of an array begin, so that the next one after a damaged one can be recognized.
 */
export class ObjectStarts {
  /** The different beginnings that occurred, each up to and including the first key. */
  private readonly heads: string[] = [];
  /** The line break and the blanks before the first of them. */
  indent: string | null = null;
  /** What usually stands between two objects, and the bracket of the second; null in other texts. */
  usualGap: string | null = null;

  get areKnown(): boolean {
    return this.heads.length > 0;
  }

  /**
   * Remembers how an element that was read begins. Most begin like the first, which is compared
   * first.
   */
  add(json: string, indent: string | null): void {
    const heads = this.heads;
    if (!json.startsWith('{') || heads.length === MAX_HEADS) return;
    for (const head of heads) if (json.startsWith(head)) return;
    const [head] = FIRST_KEY.exec(json.slice(0, MAX_HEAD_LENGTH)) ?? [];
    if (head === undefined) return;
    if (heads.length === 0) {
      this.indent = indent;
      this.usualGap = indent === null ? null : `,${indent}{`;
    }
    heads.push(head);
  }

  /**
   * The first key of the element that starts at `at`, and the first keys of all elements before it.
   */
  keys(text: string, at: number): readonly string[] {
    const head = text.slice(at, at + MAX_HEAD_LENGTH);
    return [head, ...this.heads].flatMap((of) => FIRST_KEY.exec(of)?.[1] ?? []);
  }
}

/** An element that could not be read. All offsets count from the start of the whole text. */
export interface Lost {
  readonly fault: number;
  /** False if it is only too long or too deep. Then only its end is searched for. */
  readonly isCertain: boolean;
  /** The offset after its closing bracket; null while unknown; infinite if it has no usable end. */
  end: number | null;
  readonly indent: string | null;
  /** The first keys of this element, which may be the damaged part, and of those before it. */
  readonly firstKeys: readonly string[];
  searchedTo: number;
  readonly effort: Effort;
}

/** What is left of {@link MAX_EFFORT} for all damaged elements of a text. */
export class Effort {
  left = MAX_EFFORT;
}

interface Place {
  readonly text: string;
  /** Offset of the start of `text` in the whole text. */
  readonly offset: number;
  /** Index in `text` before which nothing is needed any more. */
  readonly from: number;
  readonly isInArray: boolean;
  readonly isEnd: boolean;
}

export interface Found {
  readonly isFound: boolean;
  /**
   * Index at which to continue; if nothing was found, the index from which the text is still
   * needed.
   */
  readonly at: number;
  /** The line break and the blanks before the element that was found. */
  readonly indent: string | null;
  /**
   * What may be the next element continues in the next chunk. Nothing behind it counts until then.
   */
  readonly isWaiting?: boolean;
}

/**
 * Length of a comma, blanks, a bracket and a key, which may have to be read again with the next
 * chunk.
 */
const MAX_SIGN_LENGTH = 512;
const MAX_CANDIDATE_LENGTH = 256 * 1024;
/**
 * How many characters of a text may be examined in all to see whether something is an element. A
 * thousand damaged tweets need a fiftieth of it. A text that is made to need more is given up
 * within a second.
 */
const MAX_EFFORT = 64 * 1024 ** 2;

export function findElementAfter(lost: Lost, scanner: BracketScanner, place: Place): Found {
  const { text, offset, from, isEnd } = place;
  if (lost.end === null) {
    const end = scanner.scan(text, from);
    if (end >= 0) lost.end = offset + end;
  }
  let keepFrom = Math.max(from, text.length - MAX_SIGN_LENGTH);
  const endAt = lost.end === null ? Number.POSITIVE_INFINITY : lost.end - offset;
  if (lost.isCertain) {
    const next = nextStart(lost, place, endAt);
    if (next.isFound) return next;
    keepFrom = Math.min(keepFrom, next.at);
    if (next.isWaiting) return { isFound: false, at: keepFrom, indent: null };
  }
  if (endAt <= text.length) {
    const after = match(/\s*/y, text, endAt);
    const isGood = after === text.length && !isEnd ? null : isGoodEnd(lost, place, endAt, after);
    if (isGood) return { isFound: true, at: endAt, indent: null };
    if (isGood === false) {
      lost.end = Number.POSITIVE_INFINITY;
      return findElementAfter(lost, scanner, place);
    }
    keepFrom = Math.min(keepFrom, Math.max(from, endAt - MAX_SIGN_LENGTH));
  }
  return { isFound: false, at: keepFrom, indent: null };
}

/**
 * Whether the brackets that close are those of the element itself. If there is one bracket too many
 * or too few, they may belong to something within it. Null if the text ends before this can be
 * decided.
 */
function isGoodEnd(lost: Lost, place: Place, end: number, after: number): boolean | null {
  const { text, isInArray, isEnd } = place;
  if (!isInArray) return true;
  const sign = text.charAt(after);
  if (sign !== ',' && sign !== ']') return false;
  if (!lost.isCertain) return true;
  if (lost.indent !== null) return text.slice(0, end - 1).endsWith(lost.indent);
  if (lost.firstKeys.length === 0) return true;
  const next = match(/\s*/y, text, after + 1);
  if (next === text.length && !isEnd) return null;
  const first = text.charAt(next);
  // After the end of an array within an element comes more of the element.
  if (sign === ']') return !/[,}\]]/.test(first);
  // A key is not an element.
  return first === '{' ? isElement(lost, place, next) : first !== '"';
}

/** The next sign that an element starts, if it comes before `limit`. */
function nextStart(lost: Lost, place: Place, limit: number): Found {
  const { text, offset, isInArray } = place;
  const from = Math.max(0, lost.searchedTo - offset);
  const none = (at: number): Found => {
    lost.searchedTo = Math.max(lost.searchedTo, offset + at);
    return { isFound: false, at, indent: null };
  };
  const waitAt = Math.max(from, text.length - MAX_SIGN_LENGTH);
  if (!isInArray) {
    const line = /\n\s*(?=[{["])/g;
    line.lastIndex = Math.max(0, text.lastIndexOf('\n', lost.fault - offset), place.from);
    const found = line.exec(text);
    return found && found.index < limit
      ? { isFound: true, at: found.index + found[0].length, indent: null }
      : none(found?.index ?? waitAt);
  }
  if (lost.indent !== null) {
    const at = text.indexOf(`${lost.indent}{`, from);
    if (at < 0) return none(waitAt);
    return at < limit
      ? { isFound: true, at: at + lost.indent.length, indent: lost.indent }
      : none(at);
  }
  if (lost.firstKeys.length === 0) return none(waitAt);
  const keys = lost.firstKeys.map(escapeForRegExp).join('|');
  const sign = new RegExp(`,\\s*(?=\\{\\s*"(?:${keys})"\\s*:)`, 'g');
  sign.lastIndex = from;
  for (let found = sign.exec(text); found; found = sign.exec(text)) {
    if (found.index >= limit) return none(found.index);
    const at = found.index + found[0].length;
    const isWhole = isElement(lost, place, at);
    if (isWhole === null) return { ...none(found.index), isWaiting: true };
    if (isWhole) return { isFound: true, at, indent: null };
  }
  return none(waitAt);
}

/** Null if the text ends before this can be decided. */
function isElement({ effort }: Lost, { text, isEnd }: Place, at: number): boolean | null {
  if (effort.left < 0) return false;
  const scanner = new BracketScanner();
  scanner.start();
  const candidate = text.slice(0, at + MAX_CANDIDATE_LENGTH);
  const end = scanner.scan(candidate, at);
  effort.left -= (end < 0 ? candidate.length : end) - at;
  if (end < 0) return isEnd || text.length - at > MAX_CANDIDATE_LENGTH ? false : null;
  const after = match(/\s*/y, text, end);
  if (after === text.length && !isEnd) return null;
  if (!/[,\]]/.test(text.charAt(after))) return false;
  try {
    JSON.parse(text.slice(at, end));
    return true;
  } catch {
    return false;
  }
}

function escapeForRegExp(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
