/** Before the start: two presets, what it would cost, what computes, and one big button. */
import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { LABELS } from '../labels.ts';
import { ModelChoice } from '../models/model-choice.tsx';
import { activity } from '../state/activity.ts';
import { selectedDataset } from '../state/datasets.ts';
import { isEngineReady } from '../state/engine.ts';
import { preset, trainParams } from '../state/plan.ts';
import { type Preset, presetChoice } from '../state/settings.ts';
import { startTraining } from '../state/training.ts';
import { ComputeLine } from './compute-line.tsx';
import { Estimate } from './estimate.tsx';
import { TrainAdvanced } from './train-advanced.tsx';

const PRESETS: readonly {
  readonly preset: Preset;
  readonly name: string;
  readonly description: string;
}[] = [
  {
    preset: 'quick',
    name: 'Quick',
    description: 'A first listen. It picks up your words and topics.',
  },
  { preset: 'best', name: 'Best', description: 'Takes longer. It sounds more like you.' },
];

/** Counts up when the form is to forget what was typed. */
const formVersion = signal(0);

export function TrainForm() {
  const name = useId();
  return (
    <div class="train-form">
      <ModelChoice />
      <fieldset class="presets">
        <legend>How long may it take?</legend>
        {PRESETS.map((choice) => (
          <label key={choice.preset} class="preset">
            <input
              type="radio"
              name={name}
              value={choice.preset}
              checked={preset.value === choice.preset}
              onChange={() => {
                presetChoice.value = choice.preset;
              }}
            />
            <span class="preset-name">{choice.name}</span>
            <span class="preset-description">{choice.description}</span>
          </label>
        ))}
      </fieldset>
      <Estimate />
      <div class="train-go">
        <button
          type="button"
          class="button button-primary button-large"
          disabled={!isEngineReady.value || activity.value !== null || trainParams.value === null}
          onClick={() => void startTraining(selectedDataset.value?.name ?? '')}
        >
          {LABELS.startTraining}
        </button>
      </div>
      <ComputeLine />
      <TrainAdvanced
        key={formVersion.value}
        onReset={() => {
          formVersion.value += 1;
        }}
      />
    </div>
  );
}
