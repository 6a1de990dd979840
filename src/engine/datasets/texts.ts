/** The texts that training reads: of a dataset as it is cleaned now, of a run as they were. */

import { groupByAccount } from '../../archive/cleaning/dataset.ts';
import { mynahError } from '../../core/errors.ts';
import type { DatasetSummary } from '../../protocol/calls.ts';
import { isEnoughToLearnFrom, NEEDED_CHARACTERS } from '../../domain/cleaning.ts';
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
 * Throws `not-found`, `stored-data-damaged`, `dataset-too-small` when too little of the dataset is
 * kept.
 */
export async function textsOfDataset(desk: DatasetDesk, datasetId: string): Promise<Texts> {
  const { summary, table, cleaned } = await desk.open(datasetId);
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

/** Throws `not-found` for `texts` that have been forgotten, `stored-data-damaged`. */
export async function textsOfRun(context: EngineContext, run: RunRecord): Promise<Texts> {
  if (run.snapshotId === null) throw mynahError('not-found', { what: 'texts', id: run.id });
  const accounts = await readSnapshot(await context.storage(), run.snapshotId);
  return {
    dataset: run.dataset,
    accounts: accounts.map((texts, account) => ({
      ...texts,
      share: shareOf(run.dataset, account),
    })),
  };
}

/** Never nothing: an account that isn't to be read is taken out, not given no share. */
function shareOf({ options }: DatasetSummary, account: number): number {
  const share = options.shares[account] ?? 1;
  return Number.isFinite(share) ? Math.min(100, Math.max(0.01, share)) : 1;
}
