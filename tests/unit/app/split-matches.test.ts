import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMatches } from '../../../src/app/data/explorer/split-matches.ts';

describe('splitMatches', () => {
  it('puts matches at odd places, as they are written', () => {
    expect(splitMatches('Tea and tea', 'tea')).toEqual(['', 'Tea', ' and ', 'tea', '']);
    expect(splitMatches('coffee', 'tea')).toEqual(['coffee']);
    expect(splitMatches('coffee', '')).toEqual(['coffee']);
  });

  it('loses and invents nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, query) => {
        expect(splitMatches(text, query).join('')).toBe(text);
      }),
    );
  });
});
