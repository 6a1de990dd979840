/** The rest of the recipe, for those who want it. Empty fields leave the choice to the preset. */
import { formatRough } from '../format.ts';
import { LABELS } from '../labels.ts';
import { invalidOverrides, overrides, setOverride, shownPlan } from '../state/plan.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { describeDetails } from './plan-text.ts';
import { TrainWhat } from './train-what.tsx';

export function TrainAdvanced({ onReset }: { onReset: () => void }) {
  const plan = shownPlan.value;
  const chosen = overrides.value;
  const isUntouched =
    invalidOverrides.value.size === 0 &&
    Object.values(chosen).every((value) => value === undefined);
  return (
    <Disclosure summary={LABELS.advanced}>
      <div class="fields">
        <TrainWhat />
        <NumberField
          label={LABELS.steps}
          hint="How often the bot is adjusted. If you set it, Epochs has no effect."
          value={chosen.steps}
          placeholder={plan === null ? '' : String(plan.steps)}
          min={1}
          max={100_000}
          onChange={(value, isValid) => setOverride('steps', value, isValid)}
        />
        <NumberField
          label={LABELS.epochs}
          hint="Times it reads all your tweets."
          value={chosen.epochs}
          placeholder={plan === null ? '' : formatRough(plan.epochs)}
          min={0.01}
          max={100}
          step="any"
          isInteger={false}
          onChange={(value, isValid) => setOverride('epochs', value, isValid)}
        />
        <NumberField
          label={LABELS.learningRate}
          hint="How far each step goes."
          value={chosen.learningRate}
          placeholder={plan === null ? '' : formatRough(plan.learningRate)}
          min={0.0000001}
          max={0.1}
          step="any"
          isInteger={false}
          onChange={(value, isValid) => setOverride('learningRate', value, isValid)}
        />
        <NumberField
          label={LABELS.blockLength}
          hint="Tokens it sees at once."
          value={chosen.blockLength}
          placeholder={plan === null ? '' : String(plan.blockLength)}
          min={16}
          max={1024}
          onChange={(value, isValid) => setOverride('blockLength', value, isValid)}
        />
        <NumberField
          label={LABELS.seed}
          hint="The same seed gives the same bot."
          value={chosen.seed}
          placeholder="Random"
          min={0}
          max={4_294_967_295}
          onChange={(value, isValid) => setOverride('seed', value, isValid)}
        />
      </div>
      {isUntouched ? null : (
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            overrides.value = {};
            onReset();
          }}
        >
          Back to the preset
        </button>
      )}
      {/* Last, because it goes while a plan is made: what is being typed in must stay where it is. */}
      {plan === null ? null : <p class="quiet">{describeDetails(plan)}</p>}
    </Disclosure>
  );
}
