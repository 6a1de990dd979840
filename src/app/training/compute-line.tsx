/** The backend, why it was chosen, and a control for choosing another. */
import { useId } from 'preact/hooks';
import type { Backend, BackendPreference, EngineStatus } from '../../protocol/engine.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { chooseBackend } from '../state/boot.ts';
import { canAskEngine, enginePhase, engineStatus } from '../state/engine.ts';
import { backendPreference } from '../state/settings.ts';
import { describeCompute } from './describe-compute.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

export function ComputeLine() {
  const phase = enginePhase.value;
  const status = engineStatus.value;
  return (
    <div class="compute">
      <p class="compute-text">
        {phase.kind === 'starting'
          ? texts.lookingForFastest
          : phase.kind === 'unavailable' || status === null
            ? texts.nothingComputes
            : describeCompute(status)}
      </p>
      <BackendChoice
        status={status}
        isDisabled={phase.kind === 'starting' || !canAskEngine.value || activity.value !== null}
      />
    </div>
  );
}

function BackendChoice(props: { status: EngineStatus | null; isDisabled: boolean }) {
  const id = useId();
  const names: readonly Backend[] = ['webgpu', 'wasm', 'cpu'];
  return (
    <div class="inline-choice">
      <label for={id}>{LABELS.computeWith}</label>
      <select
        id={id}
        value={backendPreference.value}
        disabled={props.isDisabled}
        onChange={(event) => {
          const preference = parsePreference(event.currentTarget.value);
          void chooseBackend(preference);
        }}
      >
        <option value="auto">{texts.fastest}</option>
        {names.map((name) => (
          <option
            key={name}
            value={name}
            disabled={props.status !== null && !props.status.available.includes(name)}
          >
            {texts.backends[name]}
          </option>
        ))}
      </select>
    </div>
  );
}

function parsePreference(value: string): BackendPreference {
  return value === 'webgpu' || value === 'wasm' || value === 'cpu' ? value : 'auto';
}
