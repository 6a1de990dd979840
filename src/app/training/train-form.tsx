/** Before the start: two presets, what it would cost, what computes, and one big button. */
import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { isEnoughToLearnFrom, NEEDED_CHARACTERS } from '../../domain/cleaning.ts';
import type { DatasetSummary } from '../../protocol/calls.ts';
import { formatCount } from '../format.ts';
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
