/** Under Advanced: what of the model is trained, and whether memory is short. */
import { useId } from 'preact/hooks';
import { LABELS } from '../labels.ts';
import { chooseMode, isAdapterForced, overrides, setOverride, shownPlan } from '../state/plan.ts';
import { NumberField } from '../ui/number-field.tsx';

/** What the engine takes where the user says nothing (`train/recipe.ts`). */
const DEFAULT_RANK = 8;

export function TrainWhat() {
  const chosen = overrides.value;
  const isForced = isAdapterForced.value;
  // What isn't chosen is the engine's choice, by what fits: the plan says which.
  const plan = shownPlan.value;
  const mode = isForced ? 'lora' : (chosen.mode ?? plan?.mode ?? 'full');
  const modeId = useId();
  const memoryId = useId();
  return (
    <>
      <div class="field">
        <label for={modeId}>{LABELS.trainWhat}</label>
        <select
          id={modeId}
          value={mode}
          disabled={isForced}
          aria-describedby={`${modeId}-hint`}
          onChange={({ currentTarget }) =>
            chooseMode({ mode: currentTarget.value === 'lora' ? 'lora' : 'full' })
          }
        >
          <option value="full">All of it</option>
          <option value="lora">A small adapter (LoRA)</option>
        </select>
        <span id={`${modeId}-hint`} class="field-hint">
          {isForced
            ? 'All of this model would be too much to train.'
            : 'An adapter needs less memory and space, and learns a little less of you.'}
        </span>
      </div>
      {mode === 'lora' ? (
        <NumberField
          label={LABELS.loraRank}
          hint="Its rank: larger ones can learn more."
          value={chosen.loraRank}
          placeholder={String(DEFAULT_RANK)}
          min={1}
          max={256}
          onChange={(value, isValid) => setOverride('loraRank', value, isValid)}
        />
      ) : null}
      <div class="field">
        <label class="field-check" for={memoryId}>
          <input
            id={memoryId}
            type="checkbox"
            checked={chosen.checkpointing ?? plan?.checkpointing ?? false}
            aria-describedby={`${memoryId}-hint`}
            onChange={({ currentTarget }) => chooseMode({ checkpointing: currentTarget.checked })}
          />
          {LABELS.lessMemory}
        </label>
        <span id={`${memoryId}-hint`} class="field-hint">
          Takes about a quarter longer.
        </span>
      </div>
    </>
  );
}
