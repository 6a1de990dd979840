/**
 * Keeps the dataset that the user is looking at in memory, so that a change of filters recounts at
 * once and pages appear without delay.
 */

import { figuresOf, letOthersRun } from '../../archive/cleaning/dataset.ts';
import { applyCleaning, type Cleaned, type Overrides } from '../../archive/cleaning/pipeline.ts';
import { parseStoredTweet, toStoredTweet } from '../../archive/stored-tweet.ts';
import { buildTweetTable, type TweetTable } from '../../archive/cleaning/tweet-table.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import type { CleaningOptions } from '../../domain/cleaning.ts';
import {
  getDataset,
  putDataset,
  readRows,
  type StoredDataset,
  type StoredOverrides,
  updateDataset,
} from '../../storage/datasets.ts';
import { damaged } from '../../storage/parse.ts';
import type { EngineContext } from '../runtime/context.ts';

export interface OpenDataset {
  readonly summary: DatasetSummary;
  readonly table: TweetTable;
  readonly overrides: Overrides;
  readonly cleaned: Cleaned;
}

export class DatasetDesk {
  private readonly context: EngineContext;
  private opened: { readonly id: string; readonly dataset: Promise<OpenDataset> } | null = null;
  /** The last change. Changes are made one after the other. */
  private changing: Promise<unknown> = Promise.resolve();

  constructor(context: EngineContext) {
    this.context = context;
  }

  /** Throws `not-found`, `stored-data-damaged`. */
  open(id: string): Promise<OpenDataset> {
    if (this.opened?.id !== id) {
      const dataset = this.load(id);
      const opened = { id, dataset };
      this.opened = opened;
      // The next call loads it again.
      dataset.catch(() => {
        if (this.opened === opened) this.opened = null;
      });
    }
    return this.opened.dataset;
  }

  /** Keeps a dataset that has just been made in memory, in place of the one before. */
  put(dataset: OpenDataset): void {
    this.opened = { id: dataset.summary.id, dataset: Promise.resolve(dataset) };
  }

  /** Stores the dataset that is in memory again, after the site's data were cleared. */
  async storeAnew(id: string): Promise<void> {
    if (this.opened?.id !== id) return;
    const { summary, table, overrides } = await this.opened.dataset;
    const rows = table.tweets.map(toStoredTweet);
    await putDataset(await this.context.storage(), summary, rows, storedOverrides(overrides));
  }

  /** Removes a dataset from memory, if it is there. */
  close(id: string): void {
    if (this.opened?.id === id) this.opened = null;
  }

  /** Cleans a dataset with the options and overrides that `change` returns, and stores them. */
  change(
    id: string,
    change: (dataset: OpenDataset) => {
      readonly options?: CleaningOptions;
      readonly overrides?: Overrides;
    },
  ): Promise<DatasetSummary> {
    const changed = this.changing.then(async () => {
      const before = await this.open(id);
      const { options = before.summary.options, overrides = before.overrides } = change(before);
      const { table } = before;
      const cleaned = applyCleaning(table, options, overrides);
      const figures = await figuresOf(table, cleaned, before.summary.counts.damaged);
      const summary: DatasetSummary = { ...before.summary, ...figures, options };
      await updateDataset(await this.context.storage(), summary, storedOverrides(overrides));
      // It may have been closed in the meantime.
      if (this.opened?.id === id) this.put({ summary, table, overrides, cleaned });
      return summary;
    });
    this.changing = changed.catch(() => {});
    return changed;
  }

  private async load(id: string): Promise<OpenDataset> {
    const storage = await this.context.storage();
    const stored = await getDataset(storage, id);
    const { summary } = stored;
    const tweets = await readRows(storage, id, parseStoredTweet);
    const accounts = summary.accounts.map(({ name, username, displayName }) => ({
      label: name,
      username,
      displayName,
      avatar: null,
    }));
    // A row that names an account which doesn't exist is damaged.
    if (tweets.some(({ account }) => account >= accounts.length)) {
      throw damaged({ what: 'dataset', id }, { what: 'wrong', at: 'account' });
    }
    const table = await buildTweetTable(tweets, accounts, () => letOthersRun(undefined));
    const overrides = overridesOf(stored);
    return { summary, table, overrides, cleaned: applyCleaning(table, summary.options, overrides) };
  }
}

function overridesOf({ overrides }: StoredDataset): Overrides {
  return new Map(overrides);
}

export function storedOverrides(overrides: Overrides): StoredOverrides {
  return [...overrides];
}
