/** A finished training: its losses, its numbers, and the tweets it wrote meanwhile. */
import type { RunSummary } from '../../protocol/bots.ts';
import type { Backend } from '../../protocol/engine.ts';
import {
  formatBytes,
  formatCount,
  formatDate,
  formatMillions,
  formatRough,
  formatSpeed,
} from '../format.ts';
import { activity } from '../state/activity.ts';
import { prepareNewBot } from '../state/runs.ts';
import { Icon } from '../ui/icons.tsx';
import { LossChart } from './loss-chart.tsx';
import { skippedSteps } from './plan-text.ts';
import { describeEnd } from './run-end-text.ts';
import { SampleTweets } from './sample-tweets.tsx';

export function RunResult({ run }: { run: RunSummary }) {
  const { plan } = run;
  const end = describeEnd(run);
  const facts: readonly (readonly [string, string])[] = [
    ['Steps', stepsOf(run)],
    ['Passes over your tweets', formatRough(run.points.at(-1)?.epoch ?? plan.epochs)],
    ['Speed', formatSpeed(run.tokensPerSecond)],
    ['Trained', trained(run)],
    ['Learning rate', formatRough(plan.learningRate)],
    ['Block length', `${formatCount(plan.blockLength)} tokens`],
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
      <dl class="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
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

/** `all 3.5 million parameters`, `an adapter of 12,288 parameters` */
function trained({ plan }: RunSummary): string {
  const count = `${formatMillions(plan.trainedParameters)} parameters`;
  return plan.mode === 'full' ? `all ${count}` : `an adapter of ${count}`;
}

const BACKEND_NAMES: { readonly [B in Backend]: string } = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** `NVIDIA ada-lovelace (WebGPU)`, `WebAssembly, 2 threads`: an adapter may name its backend. */
function computedWith({ adapter, backend }: RunSummary): string {
  const name = BACKEND_NAMES[backend];
  return adapter.includes(name) ? adapter : `${adapter} (${name})`;
}

function stepsOf({ completedSteps, totalSteps, points }: RunSummary): string {
  const steps = `${formatCount(completedSteps)} of ${formatCount(totalSteps)}`;
  const skipped = skippedSteps(points);
  return skipped === 0 ? steps : `${steps}, ${formatCount(skipped)} skipped`;
}
