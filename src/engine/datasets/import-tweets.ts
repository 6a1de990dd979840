/** Imports tweets into datasets, changes how they are cleaned, and deletes them. */

import { buildDataset, requireTweets } from '../../archive/cleaning/dataset.ts';
import { openArchive } from '../../archive/opening/open.ts';
import { joinTweets } from '../../archive/join-tweets.ts';
import { type ReadTweets, readTweets } from '../../archive/read-tweets.ts';
import type { Account } from '../../archive/opening/source.ts';
import { toStoredTweet } from '../../archive/stored-tweet.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { HUGGINGTWEETS } from '../../domain/cleaning.ts';
import { listFiles } from '../../domain/list-files.ts';
import { throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import { newId } from '../../storage/chunks.ts';
import * as datasets from '../../storage/datasets.ts';
import type { Overrides } from '../../archive/cleaning/pipeline.ts';
import type { EngineContext } from '../runtime/context.ts';
import { type DatasetDesk, type OpenDataset, storedOverrides } from './dataset-desk.ts';
import type { TokenCache } from './texts.ts';
import { thumbnail } from './thumbnail.ts';

export function importTweets(context: EngineContext, desk: DatasetDesk): Handler<'importTweets'> {
  const keep = keeperOf(context, desk);
  return async ({ files, addTo, ...from }, { signal, report }): Promise<DatasetSummary> => {
    const progress = throttleProgress(report);
    const names = files.map(({ name }) => name);
    const bytesTotal = files.reduce((sum, { size }) => sum + size, 0);
    const at = { file: listFiles(names), bytesRead: 0, bytesTotal, tweetsRead: 0 };
    try {
      const before = addTo === undefined ? null : await desk.open(addTo);
      progress.report({ phase: 'opening', ...at });
      const opened = await openArchive(files, from, signal);
      const { withCircle } = from;
      const onProgress = progress.report;
      const read = await readTweets(opened, { signal, onProgress, withCircle });
      const { tweets, warnings } = read;
      const done = { ...at, bytesRead: bytesTotal, tweetsRead: tweets.length, warnings };
      progress.report({ phase: 'cleaning', ...done });
      requireTweets(read);
      const addition = before === null ? null : joinTweets(toRead(before), read);
      const overrides = before?.overrides ?? new Map();
      const onBuilt = () => progress.report({ phase: 'saving', ...done, added: addition?.added });
      return await keep(before, addition ?? read, { overrides, signal, onBuilt });
    } finally {
      progress.flush();
    }
  };
}

/** The part that is the same for new tweets, and for those that are added to what was there before. */
function keeperOf(context: EngineContext, desk: DatasetDesk) {
  return async (
    before: OpenDataset | null,
    joined: ReadTweets,
    { overrides, signal, onBuilt }: KeepOptions,
  ): Promise<DatasetSummary> => {
    const options = before?.summary.options ?? HUGGINGTWEETS;
    const dataset = await buildDataset(joined, { options, overrides, signal });
    onBuilt?.();
    const { table, cleaned, documents: _documents, ...figures } = dataset;
    const [first] = figures.accounts;
    const summary: DatasetSummary = {
      id: before?.summary.id ?? newId(),
      name: nameOf(figures.accounts.map(({ name }) => name)),
      username: first?.username ?? null,
      displayName: first?.displayName ?? null,
      avatar: before?.summary.avatar ?? (await avatarOf(joined.accounts)),
      files: joined.files,
      ...figures,
      createdAt: Date.now(),
      options,
    };
    const rows = joined.tweets.map(toStoredTweet);
    const storage = await context.storage();
    await datasets.putDataset(storage, summary, rows, storedOverrides(overrides), { signal });
    desk.put({ summary, table, overrides, cleaned });
    return summary;
  };
}

interface KeepOptions {
  readonly overrides: Overrides;
  readonly signal: AbortSignal;
  readonly onBuilt?: () => void;
}

/** What the user decided about single tweets stays; where both decided, the dataset that stays counts. */
export function joinDatasets(
  context: EngineContext,
  desk: DatasetDesk,
  tokens: TokenCache,
): Handler<'joinDatasets'> {
  const keep = keeperOf(context, desk);
  const remove = deleteDataset(context, desk, tokens);
  return async ({ datasetId, into }, call) => {
    const more = await desk.open(datasetId);
    const before = await desk.open(into);
    const joined = joinTweets(toRead(before), toRead(more));
    const overrides = new Map(before.overrides);
    for (const [index, decision] of more.overrides) {
      const now = joined.indices[index] ?? -1;
      if (now >= 0 && !overrides.has(now)) overrides.set(now, decision);
    }
    const dataset = await keep(before, joined, { overrides, signal: call.signal });
    await remove({ datasetId }, { ...call, report: () => undefined });
    return { dataset, added: joined.added };
  };
}

async function avatarOf(accounts: readonly Account[]): Promise<string | null> {
  const picture = accounts.find(({ avatar }) => avatar !== null)?.avatar;
  return picture ? thumbnail(picture) : null;
}

/** Returns an open dataset in the form in which tweets are read. */
function toRead({ summary, table }: OpenDataset): ReadTweets {
  const { files, counts } = summary;
  const { accounts, tweets } = table;
  return { files, accounts, tweets, damaged: counts.damaged, warnings: [] };
}

/** `@a`, `@a + @b`, `@a + 2`: in no language, because it is stored. */
function nameOf(accounts: readonly string[]): string {
  const [first = '', second, ...others] = accounts;
  if (second === undefined) return first;
  return others.length === 0 ? `${first} + ${second}` : `${first} + ${1 + others.length}`;
}

export function cleanDataset(desk: DatasetDesk): Handler<'cleanDataset'> {
  return ({ datasetId, options }) => desk.change(datasetId, () => ({ options }));
}

export function overrideTweets(desk: DatasetDesk): Handler<'overrideTweets'> {
  return ({ datasetId, tweets, decision }) =>
    desk.change(datasetId, ({ overrides: before }) => {
      const overrides = new Map(before);
      for (const index of tweets) {
        if (decision === null) overrides.delete(index);
        else overrides.set(index, decision);
      }
      return { overrides };
    });
}

export function deleteDataset(
  context: EngineContext,
  desk: DatasetDesk,
  tokens: TokenCache,
): Handler<'deleteDataset'> {
  return ({ datasetId }) =>
    // Planning that is under way would keep their tokens in memory.
    context.schedule.withoutPlanning(async () => {
      desk.close(datasetId);
      tokens.forget();
      await datasets.deleteDataset(await context.storage(), datasetId);
      return {};
    });
}
