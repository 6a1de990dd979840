/** What a repeated run has in common with the one whose record was given. */

import type { RunFile } from '../../src/bots/run-file.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import type { RecordedRun } from '../support/page-facts.ts';

export interface Repeated {
  readonly same_tweets: boolean;
  /** Fields of the recipe that are not the same, but for those that only say how a step is computed. */
  readonly other_fields: readonly string[];
  /** How many steps both have measured. */
  readonly steps: number;
  /** The largest difference between two losses of the same step, relative to the recorded one. */
  readonly largest_difference: number;
  /** Where a step is cut otherwise, dropout drops other elements, so that the losses are only similar. */
  readonly dropout_differs: boolean;
}

/** These depend on speed and memory, and change nothing that is learned, apart from dropout. */
const HOW_A_STEP_IS_COMPUTED: readonly (keyof Recipe)[] = [
  'microBatch',
  'accumulation',
  'checkpointing',
];
/** Between two backends. On the same one the losses are the same. */
const TOLERANCE = 1e-3;

export function compareWithRecord(run: RecordedRun, recorded: RunFile): Repeated {
  const fields = Object.keys(recorded.recipe) as (keyof Recipe)[];
  const differ = (name: keyof Recipe) =>
    JSON.stringify(run.recipe[name]) !== JSON.stringify(recorded.recipe[name]);
  const losses = new Map(recorded.points.map(({ step, loss }) => [step, loss]));
  let steps = 0;
  let largest = 0;
  for (const { step, loss } of run.points) {
    const wanted = losses.get(step);
    if (wanted === undefined) continue;
    steps++;
    largest = Math.max(largest, Math.abs(loss - wanted) / wanted);
  }
  const hasDropout = recorded.recipe.dropout > 0 || recorded.recipe.mode.kind === 'lora';
  return {
    same_tweets: run.dataset.contentHash === recorded.dataset.contentHash,
    other_fields: fields.filter((name) => differ(name) && !HOW_A_STEP_IS_COMPUTED.includes(name)),
    steps,
    largest_difference: largest,
    dropout_differs: hasDropout && differ('microBatch'),
  };
}

export function describeRepeated(repeated: Repeated): string {
  const { same_tweets, other_fields, steps, largest_difference, dropout_differs } = repeated;
  const parts = [
    same_tweets ? 'the same tweets' : 'other tweets',
    other_fields.length === 0 ? 'the same recipe' : `another ${other_fields.join(', ')}`,
    `losses of ${steps} steps within ${largest_difference.toExponential(1)}`,
    ...(dropout_differs ? ['though dropout drew otherwise, because a step is cut otherwise'] : []),
  ];
  return `Repeated with ${parts.join('; ')}`;
}

export function problemsOfRepeated(repeated: Repeated | null): string[] {
  if (repeated === null) return ['no run was repeated'];
  const { same_tweets, other_fields, steps, largest_difference, dropout_differs } = repeated;
  const problems = [
    !same_tweets && 'the tweets are not those that the run learned from: give them with --archive',
    other_fields.length > 0 && `the recipe has another ${other_fields.join(', ')}`,
    steps === 0 && 'no step was measured by both',
    !dropout_differs &&
      largest_difference > TOLERANCE &&
      `the losses differ by up to ${largest_difference.toExponential(1)}`,
  ];
  return problems.filter((problem) => problem !== false);
}
