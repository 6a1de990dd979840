/** Time, memory and steps of a run before it starts. */
import type { PlanProgress } from '../../protocol/training.ts';
import { chooseFiles } from '../data/choose-files.ts';
import { formatEstimate } from '../estimates.ts';
import { formatBytes, formatCount } from '../format.ts';
import { restartEngine } from '../state/boot.ts';
import { importSample } from '../state/datasets.ts';
import { overrides, planAgain, planState, shownPlan } from '../state/plan.ts';
import { showLibrary } from '../state/steps.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { phaseText } from './phase-names.ts';
import { describePlan } from './plan-text.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

/** Why there is no plan. */
export function PlanProblem() {
  const state = planState.value;
  if (state.kind !== 'failed') return null;
  return (
    <ErrorNote
      error={state.error}
      actions={{
        'try-again': planAgain,
        'choose-files': chooseFiles,
        'try-sample': () => void importSample(),
        'restart-engine': () => void restartEngine(),
        'show-library': showLibrary,
      }}
    />
  );
}

/** What the plan does, or what is being done to make it. */
export function PlanNote() {
  const state = planState.value;
  const plan = shownPlan.value;
  const doing = state.kind === 'planning' ? describePhase(state.phase, state.part) : '';
  return <p class="estimate-note">{plan === null ? doing : describePlan(plan, overrides.value)}</p>;
}

function describePhase(phase: PlanProgress['phase'] | null, part: PlanProgress['part']): string {
  return texts.underway(phase === null ? texts.estimating : phaseText(phase, part));
}

export function Figures() {
  const plan = shownPlan.value;
  return (
    <dl
      class={plan === null ? 'figures figures-pending' : 'figures'}
      aria-busy={planState.value.kind === 'planning'}
    >
      <Figure
        label={texts.time}
        value={plan === null ? null : formatEstimate(plan.estimatedSeconds)}
      />
      <Figure
        label={texts.memory}
        value={plan === null ? null : formatBytes(plan.estimatedBytes)}
      />
      <Figure label={texts.steps} value={plan === null ? null : formatCount(plan.steps)} />
    </dl>
  );
}

function Figure({ label, value }: { label: string; value: string | null }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}
