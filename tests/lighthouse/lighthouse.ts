/**
 * `npm run lighthouse`: has Lighthouse judge the built page, as a phone on a slow network and with a processor that is
 * four times slower, and prints one JSON line. It fails unless every category has 100 of 100 points and, in the
 * median, the page's thread is blocked for less than 50 ms.
 *
 *     npm run lighthouse -- --runs 5 --desktop
 *
 * Lighthouse times by the clock, so other work on the machine makes the page look slower: `speed_of_machine` is its own
 * measure (an idle laptop has 1,000 to 3,000; below that, points for performance say little). `blocking_ms` is its
 * median. `blocking_processor_ms` is such a sum over the time that the processor spent in each task since the page was
 * asked for, times four, which hardly depends on other work; it is what counts here if the machine isn't idle.
 *
 * Lighthouse is installed in `.cache/lighthouse/` at the first use. The page comes from a server that compresses it, as
 * hosts do.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build } from 'vite';
import { BUILT_SITE } from '../support/build-site.ts';
import { chromiumLaunchOptions } from '../support/chromium.mjs';
import { freePort } from '../support/free-port.ts';
import { headers, workerPolicy } from '../../vite.config.ts';

const VERSION = '13.5.0';
const MOST_BLOCKING_MS = 50;
/** What a task may take before it counts as blocking, and how much slower the processor is made out to be. */
const LONG_MS = 50;
const SLOWDOWN = 4;
/** Below it, other work on the machine decides the points for performance. */
const IDLE_SPEED = 1_000;

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
}

interface Result {
  readonly lhr: {
    readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
    readonly audits: Readonly<
      Record<
        string,
        { readonly numericValue?: number; readonly score: number | null; title: string }
      >
    >;
    readonly environment: { readonly benchmarkIndex: number };
  };
  readonly artifacts: { readonly Trace: { readonly traceEvents: readonly TraceEvent[] } };
}

type Lighthouse = (url: string, flags: object, config?: object) => Promise<Result>;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, desktop: { type: 'boolean', default: false } },
});

async function installed(): Promise<{ lighthouse: Lighthouse; desktop: object }> {
  const folder = fileURLToPath(new URL(`../../.cache/lighthouse/${VERSION}/`, import.meta.url));
  const main = `${folder}node_modules/lighthouse/core/index.js`;
  if (!existsSync(main)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}package.json`, '{"private": true}');
    const args = ['install', '--no-audit', '--no-fund', `lighthouse@${VERSION}`];
    const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`Lighthouse can’t be installed: ${stderr}`);
  }
  const module = await import(pathToFileURL(main).href);
  return { lighthouse: module.default, desktop: module.desktopConfig };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};
const COMPRESSED = /\.(html|js|css|svg|json|txt|webmanifest|wasm)$/;

/** Serves the built site, compressed. Returns its address. */
async function serveCompressed(): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const file = join(BUILT_SITE, name);
    if (!file.startsWith(BUILT_SITE) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const isCompressed = COMPRESSED.test(file);
    const bytes = readFileSync(file);
    response.writeHead(200, {
      ...headers,
      'Content-Security-Policy': workerPolicy,
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'max-age=31536000',
      ...(isCompressed ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(isCompressed ? gzipSync(bytes) : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Like Lighthouse's total blocking time, by the time of the processor, and of all tasks since the page was asked for. */
function blockingProcessorMs(events: readonly TraceEvent[]): number {
  const paint = events.find(({ name }) => name === 'firstContentfulPaint');
  const tasks = events.filter(
    ({ name, pid, tid, tdur }) =>
      name === 'RunTask' && pid === paint?.pid && tid === paint.tid && tdur !== undefined,
  );
  if (tasks.length === 0) throw new Error('the browser has recorded no task with its time');
  return tasks.reduce(
    (sum, { tdur = 0 }) => sum + Math.max(0, (SLOWDOWN * tdur) / 1000 - LONG_MS),
    0,
  );
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const { lighthouse, desktop } = await installed();
await build({ logLevel: 'error' });
const url = await serveCompressed();
const results: Result[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  const port = await freePort();
  const { args, ...options } = chromiumLaunchOptions();
  const browser = await chromium.launch({
    ...options,
    args: [...args, `--remote-debugging-port=${port}`],
  });
  try {
    const flags = { port, logLevel: 'error', output: 'json' };
    results.push(await lighthouse(url, flags, values.desktop ? desktop : undefined));
  } finally {
    await browser.close();
  }
}
const names = Object.keys(results[0]?.lhr.categories ?? {});
const pointsOf = (name: string) =>
  Math.round(100 * median(results.map(({ lhr }) => lhr.categories[name]?.score ?? 0)));
const points = Object.fromEntries(names.map((name) => [name, pointsOf(name)]));
const msOf = (audit: string) =>
  Math.round(median(results.map(({ lhr }) => lhr.audits[audit]?.numericValue ?? Number.NaN)));
const speed = Math.round(median(results.map(({ lhr }) => lhr.environment.benchmarkIndex)));
const byProcessor = Math.round(
  median(results.map(({ artifacts }) => blockingProcessorMs(artifacts.Trace.traceEvents))),
);
const failed = results.flatMap(({ lhr }) =>
  Object.values(lhr.audits).flatMap(({ score, title }) => (score === 0 ? [title] : [])),
);
console.log(
  JSON.stringify({
    lighthouse: VERSION,
    runs: results.length,
    form: values.desktop ? 'desktop' : 'mobile',
    speed_of_machine: speed,
    points,
    blocking_ms: msOf('total-blocking-time'),
    blocking_processor_ms: byProcessor,
    first_paint_ms: msOf('first-contentful-paint'),
    largest_paint_ms: msOf('largest-contentful-paint'),
    layout_shift: results[0]?.lhr.audits['cumulative-layout-shift']?.numericValue,
    failed_audits: [...new Set(failed)],
  }),
);
const isIdle = speed >= IDLE_SPEED;
const hasPoints = names.every(
  (name) => points[name] === 100 || (name === 'performance' && !isIdle),
);
const blocking = isIdle ? msOf('total-blocking-time') : byProcessor;
if (!isIdle) console.log('The machine isn’t idle: points for performance don’t count.');
process.exit(hasPoints && blocking < MOST_BLOCKING_MS ? 0 : 1);
