import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compileExclude } from '../../../src/archive/cleaning/exclude.ts';
import { hashtagsIn, hasMention, stripMentions } from '../../../src/archive/cleaning/clean-text.ts';
import {
  countWithoutSegmenter,
  countWords,
  splitAtSpaces,
  tellingWords,
} from '../../../src/archive/cleaning/words.ts';

describe('words are what the language calls words', () => {
  test.each([
    ['今天早上一直在下雨', 4, 6],
    ['今日は朝から雨が降っていて', 6, 11],
    ['วันนี้ฝนตกตั้งแต่เช้า', 4, 7],
    ['ສະບາຍດີທຸກໆຄົນ', 3, 6],
    ['ខ្ញុំស្រឡាញ់អ្នក', 3, 3],
    ['မြန်မာနိုင်ငံမှာနေပါတယ်', 3, 6],
    ['བོད་ཡིག་ནི་སྐད', 4, 4],
  ])('%j are %d to %d', (text, min, max) => {
    expect(countWords(text)).toBeGreaterThanOrEqual(min);
    expect(countWords(text)).toBeLessThanOrEqual(max);
  });

  test.each(['了解', '草', 'ดี', 'おはよう', '！！！', '。'])('%j is short', (text) => {
    expect(countWords(text)).toBeLessThan(3);
  });

  it('no mark, hashtag, mention or link counts, wherever it touches a word', () => {
    const plain = countWords('今日は楽しかった');
    for (const more of ['#桜', '＃桜まつり', '@friend', '＠friend', 'https', '！！', '😀', '…']) {
      expect([more, countWords(`今日は楽しかった${more}`)]).toEqual([more, plain]);
    }
    expect(countWords('今日は@friendと')).toBe(countWords('今日は と'));
  });

  it('words in Latin letters count among others', () => {
    expect(countWords('iPhoneとMacを')).toBe(4);
    expect(countWords('hello 世界')).toBe(2);
  });

  it('takes pairs of letters where there is no Intl.Segmenter', () => {
    expect(countWithoutSegmenter('今天早上一直在下雨')).toBe(5);
    expect(countWithoutSegmenter('了解#桜@friend')).toBe(1);
    expect(countWithoutSegmenter('！！')).toBe(0);
  });
});

const seed = 20261124;
test(`without letters of such scripts, words are pieces between spaces (seed ${seed})`, () => {
  const piece = fc.oneof(
    fc.constantFrom('한국어를', 'مرحبا', 'שלום', 'नमस्ते', 'привет', 'café', '😀', '…', '——', '₹5'),
    fc.constantFrom('@a', '#b', 'http', 'a@b', 'HTTPS', 'don’t', 'e-mail', '１２'),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join(' ');
      const counted = splitAtSpaces(text).filter(
        (word) => !/[@#]/.test(word) && !word.toLowerCase().includes('http'),
      );
      expect(countWords(text)).toBe(counted.length);
    }),
    { seed, numRuns: 1000 },
  );
});

describe('words that say something', () => {
  it('are found in sentences without spaces, without grammar', () => {
    expect(tellingWords('今日は東京タワーに行ってきました')).toEqual(['今日', '東京タワー']);
    expect(tellingWords('我今天喝咖啡')).toEqual(['今天', '咖啡']);
  });

  it('are as before between spaces, beside such sentences too', () => {
    expect(tellingWords('my café isn’t open')).toEqual(['café', 'isn’t', 'open']);
    expect(tellingWords('my café 😀 开门')).toEqual(['café', '开门']);
    expect(tellingWords('see #moon @user')).toEqual(['see']);
  });
});

describe('in any script', () => {
  it('hashtags are found', () => {
    expect(hashtagsIn('今日 #桜・花 ＃春 a#b #می‌خواهم #हिंदी #1')).toEqual([
      '#桜・花',
      '＃春',
      '#می‌خواهم',
      '#हिंदी',
    ]);
  });

  it('mentions are found right behind a word, and e-mail addresses are none', () => {
    expect(stripMentions('今日は@friendと', 'all')).toBe('今日はと');
    expect(hasMention('josé@example.org')).toBe(false);
    expect(hasMention('＠friend')).toBe(true);
    expect(stripMentions('@user@mastodon.social、こんにちは', 'leading')).toBe('こんにちは');
  });

  it('words to exclude are found in sentences without spaces, and in any form of Unicode', () => {
    const says = compileExclude('東京, ไทย*, cafe\u0301');
    expect(says?.('今日は東京に行った')).toBe(true);
    expect(says?.('คนไทยมา')).toBe(true);
    expect(says?.('my café')).toBe(true);
    expect(says?.('my cafe\u0301')).toBe(true);
    expect(says?.('今日は京都に行った')).toBe(false);
  });
});
