/**
 * The posts in a repository of Bluesky, the `.car` that it exports: blocks of CBOR under the hashes
 * of their content. A tree of other blocks names the records, so a record's address is known only
 * once all is read.
 */

import { fromStream } from '@atcute/car';
import { CidLinkWrapper, decode, fromBytes, isBytes } from '@atcute/cbor';
import { MynahError, mynahError, throwIfAborted } from '../../core/errors.ts';
import { isRecord } from '../formats/values.ts';
import { type NotedEnd, noteEnd } from './noted-end.ts';

const COLLECTION = 'app.bsky.feed.post';

export interface RepositoryItem {
  /** A post under its address, as `listRecords` answers them; null while there is none yet. */
  readonly value: unknown;
  readonly bytesRead: number;
}

/** The posts, oldest first, once all is read. Throws `archive-unreadable`, `cancelled`. */
export async function* readRepository(
  file: string,
  stream: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<RepositoryItem, void, undefined> {
  const posts = new Map<string, unknown>();
  const keys = new Map<string, string>();
  let owner: string | null = null;
  let bytesRead = 0;
  const noted = noteEnd(stream);
  const car = fromStream(noted.stream);
  try {
    for await (const { cid, bytes, entryEnd } of car) {
      throwIfAborted(signal);
      const block: unknown = decode(bytes);
      if (isRecord(block)) {
        if (block.$type === COLLECTION) posts.set(hex(cid.bytes), block);
        else if (typeof block.did === 'string' && block.data !== undefined) owner = block.did;
        else if (Array.isArray(block.e)) learnKeys(block.e, keys);
      }
      bytesRead = entryEnd;
      yield { value: null, bytesRead };
    }
  } catch (error) {
    throw carError(file, error, noted);
  } finally {
    await car.dispose().catch(() => undefined);
  }
  const found = [...posts].map(([cid, value]) => ({ key: keys.get(cid) ?? '', value }));
  // A key is a time.
  for (const { key, value } of found.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const uri = owner === null || key === '' ? undefined : `at://${owner}/${key}`;
    yield { value: { uri, value }, bytesRead };
  }
}

/** A node of the tree: each key is that of the one before it, but for its end. */
function learnKeys(entries: readonly unknown[], keys: Map<string, string>): void {
  let last = '';
  for (const entry of entries) {
    if (!isRecord(entry) || typeof entry.p !== 'number') return;
    if (!isBytes(entry.k) || !(entry.v instanceof CidLinkWrapper)) return;
    last = last.slice(0, entry.p) + new TextDecoder().decode(fromBytes(entry.k));
    if (last.startsWith(`${COLLECTION}/`)) keys.set(hex(entry.v.bytes), last);
  }
}

function hex(bytes: Uint8Array): string {
  return bytes.reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '');
}

function carError(file: string, error: unknown, { hasEnded }: NotedEnd): MynahError {
  if (error instanceof MynahError) return error;
  const isFileGone = error instanceof DOMException && /^Not(Readable|Found)Error$/.test(error.name);
  const reason = isFileGone ? 'unreadable' : hasEnded() ? 'truncated' : 'damaged';
  return mynahError('archive-unreadable', { file, reason }, error);
}
