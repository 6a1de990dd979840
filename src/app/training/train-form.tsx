/** The form of a new training: model, preset, estimate, the button that starts it, backend and options. */
import { useId } from 'preact/hooks';
import { PRESET_NAMES, PRESETS } from '../../domain/training-options.ts';
import { LABELS } from '../labels.ts';
import { ModelChoice } from '../models/model-choice.tsx';
import { selectedDataset } from '../state/datasets.ts';
import { fillForm, formVersion, preset, startBlocker } from '../state/plan.ts';
import { presetChoice } from '../state/settings.ts';
import { startTraining } from '../state/training.ts';
import { ComputeLine } from './compute-line.tsx';
import { Estimate } from './estimate.tsx';
import { RepeatNote } from './repeat-note.tsx';
import { startBlockerText } from './start-blocker-text.ts';
import { TrainAdvanced } from './train-advanced.tsx';

export function TrainForm() {
  const group = useId();
  const blocker = startBlocker.value;
  return (
    <div class="train-form">
      <RepeatNote />
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
          disabled={blocker !== null}
          onClick={() => void startTraining(selectedDataset.value?.name ?? '')}
        >
          {LABELS.startTraining}
        </button>
        {blocker === null ? null : (
          <p class="train-waits" role="status">
            {startBlockerText(blocker)}
          </p>
        )}
      </div>
      <ComputeLine />
      <TrainAdvanced key={formVersion.value} onReset={fillForm} />
    </div>
  );
}
