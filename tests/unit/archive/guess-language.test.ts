/** The language of tweets that don't say what they are in. */

import { describe, expect, test } from 'vitest';
import { guessLanguage } from '../../../src/archive/cleaning/guess-language.ts';
import { TEN_LANGUAGES } from '../../fixtures/ten-languages.ts';

describe('of texts by hand', () => {
  test.each(TEN_LANGUAGES.map(({ language, sentences }) => [language, sentences] as const))(
    '%s',
    (language, sentences) => {
      expect(guessLanguage(sentences)).toBe(language);
    },
  );

  test.each([
    ['uk', 'Я не знаю, що сказати, але сьогодні дощ і я забув її парасольку.'],
    ['fa', 'امروز باران می‌بارد و من چترم را در خانه گذاشتم. چرا هیچ کس نگفت؟'],
    ['zh', '今天下雨了，我忘记带伞。'],
    ['nl', 'Het regent al sinds vanochtend en ik ben mijn paraplu vergeten, maar dat is niet erg.'],
    ['pl', 'Nie wiem, co powiedzieć, ale to już jest tak, że się na to nie zgadzam.'],
  ])('%s', (language, text) => {
    expect(guessLanguage([text])).toBe(language);
  });
});

test('links, names and hashtags count for nothing', () => {
  expect(
    guessLanguage(['@und #der https://die.das/und the rain is on the roof and it was late']),
  ).toBe('en');
});

test.each([
  ['nothing', []],
  ['only links', ['https://example.org', '@somebody']],
  ['a list of names', ['Lorem ipsum', 'Xyzzy plugh', 'Foo bar']],
  ['a mixture', ['the and to of is that it', 'der die das und ist nicht ich']],
])('no guess is made of %s', (_, texts) => {
  expect(guessLanguage(texts)).toBeNull();
});

test('of very many tweets, some from all over them decide', () => {
  const many = Array.from({ length: 100_000 }, (_, i) =>
    i < 20_000
      ? 'the rain is not that bad'
      : `Der ${i}. Regen ist nicht so schlimm wie das Wetter.`,
  );
  expect(guessLanguage(many)).toBe('de');
});
