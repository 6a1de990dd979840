/** What the page passes on of a folder that is dropped: by name alone, so that nothing else is opened. */

import { beforeEach, expect, it } from 'vitest';
import { filesOfDrop } from '../../../src/app/data/brought-folder.ts';
import { optionsFor } from '../../../src/app/state/brought.ts';

/** Which files were asked for, and which folders were gone into. */
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
});

/** An entry as browsers give them for what is dropped, from a list of paths. */
function entryOf(name: string, paths: readonly string[], fullPath = name): FileSystemEntry {
  const isFile = paths.length === 1 && paths[0] === '';
  const common = { name, fullPath: `/${fullPath}`, isFile, isDirectory: !isFile };
  if (isFile) {
    const file = (resolve: FileCallback, reject: ErrorCallback) => {
      asked.push(fullPath);
      if (name.startsWith('locked')) reject(new DOMException('', 'NotReadableError'));
      else resolve(new File(['x'], name));
    };
    return { ...common, file } as FileSystemFileEntry;
  }
  const names = [...new Set(paths.map((path) => path.split('/')[0] ?? ''))];
  const createReader = () => {
    asked.push(`${fullPath}/`);
    let at = 0;
    // Browsers give a part at a time.
    const readEntries = (resolve: FileSystemEntriesCallback) => {
      const some = names.slice(at, at + 2);
      at += some.length;
      resolve(
        some.map((each) => {
          const inside = paths.filter((path) => path === each || path.startsWith(`${each}/`));
          return entryOf(
            each,
            inside.map((path) => path.slice(each.length + 1)),
            `${fullPath}/${each}`,
          );
        }),
      );
    };
    return { readEntries };
  };
  return { ...common, createReader } as FileSystemDirectoryEntry;
}

async function dropped(...entries: readonly FileSystemEntry[]): Promise<(string | undefined)[]> {
  const { files } = await filesOfDrop(entries);
  const paths = optionsFor(files).paths ?? [];
  return files.map(({ name }, index) => paths[index] || name);
}

it('of an unpacked archive takes the tweets and whose they are', async () => {
  const folder = entryOf('twitter', [
    'Your archive.html',
    'assets/js/runtime.js',
    'data/README.txt',
    'data/account.js',
    'data/direct-messages.js',
    'data/direct_messages_media/1.jpg',
    'data/ip-audit.js',
    'data/like.js',
    'data/profile_media/me.jpg',
    'data/tweets-part1.js',
    'data/tweets.js',
    'data/tweets_media/1.mp4',
  ]);
  const ofUse = [
    'twitter/data/README.txt',
    'twitter/data/account.js',
    'twitter/data/tweets-part1.js',
    'twitter/data/tweets.js',
    'twitter/data/profile_media/me.jpg',
  ];
  expect(await dropped(folder)).toEqual(ofUse);
  expect(asked.toSorted()).toEqual(
    [...ofUse, 'twitter/', 'twitter/data/', 'twitter/data/profile_media/'].toSorted(),
  );
});

it('takes files that were chosen by hand whatever their names, and folders beside them', async () => {
  const all = [
    entryOf('Your archive.html', ['']),
    entryOf('data', ['tweets.js', 'like.js']),
    entryOf('assets', ['js/runtime.js']),
  ];
  expect(await dropped(...all)).toEqual(['Your archive.html', 'data/tweets.js']);
});

it('finds ZIPs and archives nine folders down, and goes no deeper than any archive', async () => {
  const deep = (levels: number) =>
    Array.from({ length: levels }, (_, level) => `f${level}`).join('/');
  const folder = entryOf('Downloads', [
    'a.zip',
    `${deep(7)}/b.tar.gz`,
    `${deep(7)}/data/tweets.js`,
    `${deep(8)}/c.zip`,
    `${deep(11)}/data/tweets.js`,
  ]);
  expect(await dropped(folder)).toEqual([
    'Downloads/a.zip',
    `Downloads/${deep(7)}/b.tar.gz`,
    `Downloads/${deep(7)}/data/tweets.js`,
  ]);
  expect(asked).not.toContain(`Downloads/${deep(11)}/`);
});

it('loses only the file that the browser doesn’t hand over, and names it', async () => {
  const folder = entryOf('Downloads', ['tweets.js', 'locked-tweets.json', 'a.zip']);
  const { files, left } = await filesOfDrop([entryOf('locked.csv', ['']), folder]);
  expect(files.map(({ name }) => name)).toEqual(['tweets.js', 'a.zip']);
  expect(left).toEqual([
    { file: 'locked.csv', why: 'unreadable' },
    { file: 'Downloads/locked-tweets.json', why: 'unreadable' },
  ]);
});

it('says where it stopped looking in a folder of too many entries', async () => {
  const folder = entryOf('disk', ['a.zip', 'b/c.zip', 'b/d.zip', 'b/e.zip', 'f/g.zip']);
  const { files, left } = await filesOfDrop([folder], 5);
  expect(files.map(({ name }) => name)).toEqual(['a.zip', 'c.zip', 'd.zip']);
  expect(left).toEqual([{ file: 'disk/b', why: 'too-many' }]);
});
