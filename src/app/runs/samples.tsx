/** What a bot wrote while it was trained, with a slider over the steps. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import { BirdMark } from '../ui/bird.tsx';

export function Samples({ run }: { run: RunSummary }) {
  const id = useId();
  const { samples } = run;
  const chosen = useSignal(samples.length - 1);
  const sample = samples[Math.min(chosen.value, samples.length - 1)];
  if (sample === undefined) return null;
  return (
    <section class="runs-section">
      <div class="runs-samples-head">
        <h3 class="small-heading">What it wrote on the way</h3>
        {samples.length < 2 ? null : (
          <label class="runs-control" for={id}>
            {LABELS.sampleStep}
            <input
              id={id}
              type="range"
              min={0}
              max={samples.length - 1}
              value={chosen.value}
              aria-valuetext={`step ${formatCount(sample.step)}`}
              onInput={({ currentTarget }) => {
                chosen.value = currentTarget.valueAsNumber;
              }}
            />
          </label>
        )}
      </div>
      <div class="sample">
        <BirdMark />
        <div>
          <p class="sample-meta">
            {run.name} <span>at step {formatCount(sample.step)}</span>
          </p>
          <p class="sample-text" dir="auto">
            {sample.text}
          </p>
        </div>
      </div>
    </section>
  );
}
