/**
 * `npm run gpt2-in-page`: a made-up GPT-2 124M (right shapes, random weights, 548 MB), downloaded
 * from a Hub on this computer into the built site in a headless browser, loaded, trained for a step
 * and asked for a tweet; with what its worker held in memory on the way.
 *
 *   --layers N --channels N --heads N   another shape (12, 768, 12)
 *   --backend        webgpu (default), wasm, cpu or auto
 *   --mode           full (default) or lora
 *   --block N        tokens a block (32)
 *   --json FILE      write the figures there
 *
 * On a software adapter it takes minutes. Exit 1 when the heap went above what it may be.
 */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { build } from 'vite';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { options as optionTexts } from '../../src/app/texts/en/options.ts';
import type { BackendPreference } from '../../src/protocol/engine.ts';
import { startHubServer } from '../support/hub-server.ts';
import { gpt2Small, randomGpt2 } from '../random-gpt2/random-gpt2.ts';
import {
  chooseBackend,
  openSession,
  readCounts,
  readRecordedRun,
  setAdvanced,
  startTraining,
  trySample,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { serveSite } from '../support/serve-site.ts';
import { watchWorker } from './watch-worker.ts';

const maxHeapBytes = 350e6;
const hangingMs = 60 * 60_000;
const repository = 'openai-community/gpt2';

const { values: options } = parseArgs({
  options: {
    layers: { type: 'string', default: String(gpt2Small.layers) },
    channels: { type: 'string', default: String(gpt2Small.channels) },
    heads: { type: 'string', default: String(gpt2Small.heads) },
    backend: { type: 'string', default: 'webgpu' },
    mode: { type: 'string', default: 'full' },
    block: { type: 'string', default: '32' },
    json: { type: 'string' },
  },
});

interface Phase {
  readonly phase: string;
  readonly seconds: number;
  readonly peakHeapBytes: number;
  readonly peakGpuBytes: number;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

async function useHub(page: Page, url: string): Promise<void> {
  await page.getByText('If you use a mirror').click();
  const field = page.getByLabel(LABELS.hubUrl);
  await field.fill(url);
  await field.blur();
}

async function main(): Promise<boolean> {
  const backend = options.backend as BackendPreference;
  const shape = {
    layers: Number(options.layers),
    channels: Number(options.channels),
    heads: Number(options.heads),
  };
  await build({ root: fileURLToPath(new URL('../..', import.meta.url)), logLevel: 'warn' });
  const hub = await startHubServer();
  const files = randomGpt2({ ...gpt2Small, ...shape });
  hub.add(repository, { files });
  const downloadBytes = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
  console.log(`Made a GPT-2 of ${megabytes(downloadBytes)}`);
  const site = await serveSite({ mirrors: [hub.url, hub.cdnUrl] });
  const session = await openSession('about:blank', { isOnDisk: true });
  const { page } = session;
  page.setDefaultTimeout(hangingMs);
  const watch = await watchWorker(page);
  const phases: Phase[] = [];
  const timed = async (phase: string, work: () => Promise<unknown>): Promise<void> => {
    const startMs = performance.now();
    watch.takePeak();
    try {
      await work();
    } finally {
      const seconds = (performance.now() - startMs) / 1000;
      const { heapBytes, gpuBytes } = watch.takePeak();
      phases.push({ phase, seconds, peakHeapBytes: heapBytes, peakGpuBytes: gpuBytes });
      console.log(
        `${phase}: ${seconds.toFixed(0)} s, heap ≤ ${megabytes(heapBytes)}, GPU ≤ ${megabytes(gpuBytes)}`,
      );
    }
  };
  let tweets: string[] = [];
  try {
    await page.goto(site.url);
    await trySample(page);
    await readCounts(page);
    if (backend !== 'auto') await chooseBackend(page, backend);
    await page.getByRole('radio', { name: LABELS.anotherModel }).check();
    await useHub(page, hub.url);
    await setAdvanced(page, optionTexts.fields.blockLength.label, Number(options.block));
    if (options.mode === 'lora') {
      await page
        .getByRole('combobox', { name: optionTexts.fields.mode.label })
        .selectOption('lora');
    }
    await timed('download and check', async () => {
      await page.getByRole('radio', { name: 'GPT-2', exact: true }).check();
      await page.getByRole('button', { name: LABELS.download('GPT-2'), exact: true }).click();
      await page.getByText(/Starts from GPT-2/).waitFor();
    });
    await timed('load, time and train a step', async () => {
      await startTraining(page, 1);
      await waitUntilTrained(page, hangingMs);
    });
    await timed('write a token', async () => {
      await setAdvanced(page, LABELS.maxTokens, 8);
      tweets = await writeTweets(page, 'My dream is to be a', 1, hangingMs);
    });
    const run = await readRecordedRun(page);
    console.log(
      `Trained ${run?.completedSteps} step on ${run?.backend} (${run?.adapter}), loss ${run?.points[0]?.loss.toFixed(2)}; wrote ${JSON.stringify(tweets[0])}`,
    );
    const peakHeapBytes = Math.max(...phases.map((phase) => phase.peakHeapBytes));
    const peakGpuBytes = Math.max(...phases.map((phase) => phase.peakGpuBytes));
    const figures = {
      shape,
      downloadBytes,
      mode: options.mode,
      backend: run?.backend,
      adapter: run?.adapter,
      phases,
      peakHeapBytes,
      peakGpuBytes,
      pageErrors: session.complaints,
    };
    if (options.json) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
    console.log(
      `Worker heap never above ${megabytes(peakHeapBytes)}, GPU buffers never above ${megabytes(peakGpuBytes)}`,
    );
    for (const complaint of session.complaints) console.error(`The page said: ${complaint}`);
    return peakHeapBytes > 0 && peakHeapBytes <= maxHeapBytes;
  } finally {
    await watch.stop();
    await session.close();
    await site.unplug();
    await hub.close();
  }
}

main().then(
  (worked) => process.exit(worked ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
