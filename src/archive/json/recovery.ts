/**
 * After an element that is no JSON: where the next one starts.
 *
 * Two signs are looked for, and the first in the text counts: that the brackets of the damaged
 * element close where an element can end; and the start of an element like those before. The latter
 * is a line indented as they are, which no string can hold; in text without line breaks an object
 * with a first key of theirs that is whole JSON; outside an array, a new line.
 */

import { BracketScanner } from './brackets.ts';
import { match } from './fault.ts';

/** How far an element is looked into for its first key; how many such beginnings are remembered. */
const MAX_HEAD_LENGTH = 256;
const MAX_HEADS = 8;
const FIRST_KEY = /^\{\s*"([^"\\]{1,64})"\s*:/;

/** How the objects of an array begin: what the next one after a damaged one is told by. */
export class ObjectStarts {
  /** Up to the first key, as far as they differ. */
  private readonly heads: string[] = [];
  /** Of the first of them. */
  private firstIndent: string | null = null;

  get areKnown(): boolean {
    return this.heads.length > 0;
  }

  get indent(): string | null {
    return this.firstIndent;
  }

  /** An element that was read: of most, the first comparison tells that it begins like others. */
  add(json: string, indent: string | null): void {
    const heads = this.heads;
    if (!json.startsWith('{') || heads.length === MAX_HEADS) return;
    if (heads.some((head) => json.startsWith(head))) return;
    const [head] = FIRST_KEY.exec(json.slice(0, MAX_HEAD_LENGTH)) ?? [];
    if (head === undefined) return;
    if (heads.length === 0) this.firstIndent = indent;
    heads.push(head);
  }

  /** First keys: that of the element which starts at `at`, and those of all before. */
  keys(text: string, at: number): readonly string[] {
    const head = text.slice(at, at + MAX_HEAD_LENGTH);
    return [head, ...this.heads].flatMap((of) => FIRST_KEY.exec(of)?.[1] ?? []);
  }
}

/** An element that was given up. All offsets count from the start of the whole text. */
export interface Lost {
  readonly fault: number;
  /** False when it is only too long or too deep: then nothing but its end counts. */
  readonly isCertain: boolean;
  /** After its closing bracket; null while unknown; infinite when it has none that is of use. */
  end: number | null;
  readonly indent: string | null;
  /** What objects of the array begin with: this one, which may be damaged there, and those before. */
  readonly firstKeys: readonly string[];
  searchedTo: number;
  readonly effort: Effort;
}

/** What may still be spent, of {@link MAX_EFFORT}, on all that is damaged in a text. */
export class Effort {
  left = MAX_EFFORT;
}

interface Place {
  readonly text: string;
  /** Of the text's start, in the whole text. */
  readonly offset: number;
  /** Index in `text` from which on it is needed. */
  readonly from: number;
  readonly isInArray: boolean;
  readonly isEnd: boolean;
}

export interface Found {
  readonly isFound: boolean;
  /** Index where to go on reading; when nothing was found, from where on the text is still needed. */
  readonly at: number;
  /** What precedes the element found. */
  readonly indent: string | null;
  /** What may be the next element goes on in the next chunk: until then nothing behind it counts. */
  readonly isWaiting?: boolean;
}

/** What may have to be seen again with the next chunk: a comma, blanks, a bracket and a key. */
const MAX_SIGN_LENGTH = 512;
const MAX_CANDIDATE_LENGTH = 256 * 1024;
/**
 * Characters looked at, over a whole text, to see whether what may be an element is one. A thousand
 * damaged tweets take a fiftieth of it; a text made to take more is given up within a second.
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
 * Whether brackets that close are those of the element, and not, as one too many or too few was
 * among them, some within it. Null when the text ends before that can be said.
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
  // What closes an array within an element has more of the element after it.
  if (sign === ']') return !/[,}\]]/.test(first);
  // And a key is no element.
  return first === '{' ? isElement(lost, place, next) : first !== '"';
}

/** The next sign of an element before `limit`. */
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

/** Null when the text ends before that can be said. */
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
