/** A file that is compressed by itself: `tweets.js.gz`, or the tar in a `.tar.gz`. */

import { MynahError, mynahError } from '../../core/errors.ts';
import { type Entry, headOf, once, spool } from './entry.ts';
import { unpackMembers } from './gzip-members.ts';
import { packingOf } from './packing.ts';
import type { ByteSource } from './source.ts';
import { MAX_RATIO, RATIO_MATTERS_FROM_BYTES } from './zip.ts';

/** What JSON unpacks to as a rule: only for showing how far the reading is. */
const USUAL_RATIO = 8;

/** What is in it, under its name without the `.gz`. Nothing is read yet. */
export function gunzipped(entry: Entry): Entry {
  const source: ByteSource = {
    name: entry.source.name,
    bytes: entry.source.bytes * USUAL_RATIO,
    stream: () => gunzip(entry.source),
  };
  const path = entry.path.replace(/\.tgz$/i, '.tar').replace(/\.gz$/i, '');
  return { ...entry, path, source, head: once(() => headOf(source)), blob: () => spool(source) };
}

/** The entry unpacked, where it is compressed whatever its name says; else the entry itself. */
export async function unpackedIfGzip(entry: Entry): Promise<Entry> {
  return packingOf(await entry.head()) === 'gzip' ? gunzipped(entry) : entry;
}

/** Inflates as it is read. Fails with `archive-unreadable`. */
function gunzip({ name: file, stream }: ByteSource): ReadableStream<Uint8Array> {
  let packedBytes = 0;
  let isAllIn = false;
  let bytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      packedBytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
    flush() {
      isAllIn = true;
    },
  });
  const reader = unpackMembers(stream().pipeThrough(counting)).getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await reader.read();
        if (done) {
          controller.close();
          return;
        }
        bytes += value.byteLength;
        if (bytes > RATIO_MATTERS_FROM_BYTES && bytes > packedBytes * MAX_RATIO) {
          throw mynahError('archive-unreadable', { file, reason: 'too-large' });
        }
        controller.enqueue(value);
      } catch (error) {
        await reader.cancel().catch(() => undefined);
        throw gzipError(file, error, isAllIn);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Browsers say in words of their own what is wrong: only whether bytes are missing can be told. */
function gzipError(file: string, error: unknown, isAllIn: boolean): MynahError {
  if (error instanceof MynahError) return error;
  const isFileGone = error instanceof DOMException && /^Not(Readable|Found)Error$/.test(error.name);
  const reason = isFileGone ? 'unreadable' : isAllIn ? 'truncated' : 'damaged';
  return mynahError('archive-unreadable', { file, reason }, error);
}
