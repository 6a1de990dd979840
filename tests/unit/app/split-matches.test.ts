import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMatches } from '../../../src/app/data/explorer/split-matches.ts';

describe('splitMatches', () => {
  it('puts matches at odd places, as they are written', () => {
    expect(splitMatches('Tea and tea', 'tea')).toEqual(['', 'Tea', ' and ', 'tea', '']);
    expect(splitMatches('coffee', 'tea')).toEqual(['coffee']);
    expect(splitMatches('coffee', '')).toEqual(['coffee']);
  });

  it('never splits what a reader takes for one character', () => {
    // One of a family, a letter under its points, a consonant without its vowel, half a flag.
    expect(splitMatches('hi 👩‍👩‍👧!', '👩')).toEqual(['hi ', '👩‍👩‍👧', '!']);
    expect(splitMatches('שָׁלוֹם', 'ש')).toEqual(['', 'שָׁ', 'לוֹם']);
    expect(splitMatches('नमस्ते', 'म')).toEqual(['न', 'म', 'स्ते']);
    expect(splitMatches('🇩🇪🇫🇷', '🇪🇫')).toEqual(['', '🇩🇪🇫🇷', '']);
  });

  it('finds letters in any form of Unicode and in any case', () => {
    expect(splitMatches('a cafe\u0301 here', 'CAFÉ')).toEqual(['a ', 'cafe\u0301', ' here']);
    expect(splitMatches('ΟΔΟΣ και', 'οδοσ')).toEqual(['', 'ΟΔΟΣ', ' και']);
    expect(splitMatches('in İstanbul', 'stan')).toEqual(['in İ', 'stan', 'bul']);
    expect(splitMatches('神社 \ufa19社', '神')).toEqual(['', '神', '社 ', '\ufa19', '社']);
  });

  it('loses and invents nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, query) => {
        expect(splitMatches(text, query).join('')).toBe(text);
      }),
    );
  });
});
