import { reasonOf } from '../../../src/archive/cleaning/pipeline.ts';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';
import { asRead, plainTweets } from '../../fixtures/archives.ts';

function build(tweets: readonly string[], damaged = 0) {
  return buildDataset(asRead(tweets, damaged));
}

describe('a dataset', () => {
  it('says of every tweet what became of it', async () => {
    const plain = plainTweets(100);
    const { table, cleaned, documents, counts } = await build(
      ['RT @a: look &amp; see https://t.co/x', 'hello', ...plain, '@you yes https://t.co/y'],
      3,
    );
    const tweets = table.tweets.map((_, i) => [
      cleaned.texts[i],
      reasonOf(cleaned.verdicts[i] ?? 0),
    ]);
    expect(tweets[0]).toEqual(['RT @a: look & see', 'retweet']);
    expect(tweets[1]).toEqual(['hello', 'short']);
    expect(tweets[2]).toEqual([plain[0], null]);
    expect(tweets.at(-1)).toEqual(['@you yes', 'short']);
    expect(documents).toEqual(plain);
    expect(counts).toEqual({
      read: 103,
      retweets: 1,
      short: 2,
      other: 0,
      kept: 100,
      damaged: 3,
      reasons: { retweet: 1, short: 2 },
    });
  });

  it('keeps a tweet that says <|endoftext|>, in a form that ends nothing', async () => {
    const { documents } = await build([...plainTweets(100), 'and <|endoftext|> so on']);
    expect(documents.at(-1)).toBe('and <|end-of-text|> so on');
  });

  it('names the languages of a tenth and more of what is kept, most first', async () => {
    const read = asRead(plainTweets(100));
    const speak = (i: number) => (i < 60 ? 'es' : i < 80 ? 'en' : i < 85 ? 'pt' : null);
    const tweets = read.tweets.map((tweet, i) => ({ ...tweet, language: speak(i) }));
    expect(await buildDataset({ ...read, tweets })).toMatchObject({ languages: ['es', 'en'] });
    const options = { ...HUGGINGTWEETS, languages: ['en'] };
    const onlyEnglish = { options };
    expect(await buildDataset({ ...read, tweets }, onlyEnglish)).toMatchObject({
      languages: ['en'],
    });
    // These name none, so it is guessed.
    expect(await buildDataset(read)).toMatchObject({ languages: ['en'] });
  });

  it('keeps tweets that are the same: so does huggingtweets', async () => {
    const { counts } = await build([...plainTweets(100), ...plainTweets(100)]);
    expect(counts.kept).toBe(200);
  });

  it('counts characters as Python does the joined text: code points, separators included', async () => {
    const family = '👩‍👩‍👧‍👦 a b c';
    const { characters } = await build(Array.from({ length: 400 }, () => family));
    expect(characters).toBe(400 * 13 + 399 * '<|endoftext|>'.length);
  });

  it('is small under 40,000 characters, and never too small to open', async () => {
    const ofCharacters = (n: number) => [`a b ${'c'.repeat(n - 4)}`];
    expect(await build(ofCharacters(5))).toMatchObject({ characters: 5, isSmall: true });
    expect(await build(ofCharacters(39_999))).toMatchObject({ isSmall: true });
    expect(await build(ofCharacters(40_000))).toMatchObject({ isSmall: false });
  });

  it('opens where nothing is kept, and says why nothing is', async () => {
    const retweets = plainTweets(200).map((text) => `RT @someone: ${text}`);
    const { counts, characters, documentCount, languages } = await build([...retweets, 'so short']);
    expect(counts).toMatchObject({ read: 201, kept: 0, reasons: { retweet: 200, short: 1 } });
    expect({ characters, documentCount, languages }).toEqual({
      characters: 0,
      documentCount: 0,
      languages: [],
    });
  });

  it('is refused where nothing was read', async () => {
    await expect(build([], 3)).rejects.toMatchObject({
      data: { code: 'archive-no-tweets', details: { reason: 'no-tweets' } },
    });
  });

  it('has a hash of what is kept, and of nothing else', async () => {
    const plain = plainTweets(100);
    const { contentHash } = await build(plain);
    expect(contentHash).toBe(createHash('sha256').update(plain.join('\0')).digest('hex'));
    expect((await build([...plain, 'RT @a: b', 'short'])).contentHash).toBe(contentHash);
    expect((await build(plain.toReversed())).contentHash).not.toBe(contentHash);
  });

  it('can be cancelled', async () => {
    const building = buildDataset(asRead(plainTweets(20_000)), { signal: AbortSignal.abort() });
    await expect(building).rejects.toMatchObject({ code: 'cancelled' });
  });
});
