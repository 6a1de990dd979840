/** Ten thousand mutated archives: each gives tweets or an error of ours, and soon. */

import { expect, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { applyCleaning } from '../../../src/archive/cleaning/pipeline.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { buildTweetTable } from '../../../src/archive/cleaning/tweet-table.ts';
import { MynahError } from '../../../src/core/errors.ts';
import { HUGGINGTWEETS } from '../../../src/domain/cleaning.ts';
import { fileOf, makeFiles } from '../../fixtures/archives.ts';
import { MADE_FORMATS } from '../../fixtures/made-formats.ts';
import { madeTweets, randomOf } from '../../fixtures/made-tweets.ts';

const seed = 20261122;
const ARCHIVES = 10_000;
/** Of the clock: what each archive takes is measured in processor time. */
const TIMEOUT_MS = 180_000;
const random = randomOf(seed);
const below = (limit: number) => Math.floor(random() * limit);
/** Bytes that mean something to a parser. */
const TELLING = new TextEncoder().encode('{}[]",:\\\n\r\0 PK=;<&�é');

interface Brought {
  readonly names: readonly string[];
  readonly contents: readonly Uint8Array[];
  readonly paths: readonly string[];
}

async function originals(): Promise<Brought[]> {
  const made: Brought[] = [];
  for (const format of Object.values(MADE_FORMATS)) {
    const { files, paths } = await makeFiles(format, [...madeTweets(5, seed)], 2);
    const contents = await Promise.all(files.map((file) => file.bytes()));
    made.push({ names: files.map(({ name }) => name), contents, paths });
  }
  return made;
}

function mutated(original: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  let bytes = original.slice();
  for (let times = 1 + below(3); times > 0; times--) {
    // A ZIP's directory is at its end, what tells a format at the start.
    const place = below(3);
    const near = Math.min(bytes.length, 200);
    const at =
      place === 0 ? below(near) : place === 1 ? bytes.length - below(near) : below(bytes.length);
    const kind = below(6);
    if (kind === 0) bytes = bytes.slice(0, at);
    else if (kind === 1) bytes = joined(bytes.slice(0, at), bytes.slice(at + below(40)));
    else if (kind === 2) bytes = joined(bytes.slice(0, at), bytes.slice(at - below(60)));
    else if (kind === 3) {
      const from = below(other.length);
      bytes = joined(bytes.slice(0, at), other.slice(from, from + below(200)), bytes.slice(at));
    } else if (at < bytes.length) {
      bytes[at] = kind === 4 ? below(256) : (TELLING[below(TELLING.length)] ?? 0);
    }
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

test(
  `${ARCHIVES} mutated archives end in tweets or in an error of ours (seed ${seed})`,
  async () => {
    const all = await originals();
    const outcomes = new Map<string, number>();
    let slowest = 0;
    for (let count = 0; count < ARCHIVES; count++) {
      const { names, contents, paths } = all[below(all.length)] ?? {
        names: [],
        contents: [],
        paths: [],
      };
      const other = all[below(all.length)]?.contents[0] ?? new Uint8Array(1);
      const victim = below(contents.length);
      const files = contents.map((bytes, index) =>
        fileOf(
          names[index] ?? '',
          index === victim ? mutated(bytes, other) : (bytes as Uint8Array<ArrayBuffer>),
        ),
      );
      // Of the processor, as the machine may be busy with other things.
      const start = process.cpuUsage();
      let outcome = 'tweets';
      try {
        const options = { paths, withCircle: true, withDeleted: true };
        const read = await readTweets(await openArchive(files, options), options);
        const table = await buildTweetTable(read.tweets, read.accounts);
        const { verdicts } = applyCleaning(table, HUGGINGTWEETS);
        expect(verdicts).toHaveLength(read.tweets.length);
        if (read.damaged > 0) outcome = 'tweets, some damaged';
      } catch (error) {
        if (!(error instanceof MynahError)) throw error;
        outcome = error.code;
      }
      const { user, system } = process.cpuUsage(start);
      slowest = Math.max(slowest, (user + system) / 1000);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].sort()).toEqual([
      'archive-no-tweets',
      'archive-unreadable',
      'table-column-unknown',
      'tweets',
      'tweets, some damaged',
    ]);
    expect(slowest).toBeLessThan(2000);
  },
  TIMEOUT_MS,
);
