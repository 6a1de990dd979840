/**
 * Keeps names, addresses and formatted values in their own direction within a sentence that runs from right to
 * left: without that, the `@` of an account would be shown behind its name.
 */
const ISOLATE = '\u2068';
const END = '\u2069';

export function isolate(text: string): string {
  return ISOLATE + text + END;
}

/** The same message, or table of messages, whose values are put between marks of Unicode that nobody sees. */
export function isolated<T>(text: T): T;
export function isolated(text: unknown): unknown {
  if (typeof text === 'function') {
    return (...values: unknown[]): unknown =>
      text(...values.map((value) => (typeof value === 'string' ? isolate(value) : value)));
  }
  if (
    typeof text === 'object' &&
    text !== null &&
    Object.getPrototypeOf(text) === Object.prototype
  ) {
    return Object.fromEntries(Object.entries(text).map(([name, value]) => [name, isolated(value)]));
  }
  return text;
}

/** What isn't only shown, such as the name of a bot, has no such marks. */
export function withoutMarks(text: string): string {
  return text.replaceAll(ISOLATE, '').replaceAll(END, '');
}
