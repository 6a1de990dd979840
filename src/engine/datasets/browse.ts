/** Looking through a dataset: pages of tweets, and the cleaned set as a file. */

import { reasonOf } from '../../archive/cleaning/pipeline.ts';
import { mynahError } from '../../core/errors.ts';
import type { BrowsePage, BrowseParams, BrowseRow } from '../../protocol/calls.ts';
import type { DropReason } from '../../domain/cleaning.ts';
import type { Handler } from '../../protocol/serve.ts';
import { readCleanedRows, readDocuments } from '../../storage/datasets.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { DatasetDesk, OpenDataset } from './dataset-desk.ts';

/** All tweets of a dataset, in whatever form it is. */
interface Rows {
  /** The same for the same rows. */
  readonly of: object;
  readonly count: number;
  text(i: number): string;
  dropped(i: number): DropReason | null;
  row(i: number): BrowseRow;
}

/** Pages of a dataset's tweets; what a search found stays in memory for the next page. */
export function browseTweets(context: EngineContext, desk: DatasetDesk): Handler<'browseTweets'> {
  let old: { readonly id: string; readonly rows: Rows } | null = null;
  /** By rows, held weakly: a search doesn't keep forgotten tweets in memory. */
  const found = new WeakMap<object, { readonly key: string; readonly hits: Uint32Array }>();

  async function rowsOf(id: string): Promise<Rows> {
    const dataset = await desk.open(id);
    if (dataset !== null) return tableRows(dataset);
    if (old?.id !== id) old = { id, rows: await oldRows(context, id) };
    return old.rows;
  }

  return async (params): Promise<BrowsePage> => {
    const rows = await rowsOf(params.datasetId);
    const key = JSON.stringify([params.show, params.query]);
    const known = found.get(rows.of);
    const hits = known?.key === key ? known.hits : search(rows, params);
    found.set(rows.of, { key, hits });
    const page = hits.subarray(params.offset, params.offset + params.limit);
    return { total: hits.length, rows: Array.from(page, (i) => rows.row(i)) };
  };
}

function search(rows: Rows, { query, show }: BrowseParams): Uint32Array {
  const wanted = query.normalize('NFC').toLocaleLowerCase();
  const hits: number[] = [];
  for (let i = 0; i < rows.count; i++) {
    const dropped = rows.dropped(i);
    const isShown =
      show === 'all' ||
      (show === 'kept'
        ? dropped === null
        : show === 'dropped'
          ? dropped !== null
          : dropped === show);
    if (isShown && (wanted === '' || rows.text(i).toLocaleLowerCase().includes(wanted))) {
      hits.push(i);
    }
  }
  return Uint32Array.from(hits);
}

function tableRows({ table, cleaned, overrides }: OpenDataset): Rows {
  const text = (i: number) => cleaned.texts[i] ?? '';
  const dropped = (i: number) => reasonOf(cleaned.verdicts[i] ?? 0);
  return {
    of: cleaned,
    count: table.tweets.length,
    text,
    dropped,
    row: (i) => ({
      index: i,
      text: text(i),
      dropped: dropped(i),
      createdAt: table.tweets[i]?.createdAt ?? null,
      account: table.tweets[i]?.account ?? 0,
      wish: overrides.get(i) ?? null,
    }),
  };
}

async function oldRows(context: EngineContext, id: string): Promise<Rows> {
  const stored = await readCleanedRows(await context.storage(), id);
  if (stored === null) throw mynahError('checkpoint-incompatible', { reason: 'no such dataset' });
  return {
    of: stored,
    count: stored.length,
    text: (i) => stored[i]?.text ?? '',
    dropped: (i) => stored[i]?.dropped ?? null,
    row: (i) => ({
      index: i,
      text: stored[i]?.text ?? '',
      dropped: stored[i]?.dropped ?? null,
      createdAt: null,
      account: 0,
      wish: null,
    }),
  };
}

/** Documents to a line of the file: a Blob of many small parts takes long to make. */
const EXPORT_BATCH = 2_000;

/** JSON Lines of `{"text", "account"}`, or plain text with new lines within a text made spaces. */
export function exportDataset(context: EngineContext, desk: DatasetDesk): Handler<'exportDataset'> {
  return async ({ datasetId, format }) => {
    const dataset = await desk.open(datasetId);
    let documents: readonly { readonly text: string; readonly account?: string | undefined }[];
    if (dataset !== null) {
      const { accounts } = dataset.summary;
      documents = dataset.cleaned.documents.map(({ text, account }) => ({
        text,
        account: accounts[account]?.name,
      }));
    } else {
      const texts = await readDocuments(await context.storage(), datasetId);
      if (texts === null)
        throw mynahError('checkpoint-incompatible', { reason: 'no such dataset' });
      documents = texts.map((text) => ({ text }));
    }
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
