/** Where written tweets are cut: never within a word. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfSentence, isWhole, shortened } from '../../../src/generate/tweet-end.ts';

const upTo = (length: number) => (text: string) => text.length <= length;

describe('a text that is too long', () => {
  test.each([
    ['One whole sentence. And then some', 25, 'One whole sentence.'],
    ['He said: “It rains.” And then some', 25, 'He said: “It rains.”'],
    // A sentence that would lose more than half gives way to a word.
    ['No. I was thinking of the long night train', 30, 'No. I was thinking of the long'],
    ['No. I was thinking of the long night train', 28, 'No. I was thinking of the'],
    ['3.14 is a number', 12, '3.14 is a'],
    ['unbroken', 4, ''],
    ['今日は雨です。明日はどうかな', 9, '今日は雨です。'],
  ])('%s, in %i', (text, length, expected) => {
    expect(shortened(text, upTo(length))).toBe(expected);
  });

  test('in a script without spaces is cut between words', () => {
    const text = '昨日は駅前の小さな喫茶店で三時間も本を読んでいました';
    const cut = shortened(text, upTo(12));
    expect(cut.length).toBeGreaterThan(6);
    const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
    const ends = Array.from(
      segmenter.segment(text),
      ({ index, segment }) => index + segment.length,
    );
    expect(ends).toContain(cut.length);
  });

  test('ends with a whole word of it, whatever it is (seed 20261130)', () => {
    const word = fc.stringMatching(/^[a-zé’]{1,9}[.,!?]?$/u);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.nat(80), (words, length) => {
        const text = words.join(' ');
        const cut = shortened(text, upTo(length));
        expect(cut.length).toBeLessThanOrEqual(length);
        const kept = cut === '' ? [] : cut.split(' ');
        expect(kept).toEqual(words.slice(0, kept.length));
      }),
      { seed: 20261130 },
    );
  });
});

test('a beginning of a text that was cut off anywhere is whole if something follows it', () => {
  expect(isWhole('the long night', 'the long night tra')).toBe(true);
  expect(isWhole('the long night tra', 'the long night tra')).toBe(false);
  expect(isWhole('It rains.', 'It rains.')).toBe(true);
});

test('the last complete sentence is told, in scripts with and without spaces', () => {
  expect(endOfSentence('It rains. It pours! And th')).toBe('It rains. It pours!');
  expect(endOfSentence('雨だ。明日')).toBe('雨だ。');
  expect(endOfSentence('no end at all')).toBeNull();
});
