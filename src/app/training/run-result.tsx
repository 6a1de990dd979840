/** A finished training: its losses, its numbers, and the tweets it wrote meanwhile. */
import type { RunSummary } from '../../protocol/bots.ts';
import { formatSpeed } from '../estimates.ts';
import { formatBytes, formatDate, formatRough } from '../format.ts';
import { activity } from '../state/activity.ts';
import { prepareNewBot } from '../state/runs.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Icon } from '../ui/icons.tsx';
import { BACKEND_NAMES } from './describe-compute.ts';
import { LossChart } from './loss-chart.tsx';
import { describeTrained, skippedSteps } from './plan-text.ts';
import { describeEnd } from './run-end-text.ts';
import { SampleTweets } from './sample-tweets.tsx';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

export function RunResult({ run }: { run: RunSummary }) {
  const { plan, recipe } = run;
  const end = describeEnd(run);
  const facts: readonly Fact[] = [
    [texts.facts.steps, stepsOf(run)],
    [texts.facts.passes, formatRough(run.points.at(-1)?.epoch ?? plan.epochs)],
    [texts.facts.speed, formatSpeed(run.tokensPerSecond)],
    [texts.facts.trained, describeTrained(plan)],
    [texts.facts.learningRate, formatRough(recipe.learningRate)],
    [texts.facts.blockLength, texts.tokens(plan.blockLength)],
    [texts.facts.batch, batchOf(run)],
    [texts.facts.seed, String(run.seed)],
    [texts.facts.computedWith, computedWith(run)],
    [texts.facts.finished, formatDate(run.updatedAt)],
    [texts.facts.size, formatBytes(run.storedBytes)],
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
          {texts.trainAnother}
        </button>
      </div>
    </div>
  );
}

/** `NVIDIA ada-lovelace (WebGPU)`, `WebAssembly`. */
function computedWith({ adapter, backend }: RunSummary): string {
  const name = BACKEND_NAMES[backend];
  return backend === 'webgpu' ? texts.adapterOf(adapter, name) : name;
}

/** `256 tokens a step, 2 blocks at once`: with it, the seed gives the same bot again. */
function batchOf({ recipe: { blockLength, microBatch, accumulation } }: RunSummary): string {
  return texts.batch(blockLength * microBatch * accumulation, microBatch);
}

function stepsOf({ completedSteps, totalSteps, points }: RunSummary): string {
  const skipped = skippedSteps(points);
  return skipped === 0
    ? texts.stepsOf(completedSteps, totalSteps)
    : texts.stepsOfSkipped(completedSteps, totalSteps, skipped);
}
