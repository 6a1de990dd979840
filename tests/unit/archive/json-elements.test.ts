import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  ElementSplitter,
  JsonFault,
  MAX_DEPTH,
  MAX_ELEMENT_LENGTH,
} from '../../../src/archive/json-elements.ts';
import { firstFaultIn, placeOf } from '../../../src/archive/json-fault.ts';

/** The elements, or the offset of the fault. */
function split(...chunks: readonly string[]): string[] | number {
  const elements: string[] = [];
  const splitter = new ElementSplitter((json) => elements.push(json));
  try {
    for (const chunk of chunks) splitter.push(chunk);
    splitter.end();
  } catch (error) {
    if (error instanceof JsonFault) return error.offset;
    throw error;
  }
  return elements;
}

describe('what it takes for an array', () => {
  test.each([
    ['plain', '[1, "a", {"b": [2]}]', ['1', '"a"', '{"b": [2]}']],
    ['empty', '[ ]', []],
    ['an assignment', 'window.YTD.tweets.part0 = [ {} ]', ['{}']],
    ['an old assignment', 'Grailbird.data.tweets_2012_01 = \n [ {} ]', ['{}']],
    ['a declaration', 'var tweets=[{}];', ['{}']],
    ['blanks and a semicolon after it', '[{}] ;\n\n', ['{}']],
    ['parts put into one file', 'a.part0 = [1];\na.part1 = [2]\n', ['1', '2']],
    ['much blank space first', `${' \n'.repeat(5000)}[1]`, ['1']],
    ['a comma too many', '[1,,2,]', ['1', '2']],
    ['a comma too few', '[{}{} {}]', ['{}', '{}', '{}']],
    [
      'brackets and quotes in strings',
      String.raw`["]", "\"]", "\\", {"[": "}\\\""}]`,
      ['"]"', String.raw`"\"]"`, String.raw`"\\"`, String.raw`{"[": "}\\\""}`],
    ],
    [
      'damage within balanced brackets',
      '[{"a":}, nonsense, [}, 1]',
      ['{"a":}', 'nonsense', '[}', '1'],
    ],
  ])('%s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
    // One character at a time, every state is left and entered again.
    expect(split(...text)).toEqual(expected);
  });
});

describe('what it refuses, and where', () => {
  test.each([
    ['nothing', '', 0],
    ['prose', 'It was the best of times, it was', 0],
    ['prose without a comma', 'word '.repeat(200), 0],
    ['prose with a bracket later', 'See the note [1] below', 0],
    ['HTML', '<!doctype html><p>[1]', 0],
    ['an object', ' {"tweets": []}', 1],
    ['an object assigned', 'var payload = {"tweets": 1}', 14],
    ['an assignment of nothing', 'window.x = ', 11],
    ['words after the array', '[1] and so on', 4],
    ['an end before the array is closed', '[1, 2', 5],
    ['an end within an element', '[{"a": 1}, {"b": 2', 18],
    ['an end within a string', '[{"a": "bcd', 11],
    ['an end within an escape', '["a\\', 3],
    ['a bracket that is never closed', '[{"a":{"b":1, {"c":2}]', 14],
    ['a quote that is never closed: at the line break', '[{"a":"b},\n{"a":"c"}]', 10],
  ])('%s', (_, text, offset) => {
    expect(split(text)).toBe(offset);
    expect(split(...text)).toBe(offset);
  });

  it('nesting deeper than any tweet', () => {
    expect(split('['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1))).toHaveLength(1);
    expect(split('['.repeat(MAX_DEPTH + 2) + ']'.repeat(MAX_DEPTH + 2))).toBe(MAX_DEPTH + 1);
    expect(split('['.repeat(1_000_000))).toBe(MAX_DEPTH + 1);
  });

  it('an element larger than any tweet, without keeping it', () => {
    const long = 'x'.repeat(MAX_ELEMENT_LENGTH);
    expect(split('["a", "', long, '"]')).toBe(6);
    expect(split(`["a", "${long}"]`)).toBe(6);
    expect(split(`["a", ${long}0]`)).toBe(6);
  });

  it('a document of nothing but words, within its first chunk', () => {
    const splitter = new ElementSplitter(() => undefined);
    expect(() => splitter.push('lorem ipsum '.repeat(100))).toThrow(JsonFault);
  });
});

