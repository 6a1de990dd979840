/** The names of the phases of a training. */
import type { PlanProgress, TrainProgress } from '../../protocol/calls.ts';

const PHASE_NAMES: { readonly [P in TrainProgress['phase']]: string } = {
  'loading-model': 'Loading the model',
  tokenizing: 'Cutting tweets into tokens',
  timing: 'Timing a few steps',
  training: 'Training',
  saving: 'Saving',
};

/** `Loading the model, 45 %`: a real GPT-2 takes a while. */
export function phaseText(phase: TrainProgress['phase'], loaded: PlanProgress['loaded']): string {
  const name = PHASE_NAMES[phase];
  if (phase !== 'loading-model' || loaded === undefined) return name;
  return `${name}, ${Math.floor((100 * loaded.bytes) / loaded.totalBytes)} %`;
}
