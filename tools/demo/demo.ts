/**
 * `npm run demo`: the main job on the built site in a headless browser, and what a user would see.
 *
 *   --archive FILE   a Twitter archive, tweets.js or JSON (may be repeated); the sample without it
 *   --backend        auto (default), webgpu, wasm or cpu
 *   --steps N        steps to train; the Quick preset's without it
 *   --prompt TEXT    start of the tweets ("My dream is")
 *   --count N        how many (5)
 *   --model starter  the model that comes with the page, the only one so far
 *   --offline        stop the server before writing
 *   --json FILE      write the facts there
 *
 * The page is reloaded in the middle of training and has to continue. Exit 0 only when the whole
 * job worked.
 */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import type { BackendWish } from '../../src/protocol/calls.ts';
import {
  chooseBackend,
  continueTraining,
  dropArchive,
  openSession,
  readCounts,
  readRecordedRun,
  startTraining,
  trySample,
  waitForStep,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from './drive-page.ts';
import { serveSite } from './serve-site.ts';

const trainingPatienceMs = 60 * 60_000;
const writingPatienceMs = 10 * 60_000;

const { values: options } = parseArgs({
  options: {
    archive: { type: 'string', multiple: true },
    backend: { type: 'string', default: 'auto' },
    steps: { type: 'string' },
    prompt: { type: 'string', default: 'My dream is' },
    count: { type: 'string', default: '5' },
    model: { type: 'string', default: 'starter' },
    offline: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

function parseBackend(text: string): BackendWish {
  if (text === 'auto' || text === 'webgpu' || text === 'wasm' || text === 'cpu') return text;
  throw new Error(`--backend ${text}: one of auto, webgpu, wasm, cpu`);
}

function parseCount(text: string, name: string, most: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`--${name} ${text}: a whole number from 1 to ${most}`);
}

async function main(): Promise<boolean> {
  const backend = parseBackend(options.backend);
  const steps = options.steps === undefined ? null : parseCount(options.steps, 'steps', 1e6);
  const count = parseCount(options.count, 'count', 20);
  if (options.model !== 'starter') throw new Error(`--model ${options.model}: only starter so far`);

  await build({ root: fileURLToPath(new URL('../..', import.meta.url)), logLevel: 'warn' });
  const site = await serveSite();
  let isServed = true;
  const session = await openSession(site.url);
  const { page } = session;
  try {
    await waitUntilOffline(page);
    if (options.archive) await dropArchive(page, options.archive);
    else await trySample(page);
    const counts = await readCounts(page);
    console.log(
      `Tweets read ${counts.read} | Retweets ${counts.retweets} | Short ${counts.short} | Kept ${counts.kept}`,
    );

    await chooseBackend(page, backend);
    await startTraining(page, steps);
    const before = await waitForStep(
      page,
      Math.max(1, Math.floor((steps ?? 4) / 2)),
      trainingPatienceMs,
    );
    // A run that is over before the reload has nothing to continue.
    await page.reload();
    const interrupted = await readRecordedRun(page);
    const isInterrupted = interrupted !== null && interrupted.status === 'running';
    if (isInterrupted) {
      console.log(
        `Reloaded at step ${before}; the last checkpoint is of step ${interrupted.completedSteps}`,
      );
      await continueTraining(page);
    }
    await waitUntilTrained(page, trainingPatienceMs);
    const run = await readRecordedRun(page);
    if (run === null) throw new Error('the page recorded no run');
    const losses = run.points.map(({ loss }) => loss);
    const first = losses[0] ?? Number.NaN;
    const last = losses.at(-1) ?? Number.NaN;
    console.log(
      `Trained ${run.completedSteps} steps on ${run.backend} (${run.adapter}), ${run.tokensPerSecond.toFixed(0)} tokens/s, loss ${first.toFixed(2)} → ${last.toFixed(2)}`,
    );

    if (options.offline) {
      await site.unplug();
      isServed = false;
      await page.reload();
      console.log('The server is stopped; the page was loaded again without it');
      await waitUntilTrained(page, 60_000);
    }
    const tweets = await writeTweets(page, options.prompt, count, writingPatienceMs);
    for (const tweet of tweets) console.log(`  ${tweet}`);

    const facts = {
      counts,
      backend: run.backend,
      adapter: run.adapter,
      steps: run.completedSteps,
      losses,
      tokens_per_second: run.tokensPerSecond,
      resumed: isInterrupted && interrupted.completedSteps > 0 && run.status === 'finished',
      tweets,
      requests_outside_origin: session.foreignRequests,
      page_errors: session.complaints,
    };
    if (options.json) writeFileSync(options.json, `${JSON.stringify(facts, null, 2)}\n`);
    const problems = [
      steps !== null && losses.length !== steps && `${losses.length} losses for ${steps} steps`,
      !losses.every(Number.isFinite) && 'a loss is not finite',
      isInterrupted && !facts.resumed && 'the interrupted run did not continue from a checkpoint',
      tweets.length !== count && `${tweets.length} tweets instead of ${count}`,
      tweets.some((tweet) => tweet.trim() === '') && 'an empty tweet',
      facts.requests_outside_origin.length > 0 && 'requests outside the page’s origin',
      facts.page_errors.length > 0 && `page errors: ${facts.page_errors.join('; ')}`,
    ].filter((problem) => problem !== false);
    for (const problem of problems) console.error(`FAILED: ${problem}`);
    return problems.length === 0;
  } finally {
    await session.close();
    if (isServed) await site.unplug();
  }
}

main().then(
  (worked) => process.exit(worked ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
