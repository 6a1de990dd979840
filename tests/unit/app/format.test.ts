import { describe, expect, it, vi } from 'vitest';
import { formatEstimate, formatSpeed } from '../../../src/app/estimates.ts';
import {
  countCharacters,
  formatBytes,
  formatCount,
  formatDuration,
  formatLoss,
  formatMillions,
  formatRough,
  byCount,
} from '../../../src/app/format.ts';

describe('formatCount and byCount', () => {
  it('groups thousands', () => {
    expect(formatCount(0)).toBe('0');
    expect(formatCount(1234567)).toBe('1,234,567');
  });

  it('keeps one apart from many', () => {
    const tweets = (count: number) => byCount(count, { one: 'a tweet', other: 'tweets' });
    expect([0, 1, 2, 1.5].map(tweets)).toEqual(['tweets', 'a tweet', 'tweets', 'tweets']);
  });
});

describe('formatRough', () => {
  it.each([
    [0.9837, '0.98'],
    [3.98, '4'],
    [0.0010976, '0.0011'],
    [120, '120'],
  ])('%d → %s', (value, text) => expect(formatRough(value)).toBe(text));
});

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9940, '9.9 kB'],
    [9960, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [75_600_000, '76 MB'],
    [2_500_000_000, '2.5 GB'],
    [3e15, '3000 TB'],
    [-5, '0 bytes'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 sec'],
    [59.4, '59 sec'],
    [59.6, '1 min'],
    [200, '3 min 20 sec'],
    [599, '9 min 59 sec'],
    [601, '10 min'],
    [3570, '1 hr'],
    [3900, '1 hr 5 min'],
    [7200, '2 hr'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('formatEstimate', () => {
  it.each([
    [10, 'under a minute'],
    [50, 'about 1 minute'],
    [242, 'about 4 minutes'],
    [3900, 'about 1 hr 5 min'],
    [7190, 'about 2 hr'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatEstimate(seconds)).toBe(text);
  });
});

describe('other numbers', () => {
  it('rounds as their reader needs', () => {
    expect(formatLoss(3.1999)).toBe('3.20');
    expect(formatSpeed(1239.7)).toBe('1,240 tokens/s');
    expect(formatSpeed(7.26)).toBe('7.3 tokens/s');
    expect(formatMillions(6_300_000)).toBe('6.3 million');
    expect(formatMillions(124_439_808)).toBe('124 million');
    expect(formatMillions(2_000_000)).toBe('2 million');
  });

  it('counts characters as people do', () => {
    expect(countCharacters('')).toBe(0);
    expect(countCharacters('abc')).toBe(3);
    expect(countCharacters('👩‍👩‍👧 é')).toBe(3);
  });

  it('counts code points in a browser that doesn’t segment text, such as Firefox 115', async () => {
    vi.stubGlobal('Intl', Object.create(Intl, { Segmenter: { value: undefined } }));
    vi.resetModules();
    const format = await import('../../../src/app/format.ts');
    expect(format.countCharacters('👩‍👧!')).toBe(4);
    vi.unstubAllGlobals();
  });
});
