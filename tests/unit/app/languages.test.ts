/** Every language says everything, in its own words, with its own plurals, numbers and lists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import {
  byCount,
  formatBytes,
  formatCount,
  formatDuration,
  formatFacts,
  formatList,
  formatPercent,
  joinSentences,
} from '../../../src/app/format.ts';
import type { Catalogue } from '../../../src/app/texts/catalogue.ts';
import {
  inEnglish,
  LANGUAGES,
  language,
  languageFor,
  speak,
  spoken,
} from '../../../src/app/texts/language.ts';
import { data } from '../../../src/app/texts/en/data.ts';
import { isolated, withoutMarks } from '../../../src/app/texts/isolate.ts';
import { messages } from '../../../src/app/texts/messages.ts';
import { accented } from '../../../src/app/texts/pseudo.ts';
import { saidBy } from './every-message.ts';
import { mayBeSame } from './same-words.ts';

const texts = fileURLToPath(new URL('../../../src/app/texts', import.meta.url));

/** English as a whole, of the modules that lie with the code. */
const modules = import.meta.glob<Readonly<Record<string, unknown>>>(
  [
    '../../../src/app/texts/en/*.ts',
    '../../../src/app/texts/en/errors/errors.ts',
    '../../../src/app/texts/en/errors/beside.ts',
  ],
  { eager: true },
);
// The catalogue's type is made of these very modules.
const english = Object.assign({}, ...Object.values(modules)) as Catalogue;

afterEach(() => speak('en'));

async function catalogueOf(code: string): Promise<Catalogue> {
  await speak(code);
  return spoken.value.catalogue ?? english;
}

