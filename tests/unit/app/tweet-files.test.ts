/** Written tweets as files, read back by other parsers, and as the lines of a picture. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { postLink, scheduleLines, tweetLines } from '../../../src/app/writing/tweet-files.ts';
import { wrapped } from '../../../src/app/writing/wrapped.ts';
import { writtenTweet } from '../../fixtures/written-tweet.ts';

const tweet = writtenTweet({ text: 'He said "no", twice', prompt: 'He said', mark: 'kept' });

describe('written tweets as a file', () => {
  it('have their start, seed and settings in every format with fields', () => {
    const expected = {
      text: tweet.text,
      prompt: 'He said',
      reply_to: null,
      seed: 11,
      temperature: 1,
      kept: true,
    };
    const [json] = JSON.parse(tweetLines([tweet], 'json')) as object[];
    expect(json).toMatchObject(expected);
    const lines = tweetLines([tweet, tweet], 'jsonl').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([json, json]);
    const { data } = Papa.parse(tweetLines([tweet], 'csv'), { header: true, dynamicTyping: true });
    expect(data[0]).toMatchObject(expected);
  });

  it('are one line each in plain text', () => {
    const text = 'one\n two';
    expect(tweetLines([{ ...tweet, text }, tweet], 'txt')).toBe(`one two\n${tweet.text}\n`);
  });

  it('come back from CSV as they were, whatever their text (seed 20261130)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }),
        (texts) => {
          const csv = scheduleLines(
            texts.map((text) => ({ text })),
            { start: new Date('2026-12-01T09:00:00Z'), hoursBetween: 6 },
          );
          const { data } = Papa.parse<{ content: string }>(csv, { header: true, newline: '\r\n' });
          expect(data.slice(0, texts.length).map(({ content }) => content)).toEqual(texts);
        },
      ),
      { seed: 20261130 },
    );
  });

  it('are scheduled at even distances', () => {
    const schedule = { start: new Date('2026-12-31T20:00:00Z'), hoursBetween: 2.5 };
    const lines = scheduleLines([tweet, tweet, tweet], schedule).split('\r\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual([
      'scheduled_at',
      '2026-12-31T20:00:00Z',
      '2026-12-31T22:30:00Z',
      '2027-01-01T01:00:00Z',
      '',
    ]);
  });
});

it('a link to X has the whole text', () => {
  const text = 'a & b? 100 % #yes\n🦜';
  expect(new URL(postLink(text)).searchParams.get('text')).toBe(text);
});

describe('the lines of a picture', () => {
  const inWidth = (width: number) => (line: string) => [...line].length <= width;

  it('break between words, and within a word only if it is too long', () => {
    expect(wrapped('one two three', inWidth(7))).toEqual(['one two', 'three']);
    expect(wrapped('extraordinary', inWidth(5))).toEqual(['extra', 'ordin', 'ary']);
    expect(wrapped('first\nsecond', inWidth(20))).toEqual(['first', 'second']);
  });

  it('hold the whole text and fit (seed 20261130)', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii' }),
        fc.integer({ min: 1, max: 20 }),
        (text, width) => {
          const lines = wrapped(text, inWidth(width));
          for (const line of lines) expect(inWidth(width)(line)).toBe(true);
          expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        },
      ),
      { seed: 20261130 },
    );
  });
});
