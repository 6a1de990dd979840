/** The form of a new training: model, preset, estimate, the button that starts it, backend and options. */
import { useId } from 'preact/hooks';
import { type Preset, PRESET_NAMES, PRESETS } from '../../domain/training-options.ts';
import { formatEstimate } from '../format.ts';
import { LABELS } from '../labels.ts';
import { ModelChoice } from '../models/model-choice.tsx';
import { selectedDataset } from '../state/datasets.ts';
import {
  fillForm,
  formVersion,
  preset,
  presetSeconds,
  recommendedPreset,
  startBlocker,
} from '../state/plan.ts';
import { presetChoice } from '../state/settings.ts';
import { startTraining } from '../state/training.ts';
import { ComputeLine } from './compute-line.tsx';
import { Estimate } from './estimate.tsx';
import { RepeatNote } from './repeat-note.tsx';
import { startBlockerText } from './start-blocker-text.ts';
import { TrainAdvanced } from './train-advanced.tsx';

/** ` Takes about 2 minutes here.`; nothing before this machine's speed is known. */
function presetTime(name: Preset): string {
  const seconds = presetSeconds(name);
  if (seconds === null) return '';
  const isRecommended = recommendedPreset.value === name;
  return ` Takes ${formatEstimate(seconds)} here.${isRecommended ? ' Recommended.' : ''}`;
}

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
            <span class="preset-description">
              {PRESETS[name].description}
              {presetTime(name)}
            </span>
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
