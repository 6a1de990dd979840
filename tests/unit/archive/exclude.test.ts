import { describe, expect, it, test } from 'vitest';
import { compileExclude } from '../../../src/archive/cleaning/exclude.ts';

describe('words that a tweet may not say', () => {
  test.each([
    ['crypto', 'all about Crypto!', true],
    ['crypto', 'a cryptogram', false],
    ['crypto', '#crypto and @crypto', true],
    ['#crypto', 'crypto', false],
    ['crypto*', 'a cryptogram', true],
    ['*gram', 'a cryptogram', true],
    ['c*o*m', 'a cryptogram', true],
    ['c*x*m', 'a cryptogram', false],
    ['good morning', 'Good  morning, all', true],
    ['good morning', 'good old morning', false],
    ['tea, cake', 'no cake here', true],
    ['tea\ncake', 'no cake here', true],
    ["can't", 'I can’t', false],
    ["can't", "I can't", true],
    ['🚀', 'to the 🚀🚀', true],
    [':)', 'fine :) then', true],
    ['crypto', 'crypto-bro', true],
    ['über', 'ÜBER alles', true],
    ['cafe\u0301', 'café', true],
    ['日本*', '日本語のツイート', true],
    ['.*', 'anything', false],
    ['(a+)+$', 'aaaa', false],
  ])('%j and %j: %j', (pattern, text, expected) => {
    expect(compileExclude(pattern)?.(text) ?? false).toBe(expected);
  });

  it.each(['', ' , ,\n', '*', '**, *'])('%j says nothing', (pattern) => {
    expect(compileExclude(pattern)).toBeNull();
  });
});

it('takes no time to speak of over the worst of patterns and texts', () => {
  const excludes = compileExclude(`${'a*'.repeat(2_000)}b, ${'*a'.repeat(400)}c`);
  // Steps are bounded by letters of the pattern × letters of the text; a backtracking engine would
  // still be at it when the sun goes out.
  expect(excludes?.(`${'a'.repeat(20_000)} c b`)).toBe(false);
});
