import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { jsonArray, plainTweets, tweetObject } from '../../fixtures/archives.ts';

test('30 MB of JSON are read as a stream: no more than a chunk and an element at a time', async () => {
  const inner = jsonArray(plainTweets(1000), 'strings').slice(1, -1);
  const repeats = Math.ceil(30e6 / inner.length);
  const parts = Array.from({ length: repeats }, (_, i) => (i === 0 ? inner : `,${inner}`));
  const file = new StreamOnlyFile(['[', ...parts, ']'], 'large.json');
  expect(file.size).toBeGreaterThan(30e6);

  const opened = await openArchive([file]);
  let reports = 0;
  const { tweets, damaged } = await readTweets(opened, { onProgress: () => reports++ });
  expect(tweets).toHaveLength(repeats * 1000);
  expect(tweets.at(-1)?.text).toBe(plainTweets(1000).at(-1));
  expect(damaged).toBe(0);
  expect(reports).toBeGreaterThan(30);
});

test('300 MB of JSON take no more memory than the tweets in them', async () => {
  // Tweets as heavy as those with pictures, whose text is a fortieth of the file.
  const media = Array.from({ length: 10 }, (_, i) => ({
    media_url_https: `https://pbs.twimg.com/media/${'x'.repeat(40)}${i}.jpg`,
    sizes: { thumb: { w: '150', h: '150', resize: 'crop' }, large: { w: '2048', h: '1536' } },
    indices: ['58', '81'],
  }));
  const texts = plainTweets(500);
  const elements = texts.map((text, i) => ({
    ...tweetObject(text, i),
    // The same tweets come again and again, and each is to be read.
    id: undefined,
    id_str: undefined,
    extended_entities: { media },
  }));
  // The same bytes again and again: the file is 300 MB, what it takes is one part.
  const part = new Blob([JSON.stringify(elements).slice(1, -1)]);
  const repeats = Math.ceil(300e6 / part.size);
  const parts = Array.from({ length: repeats }, (_, i) => [i === 0 ? '[' : ',', part]).flat();
  const file = new StreamOnlyFile([...parts, ']'], 'larger.json');
  expect(file.size).toBeGreaterThan(300e6);

  const before = liveBytes();
  let most = 0;
  let measuredAt = 0;
  const opened = await openArchive([file]);
  const { tweets, damaged } = await readTweets(opened, {
    onProgress: ({ bytesRead }) => {
      if (bytesRead - measuredAt < 30e6) return;
      measuredAt = bytesRead;
      most = Math.max(most, liveBytes() - before);
    },
  });
  expect(tweets).toHaveLength(repeats * texts.length);
  expect(tweets.at(-1)?.text).toBe(texts.at(-1));
  expect(damaged).toBe(0);
  expect(measuredAt).toBeGreaterThan(250e6);
  expect(most).toBeLessThan(60e6);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is in use and not only waiting to be collected, so that the number is the same each time. */
function liveBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Refuses to be read whole. */
class StreamOnlyFile extends File {
  override arrayBuffer(): Promise<ArrayBuffer> {
    throw new Error('read whole');
  }
  override text(): Promise<string> {
    throw new Error('read whole');
  }
}
