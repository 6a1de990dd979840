/**
 * The entries of a tar, as Mastodon exports one in a `.tar.gz`.
 *
 * A tar has no directory: to know what is in it, all of it has to be read, and Mastodon puts the
 * media first. So what is of use is kept in memory as it goes by, up to a limit; what is larger is
 * read again in another pass when it is wanted.
 */

import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { MynahError, mynahError, throwIfAborted } from '../../core/errors.ts';
import { isOfUse, segmentsOf } from '../../domain/archive-files.ts';
import { type Entry, headOf, once, spool } from './entry.ts';
import { type NotedEnd, noteEnd } from './noted-end.ts';
import type { ByteSource } from './source.ts';
import { MAX_TWEET_BYTES } from './zip.ts';

/** Kept in memory, over all entries of a tar. */
const MAX_KEPT_BYTES = 64 * 1024 ** 2;
/** An account's pictures are one entry each. */
const MAX_ENTRIES = 2_000_000;

/** The entries that may be of use. Throws `archive-unreadable`, `cancelled`. */
export async function openTar(tar: Entry, signal?: AbortSignal): Promise<Entry[]> {
  const container = tar.source.name;
  const found: Entry[] = [];
  let keptBytes = 0;
  let index = 0;
  const noted = noteEnd(tar.source.stream());
  try {
    for await (const { header, body } of entriesOf(noted.stream)) {
      throwIfAborted(signal);
      const at = index++;
      if (index > MAX_ENTRIES) throw new Error('too many entries');
      const path = `${tar.path}/${segmentsOf(header.name).join('/')}`;
      if (header.type !== 'file' || !isOfUse(path)) {
        await body.cancel();
        continue;
      }
      const name = `${container} › ${header.name}`;
      const bytes = header.size;
      let source: ByteSource = { name, bytes, stream: () => readAgain(tar.source, at, name) };
      if (keptBytes + bytes <= MAX_KEPT_BYTES) {
        const kept = await spool({ name, bytes, stream: () => body });
        keptBytes += kept.size;
        source = { name, bytes, stream: () => kept.stream() };
      } else {
        await body.cancel();
      }
      found.push({
        path,
        source,
        brought: tar.brought,
        container,
        head: once(() => headOf(source)),
        check: () => {
          if (bytes <= MAX_TWEET_BYTES) return;
          throw mynahError('archive-unreadable', { file: name, reason: 'too-large' });
        },
        blob: () => spool(source),
      });
    }
  } catch (error) {
    throw tarError(container, error, noted);
  }
  return found;
}

async function* entriesOf(
  tar: ReadableStream<Uint8Array>,
): AsyncGenerator<ParsedTarEntry, void, undefined> {
  const reader = tar.pipeThrough(createTarDecoder({ strict: true })).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Also reached when the consumer stops early. A stream that has failed has nothing to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

/** The entry at this index, in another pass over the tar. */
function readAgain(tar: ByteSource, index: number, name: string): ReadableStream<Uint8Array> {
  const noted = noteEnd(tar.stream());
  const entries = entriesOf(noted.stream);
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream({
    async pull(controller) {
      try {
        for (let at = 0; body === undefined; at++) {
          const { value, done } = await entries.next();
          if (done) throw new Error('changed since it was listed');
          if (at === index) body = value.body.getReader();
          else await value.body.cancel();
        }
        const { value, done } = await body.read();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        await entries.return();
        controller.close();
      } catch (error) {
        throw tarError(name, error, noted);
      }
    },
    async cancel() {
      await body?.cancel();
      await entries.return();
    },
  });
}

function tarError(file: string, error: unknown, { hasEnded }: NotedEnd): MynahError {
  if (error instanceof MynahError) return error;
  const reason = hasEnded() ? 'truncated' : 'damaged';
  return mynahError('archive-unreadable', { file, reason }, error);
}
