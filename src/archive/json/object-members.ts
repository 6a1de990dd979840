/**
 * Reads an object key by key, because it is too long to be parsed as a whole or contains lists of
 * elements. Objects in it that are too long are read the same way.
 */

import { BracketScanner } from './brackets.ts';
import { firstFaultIn, match } from './fault.ts';
import { keyBefore } from './one-element.ts';
import type { TextWindow } from './text-window.ts';

/**
 * A longer object is read key by key. An array that is longer, or damaged, is read as a list if its first
 * element tells that it is one. Otherwise a longer one is skipped.
 */
const MAX_MEMBER_LENGTH = 256 * 1024;
const MAX_KEY_LENGTH = 1024;
/** An answer of X's GraphQL nests its list 6 deep. */
const MAX_OBJECTS = 12;
const BLANKS_AND_COMMAS = /[\s,]*/y;
const BLANKS = /\s*/y;
const END_OF_SCALAR = /[,}\]\n]/g;

export interface MemberHandler {
  onMember?(path: readonly string[], value: unknown): void;
  onObjectEnd?(offset: number): void;
  onDamage(offset: number): void;
}

export interface MemberContext {
  readonly isEnd: boolean;
  /** Whether the array at this path is a list of elements. */
  isList(path: readonly string[]): boolean;
  /** Whether an array with this first element is one, whatever its key. */
  isListOf(path: readonly string[], first: unknown): boolean;
  /** The error for something that can't stand at this index. */
  fault(at: number): Error;
}

export class ObjectMembers {
  private readonly window: TextWindow;
  private readonly handler: MemberHandler;
  private readonly scanner = new BracketScanner();
  /** The keys of the objects that are open; the outermost has none. */
  private readonly keys: (string | null)[] = [];
  private startOffset = 0;
  private state: 'gap' | 'value' | 'skipping' = 'gap';
  /** The key of the value that comes next. */
  private key = '';

  constructor(window: TextWindow, handler: MemberHandler) {
    this.window = window;
    this.handler = handler;
  }

  get isOpen(): boolean {
    return this.keys.length > 0;
  }

  /** Starts reading the object at index `at` key by key. */
  enter(at: number, key: string | null): void {
    if (!this.isOpen) this.startOffset = this.window.offsetOf(at);
    this.keys.push(key);
    this.window.at = at + 1;
    this.state = 'gap';
  }

  leaveAll(): void {
    if (this.isOpen) this.handler.onObjectEnd?.(this.startOffset);
    this.keys.length = 0;
  }

  /**
   * Takes one step. Returns false if it needs more text, and if a list begins its key and the index of its
   * first element.
   */
  read(context: MemberContext): boolean | { readonly at: number; readonly key: string } {
    if (this.state === 'skipping') return this.skip();
    return this.state === 'gap' ? this.readKey(context) : this.readValue(context);
  }

  private readKey({ fault }: MemberContext): boolean {
    const window = this.window;
    const { text } = window;
    window.at = match(BLANKS_AND_COMMAS, text, window.at);
    if (window.isUsedUp) return false;
    const { at } = window;
    if (text.charAt(at) === '}') {
      window.at = at + 1;
      if (this.keys.length === 1) this.leaveAll();
      else this.keys.pop();
      return true;
    }
    if (text.charAt(at) !== '"') throw fault(at);
    this.scanner.start();
    const end = this.scanner.scan(text, at);
    if (end < 0 ? text.length - at > MAX_KEY_LENGTH : end - at > MAX_KEY_LENGTH) throw fault(at);
    if (end < 0) return false;
    const colon = match(BLANKS, text, end);
    if (colon === text.length) return false;
    if (text.charAt(colon) !== ':') throw fault(colon);
    const value = match(BLANKS, text, colon + 1);
    if (value === text.length) return false;
    this.key = keyOf(text.slice(at, end));
    window.at = value;
    this.scanner.start();
    this.state = 'value';
    return true;
  }

  private readValue(
    context: MemberContext,
  ): boolean | { readonly at: number; readonly key: string } {
    const window = this.window;
    const { text, at } = window;
    const first = text.charAt(at);
    const key = this.key;
    if (first === '[' && context.isList(this.path)) {
      this.state = 'gap';
      return { at: at + 1, key };
    }
    const isScalar = first !== '{' && first !== '[' && first !== '"';
    const end = isScalar ? endOfScalar(text, at) : this.scanner.scan(text, at);
    const length = (end < 0 ? text.length : end) - at;
    const isShort = length <= MAX_MEMBER_LENGTH;
    if (isShort && end < 0 && !context.isEnd) return false;
    const isSound = isShort && end >= 0 && this.handOn(text.slice(at, end));
    if (first === '[' && !isSound && context.isListOf(this.path, elementAt(text, at + 1))) {
      this.state = 'gap';
      return { at: at + 1, key };
    }
    if (isShort) {
      if (end < 0) return false;
      if (!isSound) {
        this.handler.onDamage(window.offsetOf(at + firstFaultIn(text.slice(at, end))));
      }
    } else if (first === '{' && this.keys.length < MAX_OBJECTS) {
      this.enter(at, key);
      return true;
    } else if (isScalar) throw context.fault(at);
    else if (end < 0) {
      this.state = 'skipping';
      return true;
    }
    window.at = end;
    this.state = 'gap';
    return true;
  }

  /** False if the value is damaged. */
  private handOn(json: string): boolean {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch {
      return false;
    }
    this.handler.onMember?.(this.path, value);
    return true;
  }

  /** The keys to the value that comes next. */
  private get path(): readonly string[] {
    return [...this.keys.flatMap((key) => key ?? []), this.key];
  }

  /** Skips an array of any length. */
  private skip(): boolean {
    const window = this.window;
    const { text, at } = window;
    const end = this.scanner.scan(text, at);
    if (end >= 0) {
      window.at = end;
      this.state = 'gap';
      return true;
    }
    this.scanner.forget(text.length - at);
    window.at = text.length;
    return false;
  }
}

/** Whether the beginning of an object has the beginning of a list, whatever its key. */
export function beginsList(json: string, isListOf: MemberContext['isListOf']): boolean {
  let hasList = false;
  new BracketScanner().scan(json, 0, (bracket) => {
    const key = keyBefore(json, 0, bracket);
    hasList = key !== undefined && isListOf([key], elementAt(json, bracket + 1));
    return hasList;
  });
  return hasList;
}

/** The object or string at index `from` or after blanks; null if there is none, or not as a whole. */
function elementAt(text: string, from: number): unknown {
  const start = match(BLANKS, text, from);
  const scanner = new BracketScanner();
  scanner.start();
  const end = /[{"]/.test(text.charAt(start)) ? scanner.scan(text, start) : -1;
  try {
    return end < 0 ? null : JSON.parse(text.slice(start, end));
  } catch {
    return null;
  }
}

function endOfScalar(text: string, from: number): number {
  END_OF_SCALAR.lastIndex = from;
  return END_OF_SCALAR.exec(text)?.index ?? -1;
}

function keyOf(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1, -1);
  }
}
