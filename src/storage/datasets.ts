/** Datasets: a summary, every tweet with the reason it was dropped, and the documents kept. */
import { mynahError } from '../core/errors.ts';
import type { BrowseRow, DatasetSummary, DropReason } from '../protocol/calls.ts';
import {
  type BlobRef,
  deleteBlobsOf,
  parseBlobRef,
  requireChunks,
  type Storage,
} from './chunks.ts';
import { nullable, objectOf, oneOf, ParseError, type Parser, parseString } from './parse.ts';
import { parseDatasetSummary } from './parse-calls.ts';
import { readBlob } from './read-blob.ts';
import { parseReadable, parseRecord } from './storage-error.ts';
import { withNewBlobs } from './write-blob.ts';

interface DatasetRecord {
  readonly id: string;
  readonly summary: DatasetSummary;
  readonly tweets: BlobRef;
  readonly documents: BlobRef;
}

const parseDataset = objectOf<DatasetRecord>({
  id: parseString,
  summary: parseDatasetSummary,
  tweets: parseBlobRef,
  documents: parseBlobRef,
});

const parseDropped = nullable(oneOf<DropReason>('retweet', 'short'));

const parseRow: Parser<BrowseRow> = (value, path) => {
  if (!Array.isArray(value)) throw new ParseError(path, 'a row');
  return {
    text: parseString(value[0], `${path}[0]`),
    dropped: parseDropped(value[1], `${path}[1]`),
  };
};

/**
 * Stores a dataset under `summary.id`, replacing the one of that id.
 *
 * @param tweets Every tweet in the order of the archive, as the page shows it.
 * @param documents The texts to train on, after cleaning.
 * @throws `storage-quota`, `storage-blocked`, `cancelled`; then nothing has changed.
 */
export async function putDataset(
  storage: Storage,
  summary: DatasetSummary,
  tweets: readonly BrowseRow[],
  documents: readonly string[],
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  await withNewBlobs(storage, async (writeBlob) => {
    const rows = jsonLines(tweets, ({ text, dropped }) => [text, dropped]);
    const record: DatasetRecord = {
      id: summary.id,
      summary,
      tweets: await writeBlob(rows, options),
      documents: await writeBlob(
        jsonLines(documents, (text) => text),
        options,
      ),
    };
    await storage.transact('readwrite', ['datasets', 'chunks'], async (tx) => {
      await requireChunks(tx, record.tweets);
      await requireChunks(tx, record.documents);
      const datasets = tx.objectStore('datasets');
      await deleteBlobsOf(tx, await datasets.get(summary.id));
      await datasets.put(record);
    });
  });
}

/** Null when there is none. @throws `checkpoint-incompatible` when the record doesn't parse. */
export async function getDatasetSummary(
  storage: Storage,
  id: string,
): Promise<DatasetSummary | null> {
  return (await getDataset(storage, id))?.summary ?? null;
}

/** Every dataset whose record parses, newest first. */
export async function listDatasets(storage: Storage): Promise<readonly DatasetSummary[]> {
  const raws = await storage.transact('readonly', ['datasets'], (tx) =>
    tx.objectStore('datasets').getAll(),
  );
  return parseReadable(raws, parseDataset)
    .map(({ summary }) => summary)
    .sort((a, b) => b.createdAt - a.createdAt);
}

/**
 * Every tweet in the order of the archive; null when there is no such dataset.
 *
 * @throws `weights-corrupt` when stored data is damaged, `checkpoint-incompatible`,
 *   `storage-blocked`.
 */
export async function readTweets(
  storage: Storage,
  id: string,
): Promise<readonly BrowseRow[] | null> {
  const record = await getDataset(storage, id);
  return record && readJsonLines(storage, record.tweets, `tweets of ${id}`, parseRow);
}

/** The texts to train on; null and errors as {@link readTweets}. */
export async function readDocuments(
  storage: Storage,
  id: string,
): Promise<readonly string[] | null> {
  const record = await getDataset(storage, id);
  return record && readJsonLines(storage, record.documents, `documents of ${id}`, parseString);
}

/** Runs trained on it keep the summary they embed, and can't be resumed. */
export async function deleteDataset(storage: Storage, id: string): Promise<void> {
  await storage.transact('readwrite', ['datasets', 'chunks'], async (tx) => {
    const datasets = tx.objectStore('datasets');
    await deleteBlobsOf(tx, await datasets.get(id));
    await datasets.delete(id);
  });
}

async function getDataset(storage: Storage, id: string): Promise<DatasetRecord | null> {
  const raw = await storage.transact('readonly', ['datasets'], (tx) =>
    tx.objectStore('datasets').get(id),
  );
  return parseRecord(`dataset ${id}`, raw, parseDataset);
}

/** One JSON value a line, encoded some thousand at a time. Lone surrogates survive as escapes. */
function* jsonLines<T>(items: readonly T[], toJson: (item: T) => unknown): Generator<Uint8Array> {
  const batch = 2000;
  const encoder = new TextEncoder();
  for (let start = 0; start < items.length; start += batch) {
    const lines = items.slice(start, start + batch).map((item) => JSON.stringify(toJson(item)));
    yield encoder.encode(`${lines.join('\n')}\n`);
  }
}

async function readJsonLines<T>(
  storage: Storage,
  blob: BlobRef,
  file: string,
  parse: Parser<T>,
): Promise<readonly T[]> {
  const items: T[] = [];
  const take = (line: string): void => {
    try {
      items.push(parse(JSON.parse(line), `line ${items.length + 1}`));
    } catch (error) {
      // JSON.parse quotes what it was given; tweet text must not get into an error.
      const reason = error instanceof ParseError ? error.message : `line ${items.length + 1}`;
      throw mynahError('weights-corrupt', { file, reason });
    }
  };
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of readBlob(storage, blob, file)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  if (rest + decoder.decode() !== '') take(rest);
  return items;
}
