/** The names of the phases of a training. */
import type { PlanProgress, TrainProgress } from '../../protocol/training.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

/** `Loading the model, 45%`: a real GPT-2 takes a while. */
export function phaseText(phase: TrainProgress['phase'], part: PlanProgress['part']): string {
  const name = texts.phases[phase];
  return part === undefined ? name : texts.phasePart(name, part.done / part.count);
}
