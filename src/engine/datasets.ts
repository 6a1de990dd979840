/** Importing tweets and looking through them. */

import { buildDataset } from '../archive/dataset.ts';
import { openArchive } from '../archive/open.ts';
import { readTweets } from '../archive/read.ts';
import { mynahError } from '../core/errors.ts';
import type { BrowsePage, BrowseParams, BrowseRow, DatasetSummary } from '../protocol/calls.ts';
import { throttleProgress } from '../protocol/progress.ts';
import type { Handler } from '../protocol/serve.ts';
import { newId } from '../storage/chunks.ts';
import * as datasets from '../storage/datasets.ts';
import type { EngineContext } from './context.ts';

export function importTweets(context: EngineContext): Handler<'importTweets'> {
  return async ({ files }, { signal, report }): Promise<DatasetSummary> => {
    const progress = throttleProgress(report);
    const names = files.map(({ name }) => name);
    const bytesTotal = files.reduce((sum, { size }) => sum + size, 0);
    const at = { file: names.join(', '), bytesRead: 0, bytesTotal, tweetsRead: 0 };
    try {
      const storage = await context.storage();
      progress.report({ phase: 'opening', ...at });
      const opened = await openArchive(files);
      const read = await readTweets(opened, { signal, onProgress: progress.report });
      const done = { ...at, bytesRead: bytesTotal, tweetsRead: read.tweets.length };
      progress.report({ phase: 'cleaning', ...done });
      const dataset = await buildDataset(read, { signal });
      progress.report({ phase: 'saving', ...done });
      const account = read.accounts[0];
      const username = account?.username ?? null;
      const summary: DatasetSummary = {
        id: newId(),
        name: username === null ? names.join(', ') : `@${username}`,
        username,
        displayName: account?.displayName ?? null,
        files: names,
        counts: dataset.counts,
        characters: dataset.characters,
        isSmall: dataset.isSmall,
        contentHash: dataset.contentHash,
        createdAt: Date.now(),
      };
      await datasets.putDataset(storage, summary, dataset.tweets, dataset.documents, { signal });
      return summary;
    } finally {
      progress.flush();
    }
  };
}

/** Pages of a dataset's tweets; the last dataset looked at stays in memory for the next page. */
export function browseTweets(context: EngineContext): Handler<'browseTweets'> {
  let last: { readonly id: string; readonly rows: readonly BrowseRow[] } | null = null;
  return async (params): Promise<BrowsePage> => {
    if (last?.id !== params.datasetId) {
      const rows = await datasets.readTweets(await context.storage(), params.datasetId);
      if (rows === null) throw mynahError('checkpoint-incompatible', { reason: 'no such dataset' });
      last = { id: params.datasetId, rows };
    }
    return page(last.rows, params);
  };
}

function page(rows: readonly BrowseRow[], params: BrowseParams): BrowsePage {
  const { query, show, offset, limit } = params;
  const wanted = query.toLocaleLowerCase();
  const found = rows.filter(({ text, dropped }) => {
    const isShown = show === 'all' || (show === 'kept' ? dropped === null : dropped === show);
    return isShown && (wanted === '' || text.toLocaleLowerCase().includes(wanted));
  });
  return { total: found.length, rows: found.slice(offset, offset + limit) };
}
