import { expect, test } from 'vitest';
import { openArchive } from '../../../src/archive/open.ts';
import { readTweets } from '../../../src/archive/read.ts';
import { jsonArray, plainTweets } from '../../fixtures/archives.ts';

test('30 MB of JSON are read as a stream: no more than a chunk and an element at a time', async () => {
  const inner = jsonArray(plainTweets(1000)).slice(1, -1);
  const repeats = Math.ceil(30e6 / inner.length);
  const parts = Array.from({ length: repeats }, (_, i) => (i === 0 ? inner : `,${inner}`));
  const file = new StreamOnlyFile(['[', ...parts, ']'], 'large.json');
  expect(file.size).toBeGreaterThan(30e6);

  const opened = await openArchive([file]);
  let reports = 0;
  const { tweets, damaged } = await readTweets(opened, { onProgress: () => reports++ });
  expect(tweets).toHaveLength(repeats * 1000);
  expect(tweets.at(-1)).toBe(plainTweets(1000).at(-1));
  expect(damaged).toBe(0);
  expect(reports).toBeGreaterThan(30);
});

/** Refuses to be read whole. */
class StreamOnlyFile extends File {
  override arrayBuffer(): Promise<ArrayBuffer> {
    throw new Error('read whole');
  }
  override text(): Promise<string> {
    throw new Error('read whole');
  }
}
