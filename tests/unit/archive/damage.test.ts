/** A file that is damaged in one place costs what lies there: a tweet, or the two it lies between. */

import { describe, expect, test } from 'vitest';
import { ElementReader, JsonFault } from '../../../src/archive/json/element-reader.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { MynahError } from '../../../src/core/errors.ts';
import { fileOf, makeFiles } from '../../fixtures/archives.ts';
import { MADE_FORMATS, type MadeFormatName } from '../../fixtures/made-formats.ts';
import { madeTweets, randomOf } from '../../fixtures/made-tweets.ts';

const seed = 20261128;
const TWEETS = 60;
const DAMAGES = 400;
/** Characters that mean something in JSON. */
const TELLING = '{}[]",:\\\n;=<&';
const FORMATS: readonly MadeFormatName[] = [
  'tweets.js',
  'JSON array',
  'API 1.1',
  'API 2',
  'JSON Lines',
  'CSV',
  'TXT',
  'Mastodon',
  'Bluesky',
  'Community Archive',
  'GraphQL, several pages',
  'Threads',
];

async function textOf(name: MadeFormatName): Promise<{ name: string; text: string }> {
  const { files } = await makeFiles(MADE_FORMATS[name], [...madeTweets(TWEETS, seed)]);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Error('one file');
  return { name: file.name, text: await file.text() };
}

/** One character is another, or up to 30 are gone; neither the head nor the end of the file. */
function* damagedOnce(text: string): Generator<string> {
  const random = randomOf(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  for (let count = 0; count < DAMAGES; count++) {
    const at = 300 + below(text.length - 900);
    const isGone = below(2) === 0;
    const instead = isGone ? '' : (TELLING[below(TELLING.length)] ?? '');
    yield text.slice(0, at) + instead + text.slice(at + (isGone ? 1 + below(30) : 1));
  }
}

describe(`damage in one place (seed ${seed})`, () => {
  test.each(FORMATS)('of %s', async (format) => {
    const { name, text } = await textOf(format);
    let refused = 0;
    for (const damaged of damagedOnce(text)) {
      try {
        const read = await readTweets(await openArchive([fileOf(name, damaged)]));
        expect(TWEETS - read.tweets.length).toBeLessThanOrEqual(2);
      } catch (error) {
        if (!(error instanceof MynahError)) throw error;
        // Where a bracket is gone, all that follows can be sound JSON within one tweet.
        refused++;
      }
    }
    expect(refused).toBeLessThanOrEqual(DAMAGES / 50);
  });

  test.each(['tweets.js', 'JSON array', 'Bluesky'] as const)(
    'of %s is the same however the text is cut',
    async (format) => {
      const { text } = await textOf(format);
      for (const damaged of damagedOnce(text)) {
        const whole = elementsOf(damaged, damaged.length);
        for (const size of [977, 16_384]) expect(elementsOf(damaged, size)).toEqual(whole);
      }
    },
  );
});

test.each([
  ['objects that never close', 'x,{"a":1'],
  ['brackets that never match', '{"a":1]},{"a":{'],
  ['keys alone', '"k":'],
])('two megabytes of %s are given up soon', (_, piece) => {
  const text = `[{"a":1},${piece.repeat(2_000_000 / piece.length)}`;
  const start = process.cpuUsage();
  expect(elementsOf(text, 65_536).at(-1)).toMatch(/^fault/);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(2_000);
});

/** Offsets of elements, of damage and of the fault that ended it. */
function elementsOf(text: string, size: number): readonly string[] {
  const found: string[] = [];
  const reader = new ElementReader({
    onValue: (_, offset) => found.push(`element ${offset}`),
    onDamage: (offset) => found.push(`damage ${offset}`),
  });
  try {
    for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
    reader.end();
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    found.push(`fault ${error.offset}`);
  }
  return found;
}