test('the languages are the folders of the catalogue', () => {
  const folders = readdirSync(texts, { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(LANGUAGES).sort());
  for (const code of Object.keys(LANGUAGES)) {
    if (code !== 'en') expect(existsSync(path.join(texts, code, 'catalogue.ts')), code).toBe(true);
  }
});

test('the static page says in English what the catalogue says', () => {
  const html = readFileSync(path.join(texts, '../../../index.html'), 'utf8');
  expect(html).toContain(`<title>${english.page.title}</title>`);
  expect(html).toContain(`content="${english.page.hero}"`);
});

test.each(Object.keys(LANGUAGES))('%s says everything', async (code) => {
  const said = saidBy(await catalogueOf(code));
  expect(said.size).toBeGreaterThan(1000);
  for (const [place, words] of said) {
    expect(words.trim(), place).not.toBe('');
    expect(words, place).not.toMatch(/undefined|null|NaN|\[object|=>/);
  }
});

test.each(Object.keys(LANGUAGES).filter((code) => code !== 'en'))(
  '%s says it in words of its own',
  async (code) => {
    const said = saidBy(await catalogueOf(code));
    await speak('en');
    const same = [...saidBy(english)].filter(
      ([place, words]) => said.get(place) === words && !mayBeSame(words, code),
    );
    expect(same).toEqual([]);
  },
);

test('the accented English is longer everywhere, and has the same places', () => {
  const said = saidBy(english);
  const longer = saidBy(accented(english));
  expect([...longer.keys()]).toEqual([...said.keys()]);
  for (const [place, words] of said) {
    if (!/\p{L}/u.test(words)) continue;
    expect(longer.get(place)?.length, place).toBeGreaterThan(1.2 * words.length);
  }
});

/** What the standard library makes of numbers and lists in each language, where it is plain to see. */
const FORMATS: Readonly<
  Record<
    string,
    { count: string; percent: string; bytes: string; list: string; facts: string; seconds: string }
  >
> = {
  en: {
    count: '12,345',
    percent: '45%',
    bytes: '3.4 MB',
    list: 'a, b, and c',
    facts: 'a, b, c',
    seconds: '42 sec',
  },
  es: {
    count: '12.345',
    percent: '45 %',
    bytes: '3,4 MB',
    list: 'a, b y c',
    facts: 'a, b y c',
    seconds: '42 s',
  },
  de: {
    count: '12.345',
    percent: '45 %',
    bytes: '3,4 MB',
    list: 'a, b und c',
    facts: 'a, b und c',
    seconds: '42 Sek.',
  },
  fr: {
    count: '12 345',
    percent: '45 %',
    bytes: '3,4 Mo',
    list: 'a, b et c',
    facts: 'a, b, c',
    seconds: '42 s',
  },
  pt: {
    count: '12.345',
    percent: '45%',
    bytes: '3,4 MB',
    list: 'a, b e c',
    facts: 'a, b, c',
    seconds: '42 s',
  },
  ja: {
    count: '12,345',
    percent: '45%',
    bytes: '3.4 MB',
    list: 'a、b、c',
    facts: 'a、b、c',
    seconds: '42 秒',
  },
  zh: {
    count: '12,345',
    percent: '45%',
    bytes: '3.4 MB',
    list: 'a、b和c',
    facts: 'a、b、c',
    seconds: '42秒',
  },
  ar: {
    count: '12,345',
    percent: '45%',
    bytes: '3.4 م.ب',
    list: 'a وb وc',
    facts: 'a وb وc',
    seconds: '42 ث',
  },
};

test.each(Object.keys(LANGUAGES))('%s has its own numbers and lists', async (code) => {
  await speak(code);
  // Spaces that don't break, and marks of direction, differ between versions of the standard library.
  const plain = (text: string) => text.replace(/\p{Zs}/gu, ' ').replace(/\p{Cf}/gu, '');
  expect({
    count: plain(formatCount(12345.2)),
    percent: plain(formatPercent(0.45)),
    bytes: plain(formatBytes(3_400_000)),
    list: plain(formatList(['a', 'b', 'c'])),
    facts: plain(formatFacts(['a', '', 'b', 'c'])),
    seconds: plain(formatDuration(42)),
  }).toEqual(FORMATS[code]);
});

/** Counts, and the forms that they have in each language. */
const PLURALS: Readonly<Record<string, readonly (readonly [number, Intl.LDMLPluralRule])[]>> = {
  en: [
    [0, 'other'],
    [1, 'one'],
    [2, 'other'],
  ],
  es: [
    [1, 'one'],
    [2, 'other'],
    [1_000_000, 'many'],
  ],
  de: [
    [0, 'other'],
    [1, 'one'],
    [2, 'other'],
  ],
  fr: [
    [0, 'one'],
    [1, 'one'],
    [2, 'other'],
    [1_000_000, 'many'],
  ],
  pt: [
    [0, 'one'],
    [1, 'one'],
    [2, 'other'],
    [1_000_000, 'many'],
  ],
  ja: [
    [0, 'other'],
    [1, 'other'],
    [2, 'other'],
  ],
  zh: [
    [0, 'other'],
    [1, 'other'],
    [2, 'other'],
  ],
  ar: [
    [0, 'zero'],
    [1, 'one'],
    [2, 'two'],
    [3, 'few'],
    [11, 'many'],
    [100, 'other'],
  ],
};

test.each(Object.keys(LANGUAGES))('%s tells its plural forms apart', async (code) => {
  await speak(code);
  const forms = { zero: 'zero', one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' };
  const counts = PLURALS[code] ?? [];
  expect(counts.length).toBeGreaterThan(0);
  expect(counts.map(([count]) => byCount(count, forms))).toEqual(counts.map(([, form]) => form));
  expect(byCount(1, { other: 'the only form' })).toBe('the only form');
});

describe('the language of the page', () => {
  const room = messages('data', data);

  test('is the first preferred one that there is', () => {
    expect(languageFor(['xx', 'en-GB', 'en'])).toBe('en');
    expect(languageFor([])).toBe('en');
    expect(languageFor(['toString', 'constructor'])).toBe('en');
  });

  test('changes what is read from then on', () => {
    expect(room.chooseFiles).toBe('Choose files');
    spoken.value = { ...spoken.value, change: accented };
    expect(room.chooseFiles).toMatch(/^Çĥóóşé ƒíļéş ./);
    expect(room.added(2)).toMatch(/^2 ñéŵ ţŵééţş áđđéđ\. ./);
    expect(inEnglish(() => room.chooseFiles)).toBe('Choose files');
    expect(language().tag).toBe('en');
  });

  test('keeps the direction of names in text from right to left', () => {
    const said = isolated(data.quoted)('@somebody');
    expect(said).toBe('“\u2068@somebody\u2069”');
    expect(withoutMarks(said)).toBe('“@somebody”');
    expect(isolated(data).leftGroup('a', 'b')).toBe('\u2068a\u2069 (\u2068b\u2069)');
    expect(isolated(data).added(2)).toBe('2 new tweets added.');
  });

  test('puts between sentences what belongs there, and leaves out what isn’t said', () => {
    expect(joinSentences('One.', null, 'Two.')).toBe('One. Two.');
  });
});