test('any JSON array in any chunks splits into its elements (seed 20261122)', () => {
  const text = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 }).chain((values) =>
    fc.tuple(
      fc.constant(values),
      fc.constantFrom(0, 2).map((indent) => JSON.stringify(values, null, indent)),
      fc.array(fc.nat(), { maxLength: 12 }),
    ),
  );
  fc.assert(
    fc.property(text, ([values, json, cuts]) => {
      const places = cuts.map((cut) => cut % (json.length + 1)).sort((a, b) => a - b);
      const chunks = [...places, json.length].map((end, i) => json.slice(places[i - 1] ?? 0, end));
      const elements = split(...chunks);
      expect(elements).toBeInstanceOf(Array);
      expect((elements as string[]).map((element) => JSON.parse(element))).toEqual(
        JSON.parse(json),
      );
      expect(elements).toHaveLength(values.length);
    }),
    { seed: 20261122, numRuns: 500 },
  );
});

test('any text of brackets, quotes and escapes gives the same however it is cut (seed 20261122)', () => {
  const soup = fc.string({ unit: fc.constantFrom(...'[]{}",:\\ a1\n;='), maxLength: 40 });
  fc.assert(
    fc.property(soup, (text) => {
      expect(split(...`[${text}`)).toEqual(split(`[${text}`));
      expect(split(...text)).toEqual(split(text));
    }),
    { seed: 20261122, numRuns: 3000 },
  );
});

describe('the first fault in a text', () => {
  const sound = [
    '{}',
    '[]',
    '1',
    '-0.5e+3',
    '"a\\u00e9\\n"',
    '{"a":[1,{"b":null}],"c":true}',
    ' [ ] ',
  ];
  test.each(sound)('%s has none', (text) => expect(firstFaultIn(text)).toBe(text.length));

  test.each([
    ['{"a" 1}', 5],
    ['{"a":1,}', 7],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['{a:1}', 1],
    ["['a']", 1],
    ['[01]', 2],
    ['"a\nb"', 2],
    ['"\\x"', 1],
    ['nul', 0],
    ['1 2', 2],
    ['[}', 1],
    ['{"a":1', 6],
  ])('%j has it at %i', (text, offset) => expect(firstFaultIn(text)).toBe(offset));

  test('it is one exactly where JSON.parse fails (seed 20261122)', () => {
    const soup = fc.string({ unit: fc.constantFrom(...'[]{}",:\\ a1n\n-.'), maxLength: 12 });
    const cut = fc
      .tuple(fc.jsonValue({ maxDepth: 3 }), fc.nat(), soup)
      .map(([value, at, extra]) => {
        const json = JSON.stringify(value);
        const place = at % (json.length + 1);
        return json.slice(0, place) + extra + json.slice(place);
      });
    fc.assert(
      fc.property(fc.oneof(soup, cut), (text) => {
        const fault = firstFaultIn(text);
        if (parses(text)) expect(fault).toBe(text.length);
        // A text that ends too early has its fault at the end, as a sound one has; else before it.
        else if (fault < text.length) expect(parses(text.slice(0, fault + 1))).toBe(false);
      }),
      { seed: 20261122, numRuns: 3000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  [0, 1, 1],
  [2, 1, 3],
  [3, 2, 1],
  [5, 3, 2],
  [9, 3, 6],
])('offset %i of a text in chunks is line %i, column %i', async (offset, line, column) => {
  async function* chunks() {
    yield* ['ab', '\n', '\nc', 'defg'];
  }
  expect(await placeOf(chunks(), offset)).toEqual({ line, column });
});
