import { expect, test } from 'vitest';
import { markedParts } from '../../../src/app/writing/marked-parts.ts';

/** What a reader takes for one character, in several code units: these two and the “é” below. */
const WOMAN = '👩';
const FAMILY = '👩‍👩‍👧';
const CAFE = 'cafe\u0301';

test('marks the copied passage between what was written before it and after it', () => {
  expect(markedParts('Hi, one two three.', 4, { start: 8, end: 11 })).toEqual({
    prompt: 'Hi, ',
    before: 'one ',
    copied: 'two',
    after: ' three.',
  });
});

test.each([
  ['a surrogate pair', `go ${WOMAN} on`, WOMAN],
  ['joined emoji', `go ${FAMILY} on`, FAMILY],
  ['a letter with a mark', `go ${CAFE} on`, 'e\u0301'],
])('never splits %s, wherever the passage begins and ends', (_, text, whole) => {
  const at = text.indexOf(whole);
  for (let cut = at + 1; cut < at + whole.length; cut++) {
    const ending = markedParts(text, 0, { start: 0, end: cut });
    expect(ending.copied).toBe(text.slice(0, at + whole.length));
    expect(ending.after).toBe(text.slice(at + whole.length));
    const beginning = markedParts(text, 0, { start: cut, end: text.length });
    expect(beginning.before).toBe(text.slice(0, at));
    expect(beginning.copied).toBe(text.slice(at));
  }
});

test('gives the model a character that the prompt began', () => {
  const parts = markedParts(CAFE, 4, { start: 0, end: CAFE.length });
  expect(parts).toEqual({ prompt: 'caf', before: '', copied: 'e\u0301', after: '' });
});

test('says nothing twice where the passage lies in the prompt', () => {
  const parts = markedParts('one two three', 8, { start: 0, end: 3 });
  expect(parts).toEqual({ prompt: 'one two ', before: '', copied: '', after: 'three' });
});

test('leaves a tweet without a copied passage whole', () => {
  expect(markedParts('one two', 0, null)).toMatchObject({ before: 'one two', copied: '' });
});
