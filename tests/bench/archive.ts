/**
 * `npm run bench -- archive [--tweets 100000] [--bytes 2e9] [--parts 3] [--format "today’s ZIP"]`:
 * measures how long it takes to open and read a large archive, and how much heap that needs.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, openAsBlob, openSync, readSync, statSync } from 'node:fs';
import { createHistogram } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { openArchive } from '../../src/archive/opening/open.ts';
import { readTweets } from '../../src/archive/read-tweets.ts';
import { MADE_FORMATS, type MadeFormatName } from '../fixtures/made-formats.ts';
import { writeArchive } from '../fixtures/write-archive.ts';

export async function benchArchive(args: readonly string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tweets: { type: 'string', default: '100000' },
      bytes: { type: 'string', default: '2e9' },
      parts: { type: 'string', default: '3' },
      format: { type: 'string', default: 'today’s ZIP' },
      file: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const name = values.format as MadeFormatName;
  if (MADE_FORMATS[name].as !== 'zip') throw new Error('a format that comes as a ZIP');
  const path =
    values.file ?? `.cache/archives/${values.tweets}-${values.bytes}-${values.parts}.zip`;
  if (!existsSync(path)) {
    mkdirSync('.cache/archives', { recursive: true });
    await writeArchive(path, {
      format: name,
      tweets: Number(values.tweets),
      parts: Number(values.parts),
      bytes: Number(values.bytes),
    });
    // In its own process, because the heap of this one is full from writing the archive.
    const again = execFileSync(process.execPath, process.argv.slice(1), { encoding: 'utf8' });
    return JSON.parse(again) as Record<string, unknown>;
  }
  // A blob on disk, like a dropped file, which is read as in the page's worker.
  const { size } = statSync(path);
  // Node 20 counts the bytes of such a blob in 32 bits.
  const file =
    size < 2 ** 32 ? new File([await openAsBlob(path)], 'twitter.zip') : new LargeFile(path, size);
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const opened = await openArchive([file]);
  const openedMs = performance.now() - start;
  const heap = createHistogram();
  const timer = setInterval(() => heap.record(used()), 20);
  const read = await readTweets(opened, {
    onProgress: () => heap.record(used()),
  });
  const totalMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuStart);
  clearInterval(timer);
  return {
    bench: 'archive',
    format: name,
    zip_bytes: file.size,
    tweet_bytes: opened.bytesTotal,
    tweets: read.tweets.length,
    damaged: read.damaged,
    warnings: read.warnings.length,
    open_ms: Math.round(openedMs),
    total_ms: Math.round(totalMs),
    // Processor time, which other work on the machine blurs less.
    cpu_ms: Math.round((user + system) / 1000),
    tweets_per_s: Math.round((read.tweets.length * 1000) / totalMs),
    megabytes_per_s: Math.round(opened.bytesTotal / totalMs / 1000),
    peak_heap_bytes: heap.max,
    note: 'heap: all that is in use, JavaScript and buffers, garbage not yet collected included',
  };
}

function used(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A file on disk larger than 4 GB, of which slices are read. */
class LargeFile extends File {
  readonly #size: number;
  readonly #handle: number;

  constructor(path: string, size: number) {
    super([], 'twitter.zip');
    this.#size = size;
    this.#handle = openSync(path, 'r');
  }

  override get size(): number {
    return this.#size;
  }

  override slice(from = 0, to = this.#size): Blob {
    const bytes = new Uint8Array(Math.min(to, this.#size) - from);
    readSync(this.#handle, bytes, 0, bytes.length, from);
    return new Blob([bytes]);
  }
}
