/** Lists that are stored as blobs, with one JSON value in each line. */
import type { StoredThing } from '../core/errors.ts';
import type { BlobRef, Storage } from './chunks.ts';
import type { Parser } from '../core/parse.ts';
import { damaged } from './parse.ts';
import { readBlob } from './read-blob.ts';

/** Encodes two thousand items at a time. Lone surrogates are kept as escape sequences. */
export function* jsonLines(items: readonly unknown[]): Generator<Uint8Array> {
  const batch = 2000;
  const encoder = new TextEncoder();
  for (let start = 0; start < items.length; start += batch) {
    const lines = items.slice(start, start + batch).map((item) => JSON.stringify(item));
    yield encoder.encode(`${lines.join('\n')}\n`);
  }
}

/** @throws `stored-data-damaged` when a line doesn't parse, and what reading blobs throws. */
export async function readJsonLines<T>(
  storage: Storage,
  blob: BlobRef,
  owner: StoredThing,
  parse: Parser<T>,
): Promise<readonly T[]> {
  const items: T[] = [];
  const take = (line: string): void => {
    try {
      items.push(parse(JSON.parse(line), 'item'));
    } catch {
      // Without the cause: JSON.parse quotes the text in its errors, and tweet text must not get into an error.
      throw damaged(owner, { what: 'line', line: items.length + 1 });
    }
  };
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of readBlob(storage, blob, owner)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  if (rest + decoder.decode() !== '') take(rest);
  return items;
}
