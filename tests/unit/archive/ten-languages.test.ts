/** The same kinds of tweets in ten languages are kept and dropped alike. */

import { describe, expect, test } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { reasonOf } from '../../../src/archive/cleaning/pipeline.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { fileOf, tweetsJs } from '../../fixtures/archives.ts';
import { TEN_LANGUAGES, tweetsIn } from '../../fixtures/ten-languages.ts';

describe.each(TEN_LANGUAGES)('four hundred tweets in $language', (sample) => {
  const tweets = tweetsIn(sample);
  const file = () => fileOf('tweets.js', tweetsJs(tweets.map(({ text }) => text)));
  const dataset = async () => buildDataset(await readTweets(await openArchive([file()])));

  test('are counted as by hand', async () => {
    const { counts } = await dataset();
    expect(counts).toMatchObject({ read: 400, retweets: 40, short: 120, kept: 240, other: 0 });
  });

  test('are each kept or dropped for the reason a reader would give', async () => {
    const { cleaned } = await dataset();
    for (const [i, { text, becomes }] of tweets.entries()) {
      expect([text, reasonOf(cleaned.verdicts[i] ?? 0) ?? 'kept']).toEqual([text, becomes]);
    }
  });

  test('lose their links and nothing else', async () => {
    const { cleaned } = await dataset();
    for (const [i, { text, behindLink }] of tweets.entries()) {
      const learned = cleaned.texts[i] ?? '';
      expect(learned).not.toContain('http');
      expect(learned.endsWith(behindLink)).toBe(true);
      const letters = (of: string) => of.replaceAll(/\s/g, '');
      expect(letters(learned)).toBe(letters(text.replace(/https:\/\/t\.co\/\w{10}/, '')));
    }
  });
});
