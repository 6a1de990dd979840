/** Describes a plan for the page. */
import type { RecipeOverrides } from '../../domain/training-options.ts';
import type { MetricPoint, TrainingPlan } from '../../protocol/training.ts';
import { formatSpeed } from '../estimates.ts';
import { joinSentences } from '../format.ts';
import { options } from '../texts/en/options.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);
const optionTexts = messages('options', options);

/** How much of the tweets it reads, and what was changed so that the training fits in memory. */
export function describePlan(plan: TrainingPlan, chosen: RecipeOverrides): string {
  const saved = savings(plan, chosen);
  return joinSentences(
    texts.reads(plan.epochs),
    saved.length === 0 ? null : texts.soThatItFits(saved),
  );
}

/** `all 3.5 million parameters`, `an adapter of 12,288 parameters` */
export function describeTrained({ mode, trainedParameters }: TrainingPlan): string {
  return mode === 'full'
    ? texts.trainedAll(trainedParameters)
    : texts.trainedAdapter(trainedParameters);
}

/** How many steps changed nothing, because their gradients weren't finite. */
export function skippedSteps(points: readonly MetricPoint[]): number {
  return points.reduce((sum, { isSkipped }) => sum + (isSkipped ? 1 : 0), 0);
}

/** What the plan has chosen to save memory, apart from what the user has set. */
function savings(
  { mode, checkpointing, hasHalfActivations }: TrainingPlan,
  chosen: RecipeOverrides,
): string[] {
  const saved: string[] = [];
  if (mode === 'lora' && chosen.mode === undefined) saved.push(texts.savings.adapter);
  if (hasHalfActivations) saved.push(texts.savings.halves);
  if (checkpointing && chosen.checkpointing === undefined) {
    saved.push(texts.savings.isOn(optionTexts.fields.checkpointing.label));
  }
  return saved;
}

export function describeDetails(plan: TrainingPlan): string {
  const { mode, parameters, trainedParameters } = plan;
  return joinSentences(
    mode === 'full' ? texts.modelHas(parameters) : texts.adapterHas(trainedParameters, parameters),
    texts.readsAt(formatSpeed(plan.tokensPerSecond)),
    memoryParts(plan),
  );
}

/** The parts of the memory. Their sum is the estimate, so the last part is what the others leave of it. */
function memoryParts({ memory, estimatedBytes }: TrainingPlan): string | null {
  if (memory === undefined) return null;
  const { weightBytes, gradientBytes, momentBytes } = memory;
  const rest = estimatedBytes - weightBytes - gradientBytes - momentBytes;
  return texts.memoryIs(weightBytes, gradientBytes, momentBytes, rest);
}
