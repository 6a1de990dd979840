/** The form under "Advanced" with all options of a training. */
import { TRAINING_OPTION_NAMES } from '../../domain/training-options.ts';
import { LABELS } from '../labels.ts';
import { invalidOverrides, overrides, repeatedRun, shownPlan } from '../state/plan.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { OptionField } from './option-field.tsx';
import { describeDetails } from './plan-text.ts';

export function TrainAdvanced({ onReset }: { onReset: () => void }) {
  const plan = shownPlan.value;
  const isUntouched =
    invalidOverrides.value.size === 0 &&
    Object.values(overrides.value).every((value) => value === undefined);
  return (
    <Disclosure summary={LABELS.advanced} startsOpen={repeatedRun.value !== null}>
      <div class="fields">
        {TRAINING_OPTION_NAMES.map((name) => (
          <OptionField key={name} name={name} />
        ))}
      </div>
      {isUntouched ? null : (
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            overrides.value = {};
            repeatedRun.value = null;
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
