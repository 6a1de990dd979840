/**
 * The file of a run: everything that was recorded of it, and everything that somebody else needs to repeat
 * it on the same texts. Neither the texts nor the weights are in it.
 *
 * A file has one run, or several under `runs`. Other programs read it, so its fields change only together
 * with the number of its format.
 */

import { mynahError } from '../core/errors.ts';
import {
  arrayOf,
  nullable,
  objectOf,
  oneOf,
  optional,
  ParseError,
  parseCount,
  parseNumber,
  parseString,
  recordOf,
  stringMatching,
  integerFrom,
} from '../core/parse.ts';
import { parseRecipe } from '../domain/recipe.ts';
import type { KeptCheckpoint, RunSummary } from '../protocol/bots.ts';
import { parseDatasetSummary } from '../storage/parse-dataset.ts';
import {
  parseMetricPoint,
  parseOutcome,
  parseQuizOutcome,
  parseSample,
  parseTrainingPlan,
  parseTrainingRequest,
  parseTrial,
} from '../storage/parse-training.ts';
import { parseBaseOfBot } from '../storage/run-record.ts';
import { refuseImpossible } from './bot-record.ts';

const RUN_FORMAT = 'mynah-run/1';
const RUNS_FORMAT = 'mynah-runs/1';

/** The fields of a run that are the same here and in its file. */
type Shared = Pick<
  RunSummary,
  | 'id'
  | 'name'
  | 'emoji'
  | 'status'
  | 'outcome'
  | 'notes'
  | 'quizzes'
  | 'createdAt'
  | 'updatedAt'
  | 'base'
  | 'dataset'
  | 'request'
  | 'recipe'
  | 'trials'
  | 'plan'
  | 'seed'
  | 'versions'
  | 'backend'
  | 'adapter'
  | 'tokensPerSecond'
  | 'completedSteps'
  | 'totalSteps'
  | 'points'
  | 'samples'
>;

export interface RunFile extends Shared {
  readonly format: typeof RUN_FORMAT;
  /** The weights that were kept when the file was written. */
  readonly checkpoints: readonly Omit<KeptCheckpoint, 'checkpointId'>[];
}

/**
 * The largest file that is read, in bytes: a run of 100,000 steps has 20 MB. It is checked before the text
 * is read.
 */
export const MAX_RUN_FILE_BYTES = 256 * 2 ** 20;
/** A file with more runs is refused. */
const MAX_RUNS = 10_000;

/** Without the words that the user has excluded and the account's picture, which are private. */
export function runFile(run: RunSummary): RunFile {
  const { id, name, emoji, status, outcome, notes, quizzes, createdAt, updatedAt, base } = run;
  const { request, recipe, trials, plan, seed, versions, backend, adapter, tokensPerSecond } = run;
  const { completedSteps, totalSteps, points, samples, checkpoints } = run;
  const options = { ...run.dataset.options, exclude: '' };
  return {
    format: RUN_FORMAT,
    ...{ id, name, emoji, status, outcome, notes, quizzes, createdAt, updatedAt, base },
    dataset: { ...run.dataset, options, avatar: null },
    ...{
      request,
      recipe,
      ...(trials && { trials }),
      plan,
      seed,
      versions,
      backend,
      adapter,
      tokensPerSecond,
    },
    ...{ completedSteps, totalSteps, points, samples },
    checkpoints: checkpoints.map(({ checkpointId: _id, ...checkpoint }) => checkpoint),
  };
}

/** The JSON of one run, or of several. */
export function writeRunFiles(runs: readonly RunFile[]): string {
  const [only] = runs;
  const isOne = runs.length === 1 && only !== undefined;
  return `${JSON.stringify(isOne ? only : { format: RUNS_FORMAT, runs }, null, 1)}\n`;
}

const parseRun = objectOf<RunFile>({
  format: oneOf(RUN_FORMAT),
  id: stringMatching(/^[\w-]{1,64}$/),
  name: parseString,
  emoji: nullable(parseString),
  status: oneOf('interrupted', 'paused', 'finished'),
  outcome: nullable(parseOutcome),
  notes: parseString,
  quizzes: arrayOf(parseQuizOutcome),
  createdAt: parseNumber,
  updatedAt: parseNumber,
  base: nullable(parseBaseOfBot),
  dataset: parseDatasetSummary,
  request: nullable(parseTrainingRequest),
  recipe: parseRecipe,
  trials: optional(arrayOf(parseTrial)),
  plan: parseTrainingPlan,
  seed: parseNumber,
  versions: recordOf(parseString),
  backend: oneOf('webgpu', 'wasm', 'cpu'),
  adapter: parseString,
  tokensPerSecond: parseNumber,
  completedSteps: parseCount,
  totalSteps: parseCount,
  points: arrayOf(parseMetricPoint),
  samples: arrayOf(parseSample),
  checkpoints: arrayOf(
    objectOf<RunFile['checkpoints'][number]>({
      kind: oneOf('version', 'best', 'last'),
      completedSteps: parseCount,
      validationLoss: nullable(parseNumber),
      bytes: parseCount,
    }),
  ),
});

/**
 * Reads the text of a file with one run or several.
 *
 * @throws `run-file-unreadable`, which says why and, where something in it is damaged, where.
 */
export function parseRunFiles(text: string, file: string): readonly RunFile[] {
  const fail = (reason: 'not-json' | 'no-runs' | 'other-version', cause?: unknown) =>
    mynahError('run-file-unreadable', { file, reason }, cause);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fail('not-json', error);
  }
  const { format, runs } = (json ?? {}) as { readonly format?: unknown; readonly runs?: unknown };
  const isOurs = typeof format === 'string' && /^mynah-runs?\/\d+$/.test(format);
  if (!isOurs) throw fail('no-runs');
  if (format !== RUN_FORMAT && format !== RUNS_FORMAT) throw fail('other-version');
  const several = format === RUN_FORMAT ? [json] : runs;
  try {
    if (!Array.isArray(several)) throw new ParseError('runs', { be: 'array' });
    integerFrom(0, MAX_RUNS)(several.length, 'runs.length');
    return several.map((each, i) => {
      const path = format === RUN_FORMAT ? 'run' : `runs[${i}]`;
      const run = parseRun(each, path);
      refuseImpossible(run, path);
      return run;
    });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const details = { file, reason: 'damaged', fault: error.fault } as const;
    throw mynahError('run-file-unreadable', details, error);
  }
}
