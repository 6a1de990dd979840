/** Describes a plan for the page. */
import { type RecipeOverrides, TRAINING_OPTIONS } from '../../domain/training-options.ts';
import type { MetricPoint, TrainingPlan } from '../../protocol/training.ts';
import { formatSpeed } from '../estimates.ts';
import { formatBytes, formatMillions, formatRough } from '../format.ts';

const listFormat = new Intl.ListFormat('en');

/** How much of the tweets it reads, and what was changed so that the training fits in memory. */
export function describePlan(plan: TrainingPlan, chosen: RecipeOverrides): string {
  return `Reads ${describePasses(plan.epochs)}.${savings(plan, chosen)}`;
}

/** `your tweets 4 times`, `2.7 % of your tweets` */
export function describePasses(epochs: number): string {
  const passes = Math.round(epochs * 10) / 10;
  if (passes < 1) return `${formatRough(epochs * 100)} % of your tweets`;
  return `your tweets ${passes === 1 ? 'once' : `${passes} times`}`;
}

/** `all 3.5 million parameters`, `an adapter of 12,288 parameters` */
export function describeTrained({ mode, trainedParameters }: TrainingPlan): string {
  const count = `${formatMillions(trainedParameters)} parameters`;
  return mode === 'full' ? `all ${count}` : `an adapter of ${count}`;
}

/** How many steps changed nothing, because their gradients weren't finite. */
export function skippedSteps(points: readonly MetricPoint[]): number {
  return points.reduce((sum, { isSkipped }) => sum + (isSkipped ? 1 : 0), 0);
}

/** What the plan has chosen to save memory, apart from what the user has set. */
function savings({ mode, checkpointing }: TrainingPlan, chosen: RecipeOverrides): string {
  const saved: string[] = [];
  if (mode === 'lora' && chosen.mode === undefined) {
    saved.push('a small adapter is trained instead of all of the model');
  }
  if (checkpointing && chosen.checkpointing === undefined) {
    saved.push(`“${TRAINING_OPTIONS.checkpointing.label}” is on`);
  }
  return saved.length === 0 ? '' : ` So that it fits, ${listFormat.format(saved)}.`;
}

export function describeDetails(plan: TrainingPlan): string {
  return `${whatLearns(plan)} It reads ${formatSpeed(plan.tokensPerSecond)}.${memoryParts(plan)}`;
}

function whatLearns({ mode, parameters, trainedParameters }: TrainingPlan): string {
  if (mode === 'full') return `The model has ${formatMillions(parameters)} parameters.`;
  const share = `${formatMillions(trainedParameters)} parameters beside the model’s ${formatMillions(parameters)}`;
  return `The adapter has ${share}, which stay as they are.`;
}

/** The parts of the memory. Their sum is the estimate, so the last part is what the others leave of it. */
function memoryParts({ memory, estimatedBytes }: TrainingPlan): string {
  if (memory === undefined) return '';
  const { weightBytes, gradientBytes, momentBytes } = memory;
  const parts: readonly (readonly [string, number])[] = [
    ['for the model', weightBytes],
    ['for what each step changes in it', gradientBytes],
    ['for what it remembers of earlier steps', momentBytes],
    ['of working space', estimatedBytes - weightBytes - gradientBytes - momentBytes],
  ];
  const list = parts.map(([what, bytes]) => `${formatBytes(bytes)} ${what}`);
  return ` Its memory is ${listFormat.format(list)}.`;
}
