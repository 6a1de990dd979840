/** What the engine does before and between steps, in words. */
import type { TrainProgress } from '../../protocol/calls.ts';

export const PHASE_NAMES: { readonly [P in TrainProgress['phase']]: string } = {
  'loading-model': 'Loading the model',
  tokenizing: 'Cutting tweets into tokens',
  timing: 'Timing a few steps',
  training: 'Training',
  saving: 'Saving',
};
