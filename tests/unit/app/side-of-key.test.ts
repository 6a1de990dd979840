/** The arrow keys of “Real or bot?” point to where the tweets stand, also on a page that runs from right to left. */

import { describe, expect, test } from 'vitest';
import { quiz as arabic } from '../../../src/app/texts/ar/quiz.ts';
import { quiz as english } from '../../../src/app/texts/en/quiz.ts';
import { sideOfKey } from '../../../src/app/writing/quiz/side-of-key.ts';

const KEY_OF_ARROW: Readonly<Record<string, string>> = { '←': 'ArrowLeft', '→': 'ArrowRight' };

describe.each([
  ['ltr', english.keys],
  ['rtl', arabic.keys],
] as const)('%s', (direction, words) => {
  test('the keys do what the page says of them: two for the first tweet, then two for the second', () => {
    const named = words.match(/[12←→]/g) ?? [];
    const sides = named.map((key) => sideOfKey(KEY_OF_ARROW[key] ?? key, direction));
    expect(sides).toEqual([0, 0, 1, 1]);
  });

  test('the first tweet is where the text begins', () => {
    expect(sideOfKey(direction === 'ltr' ? 'ArrowLeft' : 'ArrowRight', direction)).toBe(0);
    expect(sideOfKey('Enter', direction)).toBeUndefined();
  });
});
