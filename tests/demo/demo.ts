/**
 * `npm run demo`: the main job on the built site in a headless browser, and what a user would see.
 *
 *   --archive FILE   a Twitter archive, tweets.js or JSON (may be repeated); the sample without it
 *   --backend        auto (default), webgpu, wasm or cpu
 *   --steps N        steps to train; what the page proposes without it
 *   --prompt TEXT    start of the tweets ("My dream is")
 *   --count N        how many (5)
 *   --model DIR      a GPT-2 folder as on the Hub to start from; the model that comes with the page
 *                    ("starter") without it
 *   --recipe FILE    a run that was exported as JSON on the page of runs: repeat it, on its tweets, and
 *                    compare what both have measured
 *   --offline        stop the server before writing
 *   --ready          only have the ready-made bot write in the first screen, twice, and measure how soon it does
 *   --json FILE      write the facts there
 *
 * The page is reloaded early in the training and has to continue from what was saved. Exit 0 only
 * when the whole job worked; the facts are written also when it did not, as far as they are known.
 */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { parseRunFiles, type RunFile } from '../../src/bots/run-file.ts';
import type { BackendPreference } from '../../src/protocol/engine.ts';
import {
  addModel,
  chooseBackend,
  continueTraining,
  dropArchive,
  openSession,
  readCounts,
  readRecordedRun,
  repeatRunOf,
  type Session,
  startTraining,
  trySample,
  waitForCheckpoint,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import type { Counts, RecordedRun } from '../support/page-facts.ts';
import { type FirstScreen, tryReadyBot } from './first-screen.ts';
import {
  compareWithRecord,
  describeRepeated,
  problemsOfRepeated,
  type Repeated,
} from './repeated.ts';
import { type Site, serveSite } from '../support/serve-site.ts';

/** The page may stand still for this long: a step of a large model takes minutes on a processor. */
const hangingMs = 60 * 60_000;

const { values: options } = parseArgs({
  options: {
    archive: { type: 'string', multiple: true },
    backend: { type: 'string', default: 'auto' },
    steps: { type: 'string' },
    prompt: { type: 'string', default: 'My dream is' },
    count: { type: 'string', default: '5' },
    model: { type: 'string', default: 'starter' },
    recipe: { type: 'string' },
    offline: { type: 'boolean', default: false },
    ready: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

function parseBackend(text: string): BackendPreference {
  if (text === 'auto' || text === 'webgpu' || text === 'wasm' || text === 'cpu') return text;
  throw new Error(`--backend ${text}: one of auto, webgpu, wasm, cpu`);
}

function parseModel(text: string): string | null {
  if (text === 'starter') return null;
  if (statSync(text, { throwIfNoEntry: false })?.isDirectory() === true) return text;
  throw new Error(`--model ${text}: starter, or the folder of a GPT-2`);
}

function parseCount(text: string, name: string, most: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`--${name} ${text}: a whole number from 1 to ${most}`);
}

function parseRecipeFile(file: string): Wish['repeats'] {
  const [run, ...others] = parseRunFiles(readFileSync(file, 'utf8'), file);
  if (run === undefined || others.length > 0) throw new Error(`--recipe ${file}: one run`);
  return { file, run };
}

/** What `--json` writes: null and empty for what the job didn't come to. */
interface Facts {
  counts: Counts | null;
  backend: string | null;
  adapter: string | null;
  steps: number;
  losses: number[];
  tokens_per_second: number | null;
  resumed: boolean;
  tweets: string[];
  /** What a repeated run has in common with the recorded one; null if none was repeated. */
  repeated: Repeated | null;
  /** What the ready-made bot wrote, and how soon; empty if it wasn't asked. */
  first_screen: readonly FirstScreen[];
  requests_outside_origin: readonly string[];
  page_errors: readonly string[];
}

interface Wish {
  readonly backend: BackendPreference;
  /** A folder; null for the model that comes with the page. */
  readonly model: string | null;
  readonly steps: number | null;
  readonly count: number;
  /** The file of a run to repeat, and what is in it. */
  readonly repeats: { readonly file: string; readonly run: RunFile } | null;
}

function learnFrom(facts: Facts, run: RecordedRun): void {
  facts.backend = run.backend;
  facts.adapter = run.adapter;
  facts.steps = run.completedSteps;
  facts.losses = run.points.map(({ loss }) => loss);
  facts.tokens_per_second = run.tokensPerSecond;
}

/** Trains, with a reload on the way; returns at which step the run went on, 0 when it did not. */
async function trainWithReload({ page }: Session, facts: Facts, wish: Wish): Promise<number> {
  await chooseBackend(page, wish.backend);
  await startTraining(page, wish.steps);
  // As soon as there is anything to go on from: a fast machine is through with a few steps in no time.
  await waitForCheckpoint(page, hangingMs);
  await page.reload();
  const found = await readRecordedRun(page);
  if (found === null) throw new Error('the page recorded no run');
  learnFrom(facts, found);
  // A run that is over before the reload has nothing to continue.
  const isInterrupted = found.status === 'running';
  if (isInterrupted) {
    console.log(`Reloaded; what is saved is step ${found.completedSteps}`);
    await continueTraining(page);
  }
  await waitUntilTrained(page, hangingMs);
  const run = await readRecordedRun(page);
  if (run === null) throw new Error('the page recorded no run');
  learnFrom(facts, run);
  const hasGoneOn = run.status === 'finished' && run.completedSteps > found.completedSteps;
  facts.resumed = isInterrupted && found.completedSteps > 0 && hasGoneOn;
  console.log(
    `Trained ${run.completedSteps} steps on ${run.backend} (${run.adapter}), ${run.tokensPerSecond.toFixed(0)} tokens/s, loss ${facts.losses[0]?.toFixed(2)} → ${facts.losses.at(-1)?.toFixed(2)}`,
  );
  return facts.resumed ? found.completedSteps : 0;
}

/** The whole job, filling in the facts as they become known. */
async function doJob(session: Session, site: Site, facts: Facts, wish: Wish): Promise<void> {
  const { page } = session;
  await waitUntilOffline(page);
  if (options.archive) await dropArchive(page, options.archive);
  else await trySample(page);
  const counts = await readCounts(page);
  facts.counts = counts;
  console.log(
    `Tweets read ${counts.read} | Retweets ${counts.retweets} | Short ${counts.short} | Kept ${counts.kept}`,
  );
  if (wish.model !== null) console.log(`Starts from ${await addModel(page, wish.model)}`);
  if (wish.repeats !== null) {
    await repeatRunOf(page, wish.repeats.file);
    console.log(`Repeats ${wish.repeats.run.name}`);
  }
  const resumedAt = await trainWithReload(session, facts, wish);
  if (resumedAt > 0) console.log(`It went on from step ${resumedAt}`);
  const trained = await readRecordedRun(page);
  if (wish.repeats !== null && trained !== null) {
    facts.repeated = compareWithRecord(trained, wish.repeats.run);
    console.log(describeRepeated(facts.repeated));
  }
  if (options.offline) {
    await site.unplug();
    await page.reload();
    console.log('The server is stopped; the page was loaded again without it');
    await waitUntilTrained(page);
  }
  facts.tweets = await writeTweets(page, options.prompt, wish.count, hangingMs);
  for (const tweet of facts.tweets) console.log(`  ${tweet}`);
}

/** What a stranger sees: the ready-made bot writes before anything is brought. */
async function showFirstScreen(
  { page }: Session,
  site: Site,
  facts: Facts,
  { backend }: Wish,
): Promise<boolean> {
  await waitUntilOffline(page);
  if (backend !== 'auto') {
    // What computes is chosen in step 2, which isn't there yet; the page remembers it.
    await page.evaluate(
      (chosen) => localStorage.setItem('mynah-settings', JSON.stringify({ backend: chosen })),
      backend,
    );
    await page.reload();
  }
  if (options.offline) {
    await site.unplug();
    await page.reload();
  }
  facts.first_screen = await tryReadyBot(page, options.prompt);
  for (const { tweets, ...times } of facts.first_screen) {
    console.log(JSON.stringify(times));
    for (const tweet of tweets) console.log(`  ${tweet}`);
  }
  return facts.requests_outside_origin.length + facts.page_errors.length === 0;
}

/** The mean of the last quarter of the losses is below that of the first. */
function hasLearned(losses: readonly number[]): boolean {
  const quarter = Math.floor(losses.length / 4);
  const mean = (some: readonly number[]) => some.reduce((a, b) => a + b, 0) / some.length;
  return mean(losses.slice(-quarter)) < mean(losses.slice(0, quarter));
}

/** What is wrong with the facts of a job that came to its end. */
function problemsOf(facts: Facts, { steps, count, repeats }: Wish): string[] {
  const { losses, tweets } = facts;
  const problems = [
    steps !== null && losses.length !== steps && `${losses.length} losses for ${steps} steps`,
    losses.length !== facts.steps && `${losses.length} losses, but ${facts.steps} steps`,
    !losses.every(Number.isFinite) && 'a loss is not finite',
    facts.steps >= 4 && !facts.resumed && 'training did not go on from a checkpoint after a reload',
    losses.length >= 8 && !hasLearned(losses) && 'the loss did not fall',
    tweets.length !== count && `${tweets.length} tweets instead of ${count}`,
    tweets.some((tweet) => tweet.trim() === '') && 'an empty tweet',
    ...(repeats === null ? [] : problemsOfRepeated(facts.repeated)),
    facts.requests_outside_origin.length > 0 && 'requests outside the page’s origin',
    facts.page_errors.length > 0 && `page errors: ${facts.page_errors.join('; ')}`,
  ];
  return problems.filter((problem) => problem !== false);
}

async function main(): Promise<boolean> {
  const wish: Wish = {
    backend: parseBackend(options.backend),
    model: parseModel(options.model),
    steps: options.steps === undefined ? null : parseCount(options.steps, 'steps', 100_000),
    count: parseCount(options.count, 'count', 20),
    repeats: options.recipe === undefined ? null : parseRecipeFile(options.recipe),
  };
  if (wish.repeats !== null && wish.steps !== null) {
    throw new Error('--recipe has the number of steps, so --steps can’t be given too');
  }

  await build({ root: fileURLToPath(new URL('../..', import.meta.url)), logLevel: 'warn' });
  const site = await serveSite();
  const session = await openSession(site.url);
  const facts: Facts = {
    counts: null,
    backend: null,
    adapter: null,
    steps: 0,
    losses: [],
    tokens_per_second: null,
    resumed: false,
    tweets: [],
    repeated: null,
    first_screen: [],
    requests_outside_origin: session.foreignRequests,
    page_errors: session.complaints,
  };
  try {
    if (options.ready) return await showFirstScreen(session, site, facts, wish);
    await doJob(session, site, facts, wish);
    const problems = problemsOf(facts, wish);
    for (const problem of problems) console.error(`FAILED: ${problem}`);
    return problems.length === 0;
  } finally {
    if (options.json) writeFileSync(options.json, `${JSON.stringify(facts, null, 2)}\n`);
    await session.close();
    await site.unplug();
  }
}

main().then(
  (worked) => process.exit(worked ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
