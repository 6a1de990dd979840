/** What a bot wrote while it was trained, always from the same prompts, with a slider over the steps. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import { BirdMark } from '../ui/bird.tsx';

export function Samples({ run }: { run: RunSummary }) {
  const id = useId();
  const steps = [...new Set(run.samples.map(({ step }) => step))];
  const chosen = useSignal(steps.length - 1);
  const step = steps[Math.min(chosen.value, steps.length - 1)];
  if (step === undefined) return null;
  const samples = run.samples.filter((sample) => sample.step === step);
  return (
    <section class="runs-section">
      <div class="runs-samples-head">
        <h3 class="small-heading">What it wrote on the way</h3>
        {steps.length < 2 ? null : (
          <label class="runs-control" for={id}>
            {LABELS.sampleStep}
            <input
              id={id}
              type="range"
              min={0}
              max={steps.length - 1}
              value={chosen.value}
              aria-valuetext={`step ${formatCount(step)}`}
              onInput={({ currentTarget }) => {
                chosen.value = currentTarget.valueAsNumber;
              }}
            />
          </label>
        )}
      </div>
      <ul class="sample-list">
        {samples.map(({ prompt, text }) => (
          <li key={prompt} class="sample">
            <BirdMark />
            <div>
              <p class="sample-meta">
                {run.name} <span>at step {formatCount(step)}</span>
              </p>
              <p class="sample-text" dir="auto">
                {text}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
