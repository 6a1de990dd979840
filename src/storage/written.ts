/**
 * What bots have written, one record a tweet. The training text that a tweet copies is named by its place
 * in a snapshot and never stored here, so that deleting tweets deletes them everywhere.
 */
import {
  nullable,
  objectOf,
  oneOf,
  optional,
  parseBoolean,
  parseCount,
  parseNumber,
  parseString,
} from '../core/parse.ts';
import { mynahError } from '../core/errors.ts';
import { movedCopy, parseWritingSettings } from '../domain/writing.ts';
import type { WrittenEdit, WrittenTweet } from '../protocol/writing.ts';
import type { Storage } from './chunks.ts';
import type { KeyRange, Transaction } from './database.ts';
import { parseReadable } from './parse.ts';

/** A passage that is also in a training text: text number `document` of the snapshot. */
export interface StoredCopy {
  readonly start: number;
  readonly end: number;
  readonly isWhole: boolean;
  readonly snapshotId: string;
  readonly document: number;
}

export interface WrittenRecord extends Omit<WrittenTweet, 'copy'> {
  readonly copy?: StoredCopy | null | undefined;
}

const parseCopy = objectOf<StoredCopy>({
  start: parseCount,
  end: parseCount,
  isWhole: parseBoolean,
  snapshotId: parseString,
  document: parseCount,
});

const parseWritten = objectOf<WrittenRecord>({
  id: parseString,
  runId: parseString,
  createdAt: parseNumber,
  prompt: parseString,
  replyTo: optional(parseString),
  text: parseString,
  isEdited: parseBoolean,
  seed: parseCount,
  number: parseCount,
  settings: parseWritingSettings,
  copy: optional(nullable(parseCopy)),
  mark: oneOf('new', 'kept', 'dropped'),
  isPinned: parseBoolean,
});

/** The id of a tweet: sorted, those of a run are in the order of batches and, in them, of numbers. */
export function writtenId(runId: string, createdAt: number, number: number): string {
  return `${runId}/${String(createdAt).padStart(15, '0')}/${String(number).padStart(5, '0')}`;
}

/** The id of another try of a tweet, right after it and before the next one. */
export function retryId(id: string, createdAt: number): string {
  return `${id}/${String(createdAt).padStart(15, '0')}`;
}

function allOf(runId: string): KeyRange<string> {
  return { from: `${runId}/`, to: `${runId}/\uffff` };
}

/** Stores tweets, all or none. @throws `not-found` if the bot is gone, `storage-quota`, `storage-blocked`. */
export async function addWritten(
  storage: Storage,
  runId: string,
  tweets: readonly WrittenRecord[],
): Promise<void> {
  await storage.transact('readwrite', ['runs', 'written'], async (tx) => {
    // Nothing is left behind of a bot that was deleted while it wrote.
    const key = await tx.objectStore('runs').getKey(runId);
    if (key === undefined) throw mynahError('not-found', { what: 'run', id: runId });
    for (const tweet of tweets) await tx.objectStore('written').put(tweet);
  });
}

/** All that a bot has written and that reads back, the oldest first. */
export async function listWritten(storage: Storage, runId: string): Promise<WrittenRecord[]> {
  const raws = await storage.transact('readonly', ['written'], (tx) =>
    tx.objectStore('written').getAll(allOf(runId)),
  );
  return parseReadable(raws, parseWritten);
}

/**
 * Changes tweets, all or none, and returns them. Tweets that are gone or don't read back are passed over.
 *
 * @throws `storage-quota`, `storage-blocked`.
 */
export async function editWritten(
  storage: Storage,
  ids: readonly string[],
  edit: WrittenEdit,
): Promise<WrittenRecord[]> {
  return storage.transact('readwrite', ['written'], async (tx) => {
    const store = tx.objectStore('written');
    const edited: WrittenRecord[] = [];
    for (const id of ids) {
      const [tweet] = parseReadable([await store.get(id)], parseWritten);
      if (tweet === undefined) continue;
      const { text = tweet.text, mark = tweet.mark, isPinned = tweet.isPinned } = edit;
      const isEdited = tweet.isEdited || text !== tweet.text;
      const copy = movedCopy(tweet.copy, tweet.text, text);
      const changed: WrittenRecord = { ...tweet, text, mark, isPinned, isEdited, copy };
      await store.put(changed);
      edited.push(changed);
    }
    return edited;
  });
}

/** Deletes tweets for good. @throws `storage-blocked`. */
export async function deleteWritten(storage: Storage, ids: readonly string[]): Promise<void> {
  await storage.transact('readwrite', ['written'], async (tx) => {
    for (const id of ids) await tx.objectStore('written').delete(id);
  });
}

/** Deletes all that a bot has written. The transaction must include `written`. */
export async function deleteAllWritten(tx: Transaction<'readwrite'>, runId: string): Promise<void> {
  await tx.objectStore('written').delete(allOf(runId));
}
