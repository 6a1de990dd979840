/** What is derived from the record of a run: what the page is told, and which weights write. */

import type { KeptCheckpoint, RunSummary } from '../protocol/bots.ts';
import { READY_RUN_PREFIX } from '../domain/ready-bot.ts';
import type { RunRecord } from './run-record.ts';

/** What the page is told of a run. A `running` run is told as interrupted, because the page knows its own. */
export function runSummary(run: RunRecord): RunSummary {
  const { modelId: _modelId, snapshotId: _snapshotId, deletedAt: _deletedAt, ...shown } = run;
  const { checkpointId, best, ...rest } = shown;
  const status: RunSummary['status'] = run.status === 'running' ? 'interrupted' : run.status;
  const history = run.history.map(({ checkpointId: _id, ...version }) => version);
  const canGenerate = checkpointId !== null || history.length > 0;
  // A bot from a file has whole weights until it is trained further.
  const hasAdapter =
    run.plan.mode === 'lora' && typeof writingWeights(run)?.checkpointId === 'string';
  const hasOptimizer = run.plan.mode === 'full' && hasMoments(run);
  let storedBytes = run.checkpointBytes + (best?.bytes ?? 0);
  for (const version of run.history) {
    const isApart =
      version.checkpointId !== checkpointId && version.checkpointId !== best?.checkpointId;
    if (isApart) storedBytes += version.bytes;
  }
  const checkpoints = keptCheckpoints(run);
  const derived = { status, canGenerate, hasAdapter, hasOptimizer, storedBytes, checkpoints };
  return { ...rest, history, ...derived, isReadyMade: isReadyMadeRun(run) };
}

/** Whether the weights that write are those of the last checkpoint of a run that can be continued, which has moments. */
export function hasMoments(run: RunRecord): boolean {
  const { checkpointId, status } = run;
  const isOver =
    status === 'finished' || run.history.some((of) => of.checkpointId === checkpointId);
  return !isOver && checkpointId !== null && writingWeights(run)?.checkpointId === checkpointId;
}

/** Whether it is the bot that comes with the page, and not the record of one that somebody has imported. */
export function isReadyMadeRun({ id, isRecordOnly }: RunRecord): boolean {
  return id.startsWith(READY_RUN_PREFIX) && !isRecordOnly;
}

/** The weights that a run keeps, each once, although the last version may be the last checkpoint too. */
export function keptCheckpoints(run: RunRecord): readonly KeptCheckpoint[] {
  const { best, checkpointId, completedSteps, checkpointBytes: bytes } = run;
  const kept = new Map<string, KeptCheckpoint>();
  for (const { checkpointId: id, ...version } of run.history) {
    if (id === null) continue;
    const { validationLoss } = version;
    const { completedSteps: steps, bytes: size } = version;
    const shown = { completedSteps: steps, validationLoss, bytes: size };
    kept.set(id, { checkpointId: id, kind: 'version', ...shown });
  }
  if (best !== null) kept.set(best.checkpointId, { kind: 'best', ...best });
  if (checkpointId !== null && !kept.has(checkpointId)) {
    const point = run.points.find(({ step }) => step === completedSteps);
    const validationLoss = point?.validationLoss ?? null;
    kept.set(checkpointId, { checkpointId, kind: 'last', completedSteps, validationLoss, bytes });
  }
  return [...kept.values()].sort((a, b) => a.completedSteps - b.completedSteps);
}

/**
 * Returns the weights that a bot writes with: those of the version that the user chose, otherwise of
 * its last version if it is finished, otherwise of its last checkpoint. `checkpointId` is null for the
 * weights of the base model. Returns null if nothing has been learned yet.
 */
export function writingWeights(run: RunRecord): { readonly checkpointId: string | null } | null {
  const chosen = run.history.find(({ number }) => number === run.writesWith);
  if (chosen !== undefined) return chosen;
  const last = run.history.at(-1);
  if (run.status === 'finished' && last !== undefined) return last;
  if (run.checkpointId !== null) return { checkpointId: run.checkpointId };
  return last ?? null;
}
