/**
 * Where a text stops being JSON.
 *
 * `JSON.parse` knows it, but tells it in a message that differs between browsers and quotes the
 * text, which must not become part of an error. This only runs for elements with a fault, so it is
 * written to be simple rather than fast.
 */

const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'end';

/**
 * Offset (UTF-16 code units) of the first character that no JSON document could have there;
 * `text.length` if the text is valid but ends too early, or is a whole document.
 */
export function firstFaultIn(text: string): number {
  const closers: ('}' | ']')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = match(SPACE, text, at);
    if (at >= text.length) return text.length;
    const char = text.charAt(at);
    const closer = closers.at(-1);

    if (char === closer && expected.endsWith('end')) {
      closers.pop();
      expected = closers.length === 0 ? 'end' : 'comma-or-end';
      at++;
    } else if (char === ',' && expected === 'comma-or-end') {
      expected = closer === '}' ? 'key' : 'value';
      at++;
    } else if (char === ':' && expected === 'colon') {
      expected = 'value';
      at++;
    } else if (char === '"' && (expected.startsWith('value') || expected.startsWith('key'))) {
      const end = endOfString(text, at + 1);
      if (end.isFault) return end.at;
      if (expected.startsWith('key')) expected = 'colon';
      else expected = closers.length === 0 ? 'end' : 'comma-or-end';
      at = end.at;
    } else if (expected.startsWith('value') && (char === '{' || char === '[')) {
      closers.push(char === '{' ? '}' : ']');
      expected = char === '{' ? 'key-or-end' : 'value-or-end';
      at++;
    } else if (expected.startsWith('value')) {
      const end = match(SCALAR, text, at);
      if (end === at) return at;
      expected = closers.length === 0 ? 'end' : 'comma-or-end';
      at = end;
    } else {
      return at;
    }
  }
}

function endOfString(text: string, from: number): { at: number; isFault: boolean } {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { at: at + 1, isFault: false };
    if (code < 0x20) return { at, isFault: true };
    if (code === 0x5c) {
      const end = match(ESCAPE, text, at);
      if (end === at) return { at, isFault: true };
      at = end;
    } else {
      at++;
    }
  }
  return { at, isFault: true };
}

/** The index after what the sticky pattern matches at `at`, or `at` if it doesn't match. */
export function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/**
 * One-based line and column (UTF-16 code units) of an offset.
 *
 * It reads the text again up to there, so that files without a fault don't pay for counting lines.
 */
export async function placeOf(
  chunks: AsyncIterable<string>,
  offset: number,
): Promise<{ line: number; column: number }> {
  let line = 1;
  let lineStart = 0;
  let chunkStart = 0;
  for await (const chunk of chunks) {
    let newline = chunk.indexOf('\n');
    while (newline >= 0 && chunkStart + newline < offset) {
      line++;
      lineStart = chunkStart + newline + 1;
      newline = chunk.indexOf('\n', newline + 1);
    }
    chunkStart += chunk.length;
    if (chunkStart >= offset) break;
  }
  return { line, column: offset - lineStart + 1 };
}
