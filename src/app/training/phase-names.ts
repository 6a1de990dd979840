/** The names of the phases of a training. */
import type { PlanProgress, TrainProgress } from '../../protocol/training.ts';

const PHASE_NAMES: { readonly [P in TrainProgress['phase']]: string } = {
  'loading-model': 'Loading the model',
  tokenizing: 'Cutting tweets into tokens',
  compiling: 'Getting your graphics card ready',
  timing: 'Timing a few steps',
  checking: 'Checking your graphics card',
  training: 'Training',
  settling: 'Choosing what to keep',
  saving: 'Saving',
};

/** `Loading the model, 45 %`: a real GPT-2 takes a while. */
export function phaseText(phase: TrainProgress['phase'], part: PlanProgress['part']): string {
  const name = PHASE_NAMES[phase];
  return part === undefined ? name : `${name}, ${Math.floor((100 * part.done) / part.count)} %`;
}
