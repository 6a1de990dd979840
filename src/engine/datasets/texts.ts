/** The texts that training reads: of a dataset as it is cleaned now, of a run as they were. */

import { groupByAccount } from '../../archive/cleaning/dataset.ts';
import { countCodePoints } from '../../archive/cleaning/tweet-table.ts';
import { mynahError } from '../../core/errors.ts';
import type { DatasetSummary } from '../../protocol/calls.ts';
import { isEnoughToLearnFrom, NEEDED_CHARACTERS } from '../../domain/cleaning.ts';
import { getDataset, readDocuments } from '../../storage/datasets.ts';
import type { RunRecord } from '../../storage/runs.ts';
import { readSnapshot, type SnapshotAccount } from '../../storage/snapshots.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { DatasetDesk } from './dataset-desk.ts';

export interface Texts {
  /** How they were cleaned, what came of it, and the hash of it. */
  readonly dataset: DatasetSummary;
  readonly accounts: readonly (SnapshotAccount & { readonly share: number })[];
}

/**
 * Throws `checkpoint-incompatible` when there is no such dataset, `dataset-too-small` when too
 * little of it is kept.
 */
export async function textsOfDataset(
  context: EngineContext,
  desk: DatasetDesk,
  datasetId: string,
): Promise<Texts> {
  const open = await desk.open(datasetId);
  if (open === null) return earlierTexts(context, datasetId);
  const { summary, table, cleaned } = open;
  if (!isEnoughToLearnFrom(summary)) {
    throw mynahError('dataset-too-small', {
      characters: summary.characters,
      neededCharacters: NEEDED_CHARACTERS,
      tweetsKept: summary.counts.kept,
      tweetsLeftOut: summary.counts.read - summary.counts.kept,
    });
  }
  const accounts = groupByAccount(table, cleaned.documents).map((documents, account) => ({
    documents,
    characters: summary.accounts[account]?.characters ?? 0,
    share: shareOf(summary, account),
  }));
  return { dataset: summary, accounts };
}

/** Throws `checkpoint-incompatible` when they have been forgotten, `weights-corrupt`. */
export async function textsOfRun(context: EngineContext, run: RunRecord): Promise<Texts> {
  if (run.snapshotId === null) return earlierTexts(context, run.datasetId);
  const accounts = await readSnapshot(await context.storage(), run.snapshotId);
  if (accounts === null) throw mynahError('checkpoint-incompatible', { reason: 'no such dataset' });
  return {
    dataset: run.dataset,
    accounts: accounts.map((texts, account) => ({
      ...texts,
      share: shareOf(run.dataset, account),
    })),
  };
}

/** What an earlier version stored with the dataset. */
async function earlierTexts(context: EngineContext, datasetId: string): Promise<Texts> {
  const storage = await context.storage();
  const dataset = (await getDataset(storage, datasetId))?.summary;
  const documents = await readDocuments(storage, datasetId);
  if (dataset === undefined || documents === null) {
    throw mynahError('checkpoint-incompatible', { reason: 'no such dataset' });
  }
  const characters = documents.reduce((sum, text) => sum + countCodePoints(text), 0);
  return { dataset, accounts: [{ documents, characters, share: 1 }] };
}

/** Never nothing: an account that isn't to be read is taken out, not given no share. */
function shareOf({ options }: DatasetSummary, account: number): number {
  const share = options.shares[account] ?? 1;
  return Number.isFinite(share) ? Math.min(100, Math.max(0.01, share)) : 1;
}
