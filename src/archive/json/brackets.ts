/**
 * Finds the end of a JSON object, array or string by counting brackets, over any number of chunks.
 */

/** A tweet with video nests 9 deep. */
export const MAX_DEPTH = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
/** `[` and `{`, `]` and `}` differ by one bit. */
const BRACE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

export class BracketScanner {
  /** How many characters have been examined, from the start of the element. */
  private scanned = 0;
  private depth = 0;
  private inString = false;
  /** The text ended in an odd run of backslashes inside a string. */
  private escaped = false;
  /**
   * Where the nesting became deeper than {@link MAX_DEPTH}, from the start of the element; else -1.
   */
  tooDeepAt = -1;

  /** Starts a new element. */
  start(): void {
    this.scanned = 0;
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
    this.tooDeepAt = -1;
  }

  get isFresh(): boolean {
    return this.scanned === 0;
  }

  /** The first `length` characters of the element have been removed from the text. */
  forget(length: number): void {
    this.scanned -= length;
  }

  /**
   * The index after the end of the element that starts at `from`, or -1 if the text ends first. It
   * continues where the last call ended. `isEnough` is called at every `[` directly in the element;
   * if it returns true, scanning stops there with -1.
   */
  scan(text: string, from: number, isEnough?: (at: number) => boolean): number {
    let at = from + this.scanned;
    const length = text.length;
    let depth = this.depth;
    if (this.inString) {
      at = this.skipString(text, at);
      if (!this.inString && depth === 0) return at;
    }
    while (at < length) {
      const code = text.charCodeAt(at++);
      if (code <= 0x20) continue;
      if (code === QUOTE) {
        at = this.skipString(text, at);
        if (depth === 0 && !this.inString) return at;
        continue;
      }
      const bracket = code | BRACE_BIT;
      if (bracket === OPENING) {
        if (code === OPENING_BRACKET && depth === 1 && isEnough?.(at - 1)) return -1;
        if (++depth > MAX_DEPTH && this.tooDeepAt < 0) {
          this.tooDeepAt = at - 1 - from;
        }
      } else if (bracket === CLOSING && --depth <= 0) {
        return at;
      }
    }
    this.scanned = length - from;
    this.depth = depth;
    return -1;
  }

  /** From inside a string to after its closing quote, or to the end of the text, still inside. */
  private skipString(text: string, from: number): number {
    let start = from;
    if (this.escaped && start < text.length) {
      this.escaped = false;
      start++;
    }
    for (;;) {
      const quote = text.indexOf('"', start);
      const end = quote < 0 ? text.length : quote;
      let runStart = end;
      while (runStart > start && text.charCodeAt(runStart - 1) === BACKSLASH) runStart--;
      const isEscaped = (end - runStart) % 2 === 1;
      if (quote < 0) {
        this.inString = true;
        this.escaped = isEscaped;
        return text.length;
      }
      if (!isEscaped) {
        this.inString = false;
        return quote + 1;
      }
      start = quote + 1;
    }
  }
}

/** The end of a number or a word; -1 if the text ends first. */
export function endOfScalar(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === ',' || char === ']' || char === '\n') return at;
  }
  return -1;
}
