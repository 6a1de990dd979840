/** In a browser, because Node's stream goes on at the next member by itself. */

import { expect, test } from 'vitest';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';

const MEMBERS = 3;
const LINES_OF_EACH = 20_000;

function linesOf(member: number): string[] {
  return Array.from(
    { length: LINES_OF_EACH },
    (_, line) => `Line ${line} of member ${member} says ${(line * 7919) % 104_729}`,
  );
}

function gzip(content: string): Promise<Blob> {
  const packed = new Blob([content]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed).blob();
}

const members = Array.from({ length: MEMBERS }, (_, member) => linesOf(member));

async function packedMembers(): Promise<Blob[]> {
  return Promise.all(
    members.map((lines) => gzip(lines.map((text) => `${JSON.stringify({ text })}\n`).join(''))),
  );
}

async function textsIn(...parts: readonly BlobPart[]): Promise<string[]> {
  const file = new File([...parts], 'mine.jsonl.gz');
  const { tweets } = await readTweets(await openArchive([file]));
  return tweets.map(({ text }) => text);
}

test('a gzip file of several members is read whole', async () => {
  expect(await textsIn(...(await packedMembers()))).toEqual(members.flat());
});

test('members of a few bytes each are read too', async () => {
  const small = await Promise.all(
    ['{"text":"one two three"}\n', '', '{"text":"four five six"}\n'].map(gzip),
  );
  expect(await textsIn(...small)).toEqual(['one two three', 'four five six']);
});

test('bytes that look like a header inside a member are not taken for one', async () => {
  // A header may carry bytes of any kind.
  const [first = new Blob(), second = new Blob()] = await packedMembers();
  const bytes = new Uint8Array(await first.arrayBuffer());
  const header = bytes.slice(0, 10);
  header[3] = 0x04;
  const extra = new Uint8Array([
    30,
    0,
    ...new Uint8Array(15).fill(0x55),
    0x1f,
    0x8b,
    8,
    0,
    ...new Uint8Array(11),
  ]);
  expect(await textsIn(header, extra, bytes.slice(10), second)).toEqual(members.slice(0, 2).flat());
});

test('a last member that is cut short is told', async () => {
  const [first = new Blob(), second = new Blob()] = await packedMembers();
  await expect(textsIn(first, second.slice(0, second.size >> 1))).rejects.toMatchObject({
    data: { code: 'archive-unreadable', details: { reason: 'truncated' } },
  });
});
