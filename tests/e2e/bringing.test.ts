/** What else than X's ZIP people drop on the built site: its worker loads the readers for it. */

import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { archiveZip, PRIVATE_MARKER, zipOf } from '../fixtures/archives.ts';
import { gzipped, tarred } from '../fixtures/bringing.ts';
import { MADE_FORMATS } from '../fixtures/made-formats.ts';
import { madeTweets } from '../fixtures/made-tweets.ts';
import { repositoryFile } from '../fixtures/repository.ts';
import { tweetTexts } from '../fixtures/tweets-file.ts';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { dropArchive, readCounts } from '../support/drive-page.ts';
import { visitSite } from './open-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'mynah-bringing-'));

test('Mastodon’s export as it comes, Bluesky’s, and a folder of other things with an archive in it', async () => {
  const { page } = await visitSite({ hasThreads: false });

  const [outbox] = MADE_FORMATS.Mastodon.files([...madeTweets(300)]);
  const tree = { 'outbox.json': [...(outbox?.content() ?? [])].join(''), 'likes.json': '{}' };
  const mastodon = join(folder, 'archive-20240501.tar.gz');
  writeFileSync(mastodon, gzipped(await tarred(tree)));
  await dropArchive(page, mastodon);
  expect(await readCounts(page)).toMatchObject({ read: 300 });

  const posts = tweetTexts(250).map((text, index) => ({
    collection: 'app.bsky.feed.post',
    key: `3k${String(index).padStart(5, '0')}`,
    value: { $type: 'app.bsky.feed.post', text, createdAt: '2024-11-09T12:14:18.000Z' },
  }));
  const bluesky = join(folder, 'repo.car');
  writeFileSync(bluesky, await repositoryFile('did:plc:bird', posts));
  await dropArchive(page, bluesky);
  await page.getByText('repo.car').first().waitFor();
  expect(await readCounts(page)).toMatchObject({ read: 250, kept: 250 });

  const downloads = join(folder, 'Downloads');
  mkdirSync(downloads);
  const inner = await archiveZip(tweetTexts(200), { username: 'nested_bird' });
  writeFileSync(join(downloads, 'backup.zip'), await zipOf([['twitter/archive.zip', inner]]));
  writeFileSync(
    join(downloads, 'notes.txt'),
    `${PRIVATE_MARKER} is nobody’s business\n`.repeat(200),
  );
  await dropArchive(page, downloads);
  await page.getByText('@nested_bird').first().waitFor();
  expect(await readCounts(page)).toMatchObject({ read: 200, kept: 200 });
  await page
    .getByText(/One file was not read: “Downloads\/notes\.txt”.*only the archive/)
    .waitFor();
});

test('tweets, a bot and a model that are dropped together are each taken as what they are', async () => {
  const { page } = await visitSite({ hasThreads: false });
  const archive = join(folder, 'twitter.zip');
  writeFileSync(archive, await archiveZip(tweetTexts(200), { username: 'early_bird' }));
  const bot = fileURLToPath(new URL('../fixtures/earlier-bots/e09cc7a.zip', import.meta.url));
  const model = join(folder, 'my-gpt2');
  cpSync(new URL('../../public/models/starter', import.meta.url), model, { recursive: true });

  await dropArchive(page, [archive, bot, model]);
  await page
    .getByText(/“my-gpt2”, “e09cc7a\.zip” \(a bot or a model, and opened as such\)/)
    .waitFor();
  expect(await readCounts(page)).toMatchObject({ read: 200, kept: 200 });
  const library = page.getByRole('complementary', { name: LABELS.library });
  await library.getByText('Ada', { exact: true }).waitFor();
  await page.getByText('Starts from my-gpt2').waitFor();
});
