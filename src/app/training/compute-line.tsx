/** The backend, why it was chosen, and a control for choosing another. */
import { useId } from 'preact/hooks';
import type { Backend, BackendPreference, EngineStatus } from '../../protocol/engine.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { chooseBackend } from '../state/boot.ts';
import { canAskEngine, enginePhase, engineStatus } from '../state/engine.ts';
import { backendPreference } from '../state/settings.ts';
import { describeCompute } from './describe-compute.ts';

const BACKEND_NAMES: { readonly [B in Backend]: string } = {
  webgpu: 'Graphics card (WebGPU)',
  wasm: 'Processor (WebAssembly)',
  cpu: 'Processor, plain (JavaScript)',
};

export function ComputeLine() {
  const phase = enginePhase.value;
  const status = engineStatus.value;
  return (
    <div class="compute">
      <p class="compute-text">
        {phase.kind === 'starting'
          ? 'Looking for what computes fastest here…'
          : phase.kind === 'unavailable' || status === null
            ? 'Nothing computes yet.'
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
        <option value="auto">The fastest here</option>
        {names.map((name) => (
          <option
            key={name}
            value={name}
            disabled={props.status !== null && !props.status.available.includes(name)}
          >
            {BACKEND_NAMES[name]}
          </option>
        ))}
      </select>
    </div>
  );
}

function parsePreference(value: string): BackendPreference {
  return value === 'webgpu' || value === 'wasm' || value === 'cpu' ? value : 'auto';
}
