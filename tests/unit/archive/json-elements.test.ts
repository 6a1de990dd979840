import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MAX_DEPTH } from '../../../src/archive/json/brackets.ts';
import { ElementReader, JsonFault } from '../../../src/archive/json/element-reader.ts';
import { firstFaultIn, placeOf } from '../../../src/archive/json/fault.ts';
import { MAX_ELEMENT_LENGTH } from '../../../src/archive/json/one-element.ts';

/** What was found in order: elements, `{ damage }` with its offset, and `{ fault }` that ended it. */
function split(...chunks: readonly string[]): unknown[] {
  const found: unknown[] = [];
  const reader = new ElementReader({
    onValue: (value) => found.push(value),
    onDamage: (damage) => found.push({ damage }),
    onMember: (path, value) => found.push({ [path.join('.')]: value }),
    onObjectEnd: (end) => found.push({ end }),
    isList: (path) => path.at(-1) === 'data',
    isListOf: (path, first) => path.at(-1) === 'own' && first !== null,
  });
  try {
    for (const chunk of chunks) reader.push(chunk);
    reader.end();
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    found.push({ fault: error.offset });
  }
  return found;
}

describe('what it takes for elements', () => {
  test.each([
    ['an array', '[1, "a", {"b": [2]}]', [1, 'a', { b: [2] }]],
    ['nothing in it', '[ ]', []],
    ['an assignment', 'window.YTD.tweets.part0 = [ {} ]', [{}]],
    ['an old assignment', 'Grailbird.data.tweets_2012_01 = \n [ {} ]', [{}]],
    ['a declaration', 'var tweets=[{}];', [{}]],
    ['an object assigned', 'window.__THAR_CONFIG = {"a": 1}', [{ a: 1 }]],
    ['blanks and a semicolon after it', '[{}] ;\n\n', [{}]],
    ['parts put into one file', 'a.part0 = [1];\na.part1 = [2]\n', [1, 2]],
    ['much blank space first', `${' \n'.repeat(5000)}[1]`, [1]],
    ['a comma too many', '[1,,2,]', [1, 2]],
    ['a comma too few', '[{}{} {}]', [{}, {}, {}]],
    ['lines', '{"a": 1}\n{"b": [2]}\n"c"\n\n{"d":\n4}', [{ a: 1 }, { b: [2] }, 'c', { d: 4 }]],
    ['lines with commas', '{"a": 1},\n{"b": 2},', [{ a: 1 }, { b: 2 }]],
    ['an object that holds them', '{"x": [3], "data": [1, 2]}', [{ x: [3] }, 1, 2, { end: 0 }]],
    [
      'lines of such',
      '{"data": [1], "meta": {"data": [5]}}\n{"data":[]}',
      [1, { meta: { data: [5] } }, { end: 0 }, { end: 37 }],
    ],
    [
      'brackets and quotes in strings',
      String.raw`["]", "\"]", "\\", {"[": "}\\\""}]`,
      [']', '"]', '\\', { '[': '}\\"' }],
    ],
  ])('%s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
    // One character at a time, every state is left and entered again.
    expect(split(...text)).toEqual(expected);
  });
});

