/**
 * The texts that training reads: those of a dataset as it is cleaned now, or those of a run's snapshot;
 * and their tokens.
 */

import { buildDataset, groupByAccount } from '../../archive/cleaning/dataset.ts';
import { openArchive } from '../../archive/opening/open.ts';
import { readTweets } from '../../archive/read-tweets.ts';
import { must } from '../../core/assert.ts';
import { mynahError, throwIfAborted } from '../../core/errors.ts';
import { yieldToMessages } from '../../core/yield.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { isEnoughToLearnFrom, NEEDED_CHARACTERS } from '../../domain/cleaning.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { readSnapshot, type SnapshotAccount } from '../../storage/snapshots.ts';
import type { TextTokenizer } from '../../tokenizer/tokenizer.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { DatasetDesk } from './dataset-desk.ts';

export interface Texts {
  /** The summary of the dataset at the time when its texts were taken. */
  readonly dataset: DatasetSummary;
  readonly accounts: readonly (SnapshotAccount & { readonly share: number })[];
}

/**
 * Throws `not-found`, `stored-data-damaged`, and `dataset-too-small` if too little of the dataset is
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
  const accounts = groupByAccount(table, cleaned.documents).map((texts, account) => ({
    ...texts,
    characters: summary.accounts[account]?.characters ?? 0,
    share: shareOf(summary, account),
  }));
  return { dataset: summary, accounts };
}

/**
 * The texts of an archive that is kept nowhere else, cleaned by default, with the hash of their content. Throws what
 * opening an archive throws.
 */
export async function textsOfArchive(
  file: File,
  signal: AbortSignal,
): Promise<{ readonly contentHash: string; readonly accounts: readonly SnapshotAccount[] }> {
  const read = await readTweets(await openArchive([file], {}, signal), { signal });
  const { table, cleaned, accounts, contentHash } = await buildDataset(read, { signal });
  return {
    contentHash,
    accounts: groupByAccount(table, cleaned.documents).map((texts, account) => ({
      ...texts,
      characters: accounts[account]?.characters ?? 0,
    })),
  };
}

/** Throws `not-found` if the texts have been deleted, and `stored-data-damaged`. */
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

/** The texts of each account, or their tokens. */
export function documentsOf<D>(
  accounts: readonly { readonly documents: readonly D[] }[],
): readonly (readonly D[])[] {
  return accounts.map(({ documents }) => documents);
}

/** The share of an account, which is never zero: an account can't be left out by its share. */
function shareOf({ options }: DatasetSummary, account: number): number {
  const share = options.shares[account] ?? 1;
  return Number.isFinite(share) ? Math.min(100, Math.max(0.01, share)) : 1;
}

/** Keeps the tokens of the last texts, because when a filter changes, many texts stay the same. */
export class TokenCache {
  private last: {
    readonly modelId: string;
    readonly ids: ReadonlyMap<string, Int32Array>;
  } | null = null;

  /** Tokenizes texts, by account. Throws `cancelled`. */
  async of({ accounts }: Texts, modelId: string, tokenizer: TextTokenizer, signal: AbortSignal) {
    const known = this.last?.modelId === modelId ? this.last.ids : null;
    const ids = new Map<string, Int32Array>();
    let encoded = 0;
    for (const text of accounts.flatMap(({ documents }) => documents)) {
      if (ids.has(text)) continue;
      let found = known?.get(text);
      if (found === undefined) {
        found = tokenizer.encode(text);
        encoded++;
        if (encoded % 500 === 0) {
          await yieldToMessages();
          throwIfAborted(signal);
        }
      }
      ids.set(text, found);
    }
    this.last = { modelId, ids };
    return accounts.map(({ documents, ...account }) => ({
      ...account,
      documents: documents.map((text) => must(ids.get(text), 'ids')),
    }));
  }

  /** Forgets the tokens: the tweets can be read from them. */
  forget(): void {
    this.last = null;
  }
}
