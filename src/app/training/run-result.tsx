/** A finished training: its losses, its numbers, and the tweets it wrote meanwhile. */
import type { RunSummary } from '../../protocol/bots.ts';
import { formatSpeed } from '../estimates.ts';
import { formatBytes, formatCount, formatDate, formatRough, plural } from '../format.ts';
import { activity } from '../state/activity.ts';
import { prepareNewBot } from '../state/runs.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Icon } from '../ui/icons.tsx';
import { BACKEND_NAMES } from './describe-compute.ts';
import { LossChart } from './loss-chart.tsx';
import { describeTrained, skippedSteps } from './plan-text.ts';
import { describeEnd } from './run-end-text.ts';
import { SampleTweets } from './sample-tweets.tsx';

export function RunResult({ run }: { run: RunSummary }) {
  const { plan } = run;
  const end = describeEnd(run);
  const facts: readonly Fact[] = [
    ['Steps', stepsOf(run)],
    ['Passes over your tweets', formatRough(run.points.at(-1)?.epoch ?? plan.epochs)],
    ['Speed', formatSpeed(run.tokensPerSecond)],
    ['Trained', describeTrained(plan)],
    ['Learning rate', formatRough(plan.learningRate)],
    ['Block length', `${formatCount(plan.blockLength)} tokens`],
    ['Batch', batchOf(run)],
    ['Seed', String(run.seed)],
    ['Computed with', computedWith(run)],
    ['Finished', formatDate(run.updatedAt)],
    ['Size', formatBytes(run.storedBytes)],
  ];
  return (
    <div class="result">
      <LossChart points={run.points} totalSteps={run.completedSteps} />
      {end === null ? null : <p>{end}</p>}
      <SampleTweets samples={run.samples} botName={run.name} isLive={false} />
      <Facts facts={facts} />
      <div class="row-actions">
        <button
          type="button"
          class="button"
          disabled={activity.value !== null}
          onClick={prepareNewBot}
        >
          <Icon name="plus" />
          Train another bot
        </button>
      </div>
    </div>
  );
}

/** `NVIDIA ada-lovelace (WebGPU)`, `WebAssembly, 2 threads`: an adapter may name its backend. */
function computedWith({ adapter, backend }: RunSummary): string {
  const name = BACKEND_NAMES[backend];
  return adapter.includes(name) ? adapter : `${adapter} (${name})`;
}

/** `256 tokens a step, 2 blocks at once`: with it, the seed gives the same bot again. */
function batchOf({ recipe: { blockLength, microBatch, accumulation } }: RunSummary): string {
  const tokens = formatCount(blockLength * microBatch * accumulation);
  return `${tokens} tokens a step, ${plural(microBatch, 'block')} at once`;
}

function stepsOf({ completedSteps, totalSteps, points }: RunSummary): string {
  const steps = `${formatCount(completedSteps)} of ${formatCount(totalSteps)}`;
  const skipped = skippedSteps(points);
  return skipped === 0 ? steps : `${steps}, ${formatCount(skipped)} skipped`;
}
