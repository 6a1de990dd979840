/** The form under "Advanced" with all options of a training. */
import { TRAINING_OPTION_NAMES } from '../../domain/training-options.ts';
import { LABELS } from '../labels.ts';
import { hasOwnValues, isCustomChosen, toPreset } from '../state/custom.ts';
import { repeatedRun, shownPlan } from '../state/plan.ts';
import { options } from '../texts/en/options.ts';
import { messages } from '../texts/messages.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { OptionField } from './option-field.tsx';
import { describeDetails } from './plan-text.ts';

const texts = messages('options', options);

export function TrainAdvanced() {
  const plan = shownPlan.value;
  return (
    <Disclosure
      summary={LABELS.advanced}
      startsOpen={repeatedRun.value !== null || isCustomChosen.value}
    >
      <div class="fields">
        {TRAINING_OPTION_NAMES.map((name) => (
          <OptionField key={name} name={name} />
        ))}
      </div>
      {hasOwnValues.value ? (
        <button type="button" class="button button-small" onClick={toPreset}>
          {texts.backToPreset}
        </button>
      ) : null}
      {/* Last, because it goes while a plan is made: what is being typed in must stay where it is. */}
      {plan === null ? null : <p class="quiet">{describeDetails(plan)}</p>}
    </Disclosure>
  );
}