describe('damage costs the element', () => {
  const a = { a: 1 };
  test.each([
    ['within balanced brackets', '[{"a":}, nonsense, [}, 1]', [6, 9, 20], [1]],
    ['a bracket missing', '[{"a":{"b":1}, {"a":1}, {"a":1}]', [15], [a, a]],
    [
      'a bracket missing, indented',
      '[\n  {\n    "a":{\n      "b":1\n  },\n  {"a":1}\n]',
      [35],
      [a],
    ],
    ['a bracket too many', '[{"a":1}}, {"a":1}]', [8], [a, a]],
    ['a quote missing', '[\n{"a":"b},\n{"a":1}]', [11], [a]],
    ['a quote missing on one line', '[{"a":"b},{"a":1},{"a":1}]', [12], [a, a]],
    ['at the end', '[{"a":1},{"a":{"b":1]', [20], [a]],
    ['in a line', '{"a":1}\n{"a":"\n{"a":1}\noops\n{"a":1}', [14, 23], [a, a, a]],
    [
      'in a list told by its elements',
      '{"v":1,"own":[{"a":1},{"a":tru},{"a":1}]}',
      [27],
      [{ v: 1 }, a, a, { end: 0 }],
    ],
    [
      'a quote missing in such a list',
      '{"own":[{"a":1},{"a":"b},{"a":1},{"a":1}],"v":1}',
      [27],
      [a, a, a, { v: 1 }, { end: 0 }],
    ],
    ['that nests too deep', `[${'['.repeat(300)}1${']'.repeat(300)},1]`, [1 + MAX_DEPTH], [1]],
    ['that is too large', `["${'x'.repeat(MAX_ELEMENT_LENGTH)}",1]`, [1], [1]],
  ])('%s', (_, text, faults, values) => {
    const found = split(text);
    expect(found.filter((one) => !faults.some((damage) => isDamage(one, damage)))).toEqual(values);
    expect(found).toHaveLength(faults.length + values.length);
    if (text.length < 5000) expect(split(...text)).toEqual(found);
  });
});

function isDamage(one: unknown, damage: number): boolean {
  return JSON.stringify(one) === JSON.stringify({ damage });
}

describe('what it refuses, and where', () => {
  test.each([
    ['nothing', '', 0],
    ['prose', 'It was the best of times, it was', 0],
    ['prose without a comma', 'word '.repeat(200), 0],
    ['prose with a bracket later', 'See the note [1] below', 0],
    ['HTML', '<!doctype html><p>[1]', 0],
    ['an assignment of nothing', 'window.x = ', 11],
    ['words after the array', '[1] and so on', 4],
    ['an end before the array is closed', '[1, 2', 5],
    ['an end within an element', '[{"a": 1}, {"b": 2', 18],
    ['an end within a string', '[{"a": "bcd', 11],
    ['an end within an escape', '["a\\', 3],
    ['an end within the object around', '{"data": [1], "b": 2', 20],
  ])('%s', (_, text, offset) => {
    expect(split(text).at(-1)).toEqual({ fault: offset });
    expect(split(...text).at(-1)).toEqual({ fault: offset });
  });

  it('nesting without end', () => {
    expect(split('['.repeat(1_000_000))).toEqual([{ fault: MAX_DEPTH + 1 }]);
  });

  it('a document of nothing but words, within its first chunk', () => {
    const reader = new ElementReader({ onValue: () => undefined, onDamage: () => undefined });
    expect(() => reader.push('lorem ipsum '.repeat(100))).toThrow(JsonFault);
  });
});

test('any JSON array in any chunks splits into its elements (seed 20261122)', () => {
  const text = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 }).chain((values) =>
    fc.tuple(
      fc.constantFrom(0, 1, 2).map((indent) => JSON.stringify(values, null, indent)),
      fc.array(fc.nat(), { maxLength: 12 }),
    ),
  );
  fc.assert(
    fc.property(text, ([json, cuts]) => {
      const places = cuts.map((cut) => cut % (json.length + 1)).sort((a, b) => a - b);
      const chunks = [...places, json.length].map((end, i) => json.slice(places[i - 1] ?? 0, end));
      expect(split(...chunks)).toEqual(JSON.parse(json));
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

test('what survives of a damaged list is the same however it is cut (seed 20261128)', () => {
  const tweets = fc.array(fc.string({ unit: fc.constantFrom(...'[]{}",: ax\\') }), {
    minLength: 2,
    maxLength: 5,
  });
  const edit = fc.tuple(fc.nat(), fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':'));
  const around = fc.constantFrom('', '{"data":', '{"v":1,"own":');
  const cut = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(tweets, around, edit, cut, (texts, before, [place, put], size) => {
      const list = JSON.stringify(texts.map((text, id) => ({ tweet: { id, text, lang: 'en' } })));
      const json = before === '' ? list : `${before}${list}}`;
      const at = place % json.length;
      const damaged = json.slice(0, at) + put + json.slice(at + 1);
      const pieces = damaged.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(split(...pieces)).toEqual(split(damaged));
    }),
    { seed: 20261128, numRuns: 5000 },
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
