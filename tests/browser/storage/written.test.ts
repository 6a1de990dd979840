/** What bots wrote, in a real IndexedDB. */
import { describe, expect, it } from 'vitest';
import { createRun, deleteRun } from '../../../src/storage/runs.ts';
import {
  addWritten,
  deleteWritten,
  editWritten,
  listWritten,
  retryId,
  type WrittenRecord,
  writtenId,
} from '../../../src/storage/written.ts';
import { writtenTweet } from '../../fixtures/written-tweet.ts';
import { newRun } from '../../fixtures/new-run.ts';
import { openStorage, uniqueName } from './support.ts';

function record(runId: string, createdAt: number, number: number, text = 'a text'): WrittenRecord {
  const id = writtenId(runId, createdAt, number);
  return { ...writtenTweet({ id, runId, createdAt, number, text }), copy: null };
}

describe('written tweets', () => {
  it('are listed by bot, in the order of batches and numbers, and go with their bot', async () => {
    const storage = await openStorage(uniqueName());
    for (const id of ['a', 'a2']) await createRun(storage, newRun(id));
    const late = [record('a', 1000, 0), record('a', 1000, 10), record('a', 1000, 2)];
    await addWritten(storage, 'a', late);
    await addWritten(storage, 'a', [record('a', 999, 3)]);
    await addWritten(storage, 'a2', [record('a2', 1, 0)]);
    const again = { ...record('a', 2000, 0), id: retryId(writtenId('a', 1000, 2), 2000) };
    await addWritten(storage, 'a', [again]);
    const listed = await listWritten(storage, 'a');
    expect(listed.map(({ createdAt, number }) => [createdAt, number])).toEqual([
      [999, 3],
      [1000, 0],
      [1000, 2],
      [2000, 0],
      [1000, 10],
    ]);
    expect(listed[1]).toEqual(late[0]);
    await deleteRun(storage, 'a');
    expect(await listWritten(storage, 'a')).toEqual([]);
    expect(await listWritten(storage, 'a2')).toHaveLength(1);
  });

  it('of a bot that is gone are not stored', async () => {
    const storage = await openStorage(uniqueName());
    await expect(addWritten(storage, 'gone', [record('gone', 1, 0)])).rejects.toMatchObject({
      data: { code: 'not-found', details: { what: 'run', id: 'gone' } },
    });
    expect(await listWritten(storage, 'gone')).toEqual([]);
  });

  it('are edited; a copied passage moves with the text or is gone with it', async () => {
    const storage = await openStorage(uniqueName());
    await createRun(storage, newRun('a'));
    const copied = { start: 3, end: 9, isWhole: false, snapshotId: 's', document: 4 };
    const tweet = { ...record('a', 1, 0, 'so my copied words'), copy: copied };
    await addWritten(storage, 'a', [tweet, record('a', 1, 1)]);
    const edit = async (text: string) => (await editWritten(storage, [tweet.id], { text }))[0];
    expect(await edit('and so my copied words')).toMatchObject({
      isEdited: true,
      copy: { ...copied, start: 7, end: 13 },
    });
    expect((await edit('all new'))?.copy).toBeNull();
    const ids = [tweet.id, writtenId('a', 1, 1), writtenId('a', 1, 2)];
    const marked = await editWritten(storage, ids, { mark: 'kept', isPinned: true });
    expect(marked.map(({ mark, isPinned }) => [mark, isPinned])).toEqual([
      ['kept', true],
      ['kept', true],
    ]);
    expect(await listWritten(storage, 'a')).toEqual(marked);
    await deleteWritten(storage, [tweet.id]);
    expect(await listWritten(storage, 'a')).toEqual(marked.slice(1));
  });

  it('that don’t read back hide no other', async () => {
    const storage = await openStorage(uniqueName());
    await createRun(storage, newRun('a'));
    await addWritten(storage, 'a', [record('a', 1, 0)]);
    await storage.transact('readwrite', ['written'], async (tx) => {
      await tx.objectStore('written').put({ ...record('a', 1, 1), text: 7 });
    });
    expect(await listWritten(storage, 'a')).toHaveLength(1);
    expect(await editWritten(storage, [writtenId('a', 1, 1)], { mark: 'kept' })).toEqual([]);
  });
});
