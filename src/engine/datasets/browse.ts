/** Shows a dataset: pages of its tweets, and what is kept as a file. */

import { type Cleaned, reasonOf } from '../../archive/cleaning/pipeline.ts';
import { searchable } from '../../domain/search-text.ts';
import type { BrowsePage, BrowseParams, BrowseRow } from '../../protocol/datasets.ts';
import type { Handler } from '../../protocol/serve.ts';
import type { DatasetDesk, OpenDataset } from './dataset-desk.ts';

/** Returns pages of a dataset's tweets. The result of a search stays in memory for the next page. */
export function browseTweets(desk: DatasetDesk): Handler<'browseTweets'> {
  /** The keys are held weakly, so that a search doesn't keep deleted tweets in memory. */
  const found = new WeakMap<Cleaned, { readonly key: string; readonly hits: Uint32Array }>();
  return async (params): Promise<BrowsePage> => {
    const dataset = await desk.open(params.datasetId);
    const key = JSON.stringify([params.show, params.query]);
    const known = found.get(dataset.cleaned);
    const hits = known?.key === key ? known.hits : search(dataset, params);
    found.set(dataset.cleaned, { key, hits });
    const page = hits.subarray(params.offset, params.offset + params.limit);
    return { total: hits.length, rows: Array.from(page, (i) => row(dataset, i)) };
  };
}

function search({ table, cleaned }: OpenDataset, { query, show }: BrowseParams): Uint32Array {
  const wanted = searchable(query);
  const hits: number[] = [];
  for (let i = 0; i < table.tweets.length; i++) {
    const dropped = reasonOf(cleaned.verdicts[i] ?? 0);
    const isShown =
      show === 'all' ||
      (show === 'kept'
        ? dropped === null
        : show === 'dropped'
          ? dropped !== null
          : dropped === show);
    const text = cleaned.texts[i] ?? '';
    if (isShown && (wanted === '' || searchable(text).includes(wanted))) hits.push(i);
  }
  return Uint32Array.from(hits);
}

function row({ table, cleaned, overrides }: OpenDataset, i: number): BrowseRow {
  return {
    index: i,
    text: cleaned.texts[i] ?? '',
    dropped: reasonOf(cleaned.verdicts[i] ?? 0),
    createdAt: table.tweets[i]?.createdAt ?? null,
    account: table.tweets[i]?.account ?? 0,
    decision: overrides.get(i) ?? null,
  };
}

/** How many documents become one part of the Blob, which takes long to make from many small parts. */
const EXPORT_BATCH = 2_000;

/** Writes JSON Lines of `{"text", "account"}`, with the text in `answers` that it answers, or plain text with one line for each text. */
export function exportDataset(desk: DatasetDesk): Handler<'exportDataset'> {
  return async ({ datasetId, format }) => {
    const { summary, cleaned } = await desk.open(datasetId);
    const documents = cleaned.documents.map(({ text, account, answered }) => ({
      text,
      account: summary.accounts[account]?.name,
      answers: cleaned.documents[answered]?.text,
    }));
    const lines =
      format === 'jsonl'
        ? documents.map((document) => JSON.stringify(document))
        : documents.map(({ text }) => text.replace(/\s*\n\s*/g, ' '));
    const parts: string[] = [];
    for (let start = 0; start < lines.length; start += EXPORT_BATCH) {
      parts.push(`${lines.slice(start, start + EXPORT_BATCH).join('\n')}\n`);
    }
    const type = format === 'jsonl' ? 'application/jsonl' : 'text/plain;charset=utf-8';
    return { file: new Blob(parts, { type }) };
  };
}
