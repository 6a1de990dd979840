import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { cleanTweet, isRetweet, isShort } from '../../../src/archive/cleaning/clean-text.ts';

interface GoldenRow {
  readonly raw: string;
  readonly cleaned: string;
  /** The same with its new lines kept. */
  readonly lines: string;
  readonly boring: boolean;
}

const golden = new URL('../../fixtures/clean.golden.json', import.meta.url);
const allRows: readonly GoldenRow[] = JSON.parse(readFileSync(golden, 'utf8'));
/** Text that goes on right behind a link, which the recipe takes along: tested below. */
const TOUCHED_LINK = '日本語のツイート、https://t.co/a、続き です ね';
const rows = allRows.filter(({ raw }) => raw !== TOUCHED_LINK);

describe('cleaning is what huggingtweets does, run in Python', () => {
  it('has cases to compare', () => {
    expect(rows.length).toBeGreaterThan(600);
    expect(rows.length).toBe(allRows.length - 1);
  });

  it('cleans every case to the same text', () => {
    for (const { raw, cleaned } of rows) {
      expect({ raw, cleaned: cleanTweet(raw) }).toEqual({ raw, cleaned });
    }
  });

  it('keeps new lines as the recipe does when asked to', () => {
    for (const { raw, lines } of rows) {
      expect({ raw, lines: cleanTweet(raw, { newLines: 'keep' }) }).toEqual({ raw, lines });
    }
  });

  it('finds the same ones short', () => {
    for (const { cleaned, boring } of rows) {
      expect({ cleaned, boring: isShort(cleaned) }).toEqual({ cleaned, boring });
    }
  });
});

describe('a retweet is recognized by its text', () => {
  test.each([
    ['RT @someone: hello', true],
    ['RT @some_one1:', true],
    ['RT @someone hello, which only the source can mark', false],
    ['RT @someone', false],
    ['rt @someone: hello', false],
    ['I said RT @someone: hello', false],
    [' RT @someone: hello', false],
    ['RT if you agree', false],
    ['@someone RT', false],
  ])('%j → %j', (text, expected) => expect(isRetweet(text)).toBe(expected));
});

describe('what a tweet may not do to the training text', () => {
  it('says the end-of-text mark without ending the text', () => {
    expect(cleanTweet('I am <|endoftext|> not done')).toBe('I am <|end-of-text|> not done');
  });

  it('does so too when the mark is escaped as archives do, or made by cleaning', () => {
    expect(cleanTweet('a &lt;|endoftext|&gt; b')).toBe('a <|end-of-text|> b');
    expect(cleanTweet('a <|endofhttps://t.co/x text|> b')).toBe('a <|end-of-text|> b');
    expect(cleanTweet('a <|endof\0text|> b')).toBe('a <|end-of-text|> b');
  });

  it('gains no words by it: a lone mark is still short', () => {
    expect(isShort(cleanTweet('<|endoftext|>'))).toBe(true);
  });

  it('repairs half an emoji and leaves whole ones alone', () => {
    expect(cleanTweet('half \ud83d whole 😀 other \ude00')).toBe(
      'half \ufffd whole 😀 other \ufffd',
    );
  });

  it('keeps emoji joined by zero-width joiners in one piece', () => {
    expect(cleanTweet('hi 👩‍👩‍👧‍👦 🏳️‍🌈')).toBe('hi 👩‍👩‍👧‍👦 🏳️‍🌈');
  });

  it('keeps letters as they were written, composed or not', () => {
    // e with an accent behind it; a Chinese character in its old form; Hebrew with its points.
    const written = ['cafe\u0301 so far', '\ufa19 \uf9d0 \u6a02', '\ufb2a\u05dc\u05d5\u05dd'];
    for (const text of written) {
      expect(text.normalize('NFC')).not.toBe(text);
      expect(cleanTweet(text)).toBe(text);
    }
  });

  it('keeps the marks that say which way a text runs, and those that join letters', () => {
    const text = '\u200fمی\u200cخواهم\u200e \u2067שלום\u2069 क्\u200dष';
    expect(cleanTweet(text)).toBe(text);
  });

  it('drops NULs', () => expect(cleanTweet('a\0b')).toBe('ab'));

  it('leaves HTML as the text it is', () => {
    const html = '<img src=x onerror=alert(1)> <b>bold</b>';
    expect(cleanTweet(html)).toBe(html);
  });
});
