/**
 * `npm run bench -- archive [--tweets 100000] [--bytes 2e9] [--parts 3] [--format "today’s ZIP"]`:
 * how long a large archive takes to open and to read, and how much of the heap.
 */

import { existsSync, mkdirSync, openAsBlob } from 'node:fs';
import { createHistogram } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { openArchive } from '../../src/archive/open.ts';
import { readTweets } from '../../src/archive/read.ts';
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
  const path = values.file ?? `.cache/bench/${values.tweets}-${values.bytes}-${values.parts}.zip`;
  if (!existsSync(path)) {
    mkdirSync('.cache/bench', { recursive: true });
    await writeArchive(path, {
      format: name,
      tweets: Number(values.tweets),
      parts: Number(values.parts),
      bytes: Number(values.bytes),
    });
  }
  // A blob that lies on disk, as a file that was dropped does; read as the page's worker would.
  const file = new File([await openAsBlob(path)], 'twitter.zip');
  const before = used();
  const start = performance.now();
  const opened = await openArchive([file]);
  const openedMs = performance.now() - start;
  const heap = createHistogram();
  const timer = setInterval(() => heap.record(Math.max(1, used() - before)), 20);
  const read = await readTweets(opened, {
    onProgress: () => heap.record(Math.max(1, used() - before)),
  });
  const totalMs = performance.now() - start;
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
    tweets_per_s: Math.round((read.tweets.length * 1000) / totalMs),
    megabytes_per_s: Math.round(opened.bytesTotal / totalMs / 1000),
    peak_heap_bytes: heap.max,
    note: 'heap in use over that at the start, JavaScript and buffers, garbage not yet collected included',
  };
}

function used(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
