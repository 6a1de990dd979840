/** Tries the learning rates of a run, and goes on with the best one. */

import { must } from '../../core/assert.ts';
import { hasCode, mynahError } from '../../core/errors.ts';
import type { MetricPoint, TrainProgress } from '../../protocol/training.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { deleteRun, getRun, updateRun } from '../../storage/runs.ts';
import { saveCheckpoint } from '../../storage/write-checkpoint.ts';
import { checkpointBytes, checkpointTensors } from '../../train/optimizer-state.ts';
import { Trainer } from '../../train/trainer.ts';
import { isBestTrial, nextTrial } from '../../train/trials.ts';
import type { EngineContext } from '../runtime/context.ts';
import { loadLearned } from '../runtime/live-models.ts';
import { runKey } from '../runtime/stored-run.ts';
import { beforeFirstStep, type EndWish, type Report, type Session } from './run-loop.ts';

/**
 * Follows each rate that hasn't been tried yet for its steps, from the weights that the run began with. Whatever is
 * the best so far becomes the run's checkpoint and recipe, together with what has been tried, so that an
 * interruption costs one trial at most. The session's trainer must have been disposed, and its model is replaced.
 *
 * Returns the run as it is stored then. If it is to end, the trial that is under way is given up; where there is no
 * checkpoint yet, its weights become one. Throws what training and storing throw.
 */
export async function tryRates(
  context: EngineContext,
  session: Session,
  wish: EndWish,
  report: Report,
): Promise<RunRecord> {
  const storage = await context.storage();
  const read = async () => must(await getRun(storage, session.run.id), 'the run that is trained');
  let run = await read();
  for (;;) {
    const index = nextTrial(run.trials ?? []);
    if (index === null) return run;
    if (wish.as() !== null) {
      if (run.checkpointId !== null) return run;
      // The run has learned nothing, so nothing of it is kept.
      await deleteRun(storage, run.id);
      throw mynahError('cancelled', {});
    }
    await followTrial(context, session, run, index, wish, report);
    run = await read();
  }
}

async function followTrial(
  context: EngineContext,
  { data }: Session,
  run: RunRecord,
  index: number,
  { as: endWish, signal }: EndWish,
  report: Report,
): Promise<void> {
  const { runtime } = context;
  const storage = await context.storage();
  const trials = run.trials ?? [];
  const trial = must(trials[index], 'a trial');
  const recipe = { ...run.recipe, learningRate: trial.learningRate };
  const before = trials.slice(0, index).reduce((sum, { steps }) => sum + steps, 0);
  const all = trials.reduce((sum, { steps }) => sum + steps, 0);
  const tell = (phase: TrainProgress['phase'], done: number) =>
    report({
      ...beforeFirstStep(phase, run.id, 0, run.totalSteps),
      part: { done: before + done, count: all },
    });
  tell('trying', 0);
  const fence = runtime.fence();
  const live = await loadLearned(context, { ...run, recipe }, null, signal, runKey(run.id, null));
  const trainer = new Trainer(runtime.ops, live.model, recipe, data);
  try {
    const points: MetricPoint[] = [];
    while (trainer.completedSteps < trial.steps && endWish() === null) {
      const point = await trainer.step({ signal });
      if (point !== null) points.push({ ...point, atMs: Date.now() });
      tell('trying', trainer.completedSteps);
    }
    const isGivenUp = trainer.completedSteps < trial.steps;
    const last = await trainer.settle();
    const validationLoss = isGivenUp ? undefined : await trainer.validationLoss(signal);
    if (last !== null) {
      const bitsPerByte = trainer.bitsPerByte(validationLoss);
      points.push({ ...last, validationLoss, bitsPerByte, atMs: Date.now() });
    }
    fence();
    const tried =
      validationLoss === undefined
        ? trials
        : trials.map((other, i) => (i === index ? { ...other, validationLoss } : other));
    const isKept =
      validationLoss === undefined
        ? run.checkpointId === null && trainer.completedSteps > 0
        : isBestTrial(trials, validationLoss);
    if (!isKept) {
      await updateRun(storage, run.id, { trials: tried });
      return;
    }
    tell('saving', trainer.completedSteps);
    const { backend, adapter } = runtime.status;
    await saveCheckpoint(storage, run.id, {
      completedSteps: trainer.completedSteps,
      tensors: checkpointTensors(runtime.ops, trainer),
      runUpdate: { trials: tried, recipe, points, backend, adapter },
      expectedBytes: checkpointBytes(trainer.trainedElements),
    });
    runtime.achieved();
  } catch (error) {
    if (!hasCode(error, 'loss-not-finite')) throw error;
    const tried = trials.map((other, i) => (i === index ? { ...other, hasDiverged: true } : other));
    await updateRun(storage, run.id, { trials: tried });
  } finally {
    trainer.dispose();
  }
}
