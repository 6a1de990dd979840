/** What a run would cost, before it starts. */
import type { PlanProgress, TrainingPlan } from '../../protocol/calls.ts';
import { chooseFiles } from '../data/choose-files.ts';
import {
  formatBytes,
  formatCount,
  formatEstimate,
  formatMillions,
  formatSpeed,
} from '../format.ts';
import { LABELS } from '../labels.ts';
import { restartEngine } from '../state/boot.ts';
import { importSample } from '../state/datasets.ts';
import { invalidOverrides, planAgain, planState, shownPlan } from '../state/plan.ts';
import { showLibrary } from '../state/steps.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { MemoryNote } from './memory-note.tsx';
import { phaseText } from './phase-names.ts';

export function Estimate() {
  const state = planState.value;
  if (state.kind === 'failed') {
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
  const plan = shownPlan.value;
  const isInvalid = invalidOverrides.value.size > 0;
  const doing = state.kind === 'planning' ? describePhase(state.phase, state.loaded) : '';
  return (
    <div class="estimate" aria-busy={state.kind === 'planning'}>
      <dl class={plan === null ? 'figures figures-pending' : 'figures'}>
        <Figure label="Time" value={plan === null ? null : formatEstimate(plan.estimatedSeconds)} />
        <Figure label="Memory" value={plan === null ? null : formatBytes(plan.estimatedBytes)} />
        <Figure label="Steps" value={plan === null ? null : formatCount(plan.steps)} />
      </dl>
      <p class="estimate-note">
        {isInvalid ? invalidLine() : plan === null ? doing : describe(plan)}
      </p>
      {plan === null || isInvalid ? null : <MemoryNote plan={plan} />}
    </div>
  );
}

/** `Under Advanced, Steps and Seed can’t be used as they are.` */
function invalidLine(): string {
  const names = [...invalidOverrides.value].map((name) => LABELS[name]);
  return `Under Advanced, ${listFormat.format(names)} can’t be used as ${names.length === 1 ? 'it is' : 'they are'}.`;
}

const listFormat = new Intl.ListFormat('en');

function describePhase(
  phase: PlanProgress['phase'] | null,
  loaded: PlanProgress['loaded'],
): string {
  return `${phase === null ? 'Estimating' : phaseText(phase, loaded)}…`;
}

function Figure({ label, value }: { label: string; value: string | null }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}

function whatLearns({ mode, parameters, trainedParameters }: TrainingPlan): string {
  if (mode === 'full') return `The model has ${formatMillions(parameters)} parameters.`;
  const share = `${formatMillions(trainedParameters)} parameters beside the model’s ${formatMillions(parameters)}`;
  return `The adapter has ${share}, which stay as they are.`;
}

function describe(plan: TrainingPlan): string {
  const passes = Math.round(plan.epochs * 10) / 10;
  const reading = `Reads your tweets ${
    passes === 1 ? 'once' : `${passes} times`
  }, ${formatSpeed(plan.tokensPerSecond)}. ${whatLearns(plan)}`;
  return `${reading} On slower computers each step is smaller, so there are more of them.`;
}
