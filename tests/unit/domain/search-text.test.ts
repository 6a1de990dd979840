import { expect, test } from 'vitest';
import { searchable } from '../../../src/domain/search-text.ts';

test('every character is compared in NFC and in lower case', () => {
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const letter = String.fromCodePoint(code);
    for (const form of [letter, letter.normalize('NFD'), letter.normalize('NFC')]) {
      const expected = form.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
      if (searchable(form) !== expected) expect([code, searchable(form)]).toEqual([code, expected]);
    }
  }
});

test('a part of a Greek word is found at its end', () => {
  expect(searchable('ΟΔΟΣ')).toBe(searchable('οδοσ'));
});
