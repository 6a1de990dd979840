import { expect, it, test } from 'vitest';
import { warningText } from '../../../src/app/data/warning-text.ts';
import type { LeftReason } from '../../../src/protocol/datasets.ts';

/** One of each: a new reason without an example here doesn't compile. */
const REASONS: { readonly [R in LeftReason]: RegExp } = {
  empty: /empty/,
  'not-a-zip': /not a ZIP/,
  truncated: /ends too early/,
  damaged: /damaged/,
  'not-json': /damaged/,
  encrypted: /password/,
  'too-large': /far more/,
  packed: /unpack it first/,
  encoding: /UTF-8/,
  'unknown-format': /format/,
  unreadable: /browser/,
  'no-tweets': /no tweets/,
  'not-tweets': /not for tweets/,
  'beside-archive': /only the archive/,
  'no-text-column': /none of its columns/,
  'bot-or-model': /opened as such/,
  'too-many': /one go/,
};

test.each(Object.entries(REASONS))('a file that was left as %s', (why, pattern) => {
  const files = [{ file: 'a.zip › b.txt', why: why as LeftReason }];
  const text = warningText({ kind: 'files-left', files, count: 1 });
  expect(text).toMatch(/^One file was not read: “a\.zip › b\.txt” \(.+\)\.$/);
  expect(text).toMatch(pattern);
});

it('names files with their reasons, each reason once, and how many more there are', () => {
  const files = [
    { file: 'a.txt', why: 'beside-archive' },
    { file: 'b.docx', why: 'unknown-format' },
    { file: 'c.csv', why: 'beside-archive' },
  ] as const;
  const text = warningText({ kind: 'files-left', files, count: 1_203 });
  expect(text).toBe(
    '1,203 files were not read: “a.txt”, “c.csv” (beside an archive only the archive is read: add it afterwards if it holds tweets); “b.docx” (in a format Mynah doesn’t know), and 1,200 more files.',
  );
});
