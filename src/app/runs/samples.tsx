/** What a bot wrote while it was trained, from the same prompts each time, with a slider for the step. */
import { useSignal } from '@preact/signals';
import type { RunSummary } from '../../protocol/bots.ts';
import { LABELS } from '../labels.ts';
import { LearnedGauge } from '../training/learned-gauge.tsx';
import { SampleList } from '../training/sample-tweets.tsx';
import { runs } from '../texts/en/runs.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('runs', runs);

export function Samples({ run }: { run: RunSummary }) {
  const steps = [...new Set(run.samples.map(({ step }) => step))];
  const chosen = useSignal(steps.length - 1);
  const step = steps[Math.min(chosen.value, steps.length - 1)];
  if (step === undefined) return null;
  const samples = run.samples.filter((sample) => sample.step === step);
  return (
    <section class="runs-section">
      <div class="runs-samples-head">
        <h3 class="small-heading">{LABELS.samples}</h3>
        {steps.length < 2 ? null : (
          <label class="runs-control">
            {LABELS.sampleStep}
            <input
              type="range"
              min={0}
              max={steps.length - 1}
              value={chosen.value}
              aria-valuetext={texts.step(step)}
              onInput={({ currentTarget }) => {
                chosen.value = currentTarget.valueAsNumber;
              }}
            />
          </label>
        )}
      </div>
      <LearnedGauge samples={samples} />
      <SampleList samples={samples} botName={run.name} />
    </section>
  );
}
