/** Files of tweets that somebody made, in a folder or a ZIP without an archive: none is lost unsaid. */

import { expect, it, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { fileOf, jsonArray, plainTweets, tweetsJs, zipOf } from '../../fixtures/archives.ts';

const tweets = plainTweets(3);

async function readFolder(contents: Readonly<Record<string, string>>) {
  const paths = Object.keys(contents);
  const files = paths.map((path) => fileOf(path.split('/').at(-1) ?? '', contents[path] ?? ''));
  return readTweets(await openArchive(files, { paths }));
}

test.each([
  ['right in it', ['mine/a.json']],
  ['a folder down', ['mine/old/a.json']],
  ['three folders down', ['mine/old/2019/may/a.json']],
  ['at several depths', ['mine/a.json', 'mine/b.json', 'mine/old/c.json', 'mine/old/2019/d.json']],
])('in a folder, %s', async (_, paths) => {
  const contents = paths.map((path) => [path, JSON.stringify([`of ${path}`])] as const);
  const read = await readFolder(Object.fromEntries(contents));
  expect(read.tweets.map(({ text }) => text)).toEqual(paths.map((path) => `of ${path}`));
  expect(read.files).toEqual(paths);
});

it('an archive in the folder is what counts, at whatever depth it lies', async () => {
  const read = await readFolder({
    'mine/notes.txt': 'to do',
    'mine/x/twitter/data/tweets.js': tweetsJs(tweets),
  });
  expect(read.tweets.map(({ text }) => text)).toEqual(tweets);
});

it('so many that some are left: how many is told', async () => {
  const files = Array.from({ length: 1003 }, (_, i) => [`${i}.json`, '["one"]'] as const);
  const read = await readTweets(await openArchive([fileOf('many.zip', await zipOf(files))]));
  expect(read.tweets).toHaveLength(1000);
  const left = (path: string) =>
    [1000, 1001, 1002].map((i) => ({ file: `${path}${i}.json`, why: 'too-many' }));
  expect(read.warnings).toEqual([{ kind: 'files-left', files: left('many.zip › '), count: 3 }]);
  const inFolder = await readFolder(
    Object.fromEntries(files.map(([path, text]) => [`mine/${path}`, text])),
  );
  expect(inFolder.tweets).toHaveLength(1000);
  expect(inFolder.warnings).toEqual([{ kind: 'files-left', files: left('mine/'), count: 3 }]);
});

it('many without a name are called by a few of theirs, not by all', async () => {
  const months = Array.from({ length: 75 }, (_, i) => {
    const month = `20${10 + Math.floor(i / 12)}_${String(1 + (i % 12)).padStart(2, '0')}`;
    return { month, js: `Grailbird.data.tweets_${month} = [{"text": "of ${month}"}]` };
  });
  const js = months.map((each) => fileOf(`${each.month}.js`, each.js));
  const ofArchive = await readTweets(await openArchive(js));
  expect(ofArchive.tweets).toHaveLength(75);
  expect(ofArchive.accounts.map(({ label }) => label)).toEqual(['2010_01.js, 2010_02.js + 73']);
  const json = months.map(({ month }) => fileOf(`${month}.json`, jsonArray(tweets)));
  const made = await readTweets(await openArchive(json));
  expect(made.accounts.map(({ label }) => label)).toEqual(['2010_01.json, 2010_02.json + 73']);
});
