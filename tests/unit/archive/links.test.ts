import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanTweet } from '../../../src/archive/cleaning/clean-text.ts';

describe('a link ends where a link ends', () => {
  test.each([
    ['日本語の文https://t.co/abc続きの文です は ここ', '日本語の文続きの文です は ここ'],
    ['今日のニュース https://t.co/abc続きの文', '今日のニュース 続きの文'],
    ['一行目\nhttps://t.co/abc続き', '一行目 続き'],
    ['看看 https://t.co/abc。很好', '看看。很好'],
    ['「https://t.co/abc」すごい', '「」すごい'],
    ['https://t.co/abc😀今日は', '😀今日は'],
    ['https://t.co/abc”他说', '”他说'],
    ['ดูนี่https://t.co/abcสนุกมาก', 'ดูนี่สนุกมาก'],
    ['봤어요 https://t.co/abc에서', '봤어요 에서'],
    ['https://t.co/abcпривет мир', 'привет мир'],
    ['https://t.co/abcمرحبا', 'مرحبا'],
    ['https://t.co/abcदेखो', 'देखो'],
    ['https://t.co/ahttps://t.co/b続き', '続き'],
    ['日本語のツイート、https://t.co/a、続き です ね', '日本語のツイート、、続き です ね'],
  ])('%j is %j', (raw, cleaned) => expect(cleanTweet(raw)).toBe(cleaned));

  test.each([
    ['見て https://日本語.jp/ ね', '見て ね'],
    ['https://日本語.jp続き 見て', '続き 見て'],
    ['https://пример.рф/путь да', 'да'],
    ['https://ja.wikipedia.org/wiki/日本語 見て', '見て'],
    ['https://ru.wikipedia.org/wiki/Мир да', 'да'],
  ])('a host in any script, and parts of a path: %j is %j', (raw, cleaned) => {
    expect(cleanTweet(raw)).toBe(cleaned);
  });

  test.each(['é', '…', '😀', '!', '”', '\u200b', '\ufeff', 'ß', ')'])(
    'with white space behind it, it takes %j along as the recipe does',
    (glued) => expect(cleanTweet(`see https://t.co/Ab1${glued} now`)).toBe('see now'),
  );
});

const seed = 20261123;
test(`no link is left, no other letter is lost, and once is enough (seed ${seed})`, () => {
  const text = fc.stringMatching(/^[がた漢字ไทยคำ。、😀 ]{0,8}$/u);
  const link = fc.stringMatching(/^https:\/\/t\.co\/[A-Za-z0-9]{1,10}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, link), { maxLength: 6 }), text, (pairs, end) => {
      const raw = pairs.flat().join('') + end;
      const cleaned = cleanTweet(raw);
      expect(cleaned).not.toContain('http');
      const letters = (of: string) => of.replace(/[^\p{L}\p{M}]/gu, '');
      expect(letters(cleaned)).toBe(letters(pairs.map(([before]) => before).join('') + end));
      expect(cleanTweet(cleaned)).toBe(cleaned);
    }),
    { seed, numRuns: 2000 },
  );
});

test('takes no time to speak of over links without an end', () => {
  const start = process.cpuUsage();
  const schemes = [
    'http:',
    'https:',
    'http:https:',
    'https://t.co/a',
    'https://a.b.',
    'https://a日',
  ];
  for (const links of schemes.map((scheme) => scheme.repeat(50_000))) {
    expect(cleanTweet(`${links} end`).endsWith('end')).toBe(true);
    expect(cleanTweet(`日${links}日 end`).endsWith('end')).toBe(true);
  }
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(3000);
});
