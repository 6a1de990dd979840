/** A finished training, unfolded: its curve, its numbers, its early attempts. */
import type { Backend, RunSummary } from '../../protocol/calls.ts';
import { formatBytes, formatCount, formatDate, formatRough, formatSpeed } from '../format.ts';
import { activity } from '../state/activity.ts';
import { prepareNewBot } from '../state/runs.ts';
import { Icon } from '../ui/icons.tsx';
import { LossChart } from './loss-chart.tsx';
import { SampleTweets } from './sample-tweets.tsx';

export function RunResult({ run }: { run: RunSummary }) {
  const { plan } = run;
  const facts: readonly (readonly [string, string])[] = [
    ['Steps', `${formatCount(run.completedSteps)} of ${formatCount(run.totalSteps)}`],
    ['Passes over your tweets', formatRough(plan.epochs)],
    ['Speed', formatSpeed(run.tokensPerSecond)],
    ['Learning rate', formatRough(plan.learningRate)],
    ['Block length', `${formatCount(plan.blockLength)} tokens`],
    ['Seed', String(run.seed)],
    ['Computed with', computedWith(run)],
    ['Finished', formatDate(run.updatedAt)],
    ['Size', formatBytes(run.checkpointBytes)],
  ];
  return (
    <div class="result">
      <LossChart points={run.points} totalSteps={run.completedSteps} />
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
