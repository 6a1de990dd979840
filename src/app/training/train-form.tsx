/** The form of a new training: model, preset, estimate, the button that starts it, backend and options. */
import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { isEnoughToLearnFrom, NEEDED_CHARACTERS } from '../../domain/cleaning.ts';
import { PRESET_NAMES, PRESETS } from '../../domain/training-options.ts';
import type { DatasetSummary } from '../../protocol/calls.ts';
import { formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import { ModelChoice } from '../models/model-choice.tsx';
import { activity } from '../state/activity.ts';
import { selectedDataset } from '../state/datasets.ts';
import { isEngineReady } from '../state/engine.ts';
import { preset, trainParams } from '../state/plan.ts';
import { presetChoice } from '../state/settings.ts';
import { startTraining } from '../state/training.ts';
import { ComputeLine } from './compute-line.tsx';
import { Estimate } from './estimate.tsx';
import { TrainAdvanced } from './train-advanced.tsx';

/** Why training can’t start yet. */
function WaitingFor({ dataset }: { dataset: DatasetSummary | null }) {
  if (dataset === null || isEnoughToLearnFrom(dataset)) return null;
  const { kept, read } = dataset.counts;
  const { characters } = dataset;
  return (
    <p class="train-waits" role="status">
      Training can start once at least {formatCount(NEEDED_CHARACTERS)} characters of tweets are
      kept. {characters === 0 ? 'None are yet' : `So far there are ${formatCount(characters)}`}:{' '}
      {kept < read ? 'in step 1, keep more tweets or add some.' : 'add more tweets in step 1.'}
    </p>
  );
}

/** Incremented to reset what was typed into the form. */
const formVersion = signal(0);

export function TrainForm() {
  const group = useId();
  return (
    <div class="train-form">
      <ModelChoice />
      <fieldset class="presets">
        <legend>How long may it take?</legend>
        {PRESET_NAMES.map((name) => (
          <label key={name} class="preset">
            <input
              type="radio"
              name={group}
              value={name}
              checked={preset.value === name}
              onChange={() => {
                presetChoice.value = name;
              }}
            />
            <span class="preset-name">{PRESETS[name].label}</span>
            <span class="preset-description">{PRESETS[name].description}</span>
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
        <WaitingFor dataset={selectedDataset.value} />
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
