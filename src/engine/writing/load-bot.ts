/** What writing with a bot needs: its model, and the texts that it learned from. */

import { mynahError } from '../../core/errors.ts';
import { TextIndex } from '../../generate/novelty.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { getRun } from '../../storage/runs.ts';
import { writingWeights } from '../../storage/run-summary.ts';
import { textsOfRun } from '../datasets/texts.ts';
import { useCardUnlessSmall } from '../runtime/choose-backend.ts';
import type { EngineContext } from '../runtime/context.ts';
import { loadBase, loadLearned } from '../runtime/live-models.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { runKey } from '../runtime/stored-run.ts';

/** The training texts of a run, in the order in which its snapshot has them. */
export interface TrainingTexts {
  readonly snapshotId: string;
  readonly index: TextIndex;
}

/** Null if the training texts are gone or unreadable, which must not keep the bot from writing. */
export async function trainingTexts(
  context: EngineContext,
  run: RunRecord,
): Promise<TrainingTexts | null> {
  const texts = await textsOfRun(context, run).catch(() => null);
  if (texts === null || run.snapshotId === null) return null;
  const documents = texts.accounts.flatMap((account) => account.documents);
  return { snapshotId: run.snapshotId, index: await TextIndex.of(documents) };
}

/**
 * Loads the model with which a bot writes. An adapter is merged into float32 weights, because then a
 * token takes no longer than with any model. Merging into float16 weights would round them again, so
 * there the adapter stays separate, which takes some more dispatches per token. On graphics cards the
 * weights are then stored as float16, of which a token reads half as many bytes; what was learned stays
 * float32 in storage.
 *
 * @throws `not-found`, `not-trained-yet`, `stored-data-damaged`.
 */
export async function loadBot(
  context: EngineContext,
  runId: string,
  signal: AbortSignal,
): Promise<LiveModel> {
  const { runtime } = context;
  const run = await getRun(await context.storage(), runId);
  if (run === null) throw mynahError('not-found', { what: 'run', id: runId });
  const writing = writingWeights(run);
  if (writing === null) throw mynahError('not-trained-yet', {});
  const { checkpointId } = writing;
  await useCardUnlessSmall(context, run, signal);
  const halvesKey = `${checkpointId === null ? run.modelId : runKey(runId, checkpointId)} writing`;
  const live = runtime.find(halvesKey) ?? (await loadWriter(context, run, checkpointId, signal));
  return live.model.storeHalves() ? runtime.keep({ ...live, key: halvesKey }) : live;
}

async function loadWriter(
  context: EngineContext,
  run: RunRecord,
  checkpointId: string | null,
  signal: AbortSignal,
): Promise<LiveModel> {
  // A bot that was opened from a file has no checkpoint and writes with its own base model.
  if (checkpointId === null) return loadBase(context, run.modelId, { kind: 'full' }, signal);
  const key = runKey(run.id, checkpointId);
  const found = context.runtime.find(key);
  const live = found ?? (await loadLearned(context, run, checkpointId, signal, key));
  const { mode } = run.recipe;
  if (mode.kind === 'lora' && !mode.isBaseHalf && live.model.adapter) live.model.mergeAdapter();
  return live;
}
