/** The form of a new training: model, preset, estimate, the button that starts it, backend and options. */
import { useId } from 'preact/hooks';
import { type Preset, PRESET_NAMES } from '../../domain/training-options.ts';
import { formatEstimate } from '../estimates.ts';
import { LABELS } from '../labels.ts';
import { ModelCards } from '../models/model-cards.tsx';
import { chooseCustom, chooseNamed, isCustom } from '../state/custom.ts';
import {
  formVersion,
  preset,
  presetSeconds,
  recommendedPreset,
  startBlocker,
} from '../state/plan.ts';
import { dontStart, isStartAwaited, start } from '../state/start.ts';
import { joinSentences } from '../format.ts';
import { options } from '../texts/en/options.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';
import { ComputeLine } from './compute-line.tsx';
import { Figures, PlanNote, PlanProblem } from './estimate.tsx';
import { RepeatNote } from './repeat-note.tsx';
import { startBlockerText } from './start-blocker-text.ts';
import { TrainAdvanced } from './train-advanced.tsx';

const texts = messages('training', training);
const optionTexts = messages('options', options);

/** What it does, and how long that takes here once this machine's speed is known. */
function describePreset(name: Preset): string {
  const seconds = presetSeconds(name);
  return joinSentences(
    texts.presets[name].description,
    seconds === null ? null : texts.takes(formatEstimate(seconds)),
    seconds !== null && recommendedPreset.value === name ? texts.recommended : null,
  );
}

export function TrainForm() {
  const group = useId();
  return (
    <div class="train-form">
      <RepeatNote />
      <PlanProblem />
      <ModelCards />
      <fieldset class="presets">
        <legend>{texts.howLong}</legend>
        {PRESET_NAMES.map((name) => (
          <label key={name} class="preset">
            <input
              type="radio"
              name={group}
              value={name}
              checked={!isCustom.value && preset.value === name}
              onChange={() => chooseNamed(name)}
            />
            <span class="preset-name">{texts.presets[name].label}</span>
            <span class="preset-description">{describePreset(name)}</span>
          </label>
        ))}
        <label class="preset">
          <input
            type="radio"
            name={group}
            value="custom"
            checked={isCustom.value}
            onChange={chooseCustom}
          />
          <span class="preset-name">{optionTexts.custom}</span>
          <span class="preset-description">
            {optionTexts.customDescription(texts.presets[preset.value].label)}
          </span>
        </label>
      </fieldset>
      <PlanNote />
      <ComputeLine />
      <TrainAdvanced key={formVersion.value} />
      <StartBar />
    </div>
  );
}

/** Stays in sight while the form above it is longer than the window. */
function StartBar() {
  const blocker = startBlocker.value;
  const isAwaited = isStartAwaited.value;
  return (
    <div class="train-go">
      <Figures />
      <button
        type="button"
        class="button button-primary button-large"
        disabled={blocker !== null && blocker.kind !== 'planning'}
        aria-busy={isAwaited}
        onClick={start}
      >
        {LABELS.startTraining}
      </button>
      {blocker === null ? null : (
        <p class="train-waits" role="status">
          {isAwaited ? texts.estimatingStart : startBlockerText(blocker)}
        </p>
      )}
      {isAwaited ? (
        <button type="button" class="button button-small" onClick={dontStart}>
          {LABELS.dontStart}
        </button>
      ) : null}
    </div>
  );
}
