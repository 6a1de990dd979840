/** Opening: a new database, other tabs, refusals. */
import { describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { openDatabase, SCHEMA_VERSION } from '../../../src/storage/db.ts';
import { createRun, getRun, listRuns } from '../../../src/storage/runs.ts';
import { createStorage } from '../../../src/storage/storage.ts';
import { newRun } from '../../fixtures/new-run.ts';
import { onCleanup, openStorage, raw, requested, uniqueName } from './support.ts';

/** A later version of the page. */
const NEXT_VERSION = SCHEMA_VERSION + 1;

describe('opening', () => {
  it('makes a database of version 1, and finds what it has stored when it opens it again', async () => {
    const name = uniqueName();
    const storage = await createStorage({ name });
    await createRun(storage, newRun('r'));
    storage.dispose();
    expect(await getRun(await openStorage(name), 'r')).toMatchObject({ id: 'r' });
    expect(await raw(name, async (db) => db.version)).toBe(1);
  });

  it('refuses a database from a later version of the page', async () => {
    const name = uniqueName();
    (await openDatabase(name, NEXT_VERSION)).dispose();
    await expect(createStorage({ name })).rejects.toMatchObject({
      code: 'storage-blocked',
      data: { details: { reason: 'newer-version' } },
    });
  });
});

describe('another tab', () => {
  it('with the same version open is no obstacle', async () => {
    const name = uniqueName();
    const one = await openStorage(name);
    const two = await openStorage(name);
    await createRun(one, newRun('r'));
    expect(await getRun(two, 'r')).toMatchObject({ id: 'r' });
  });

  it('with a newer version gets the database; ours says so from then on', async () => {
    const name = uniqueName();
    const old = await openStorage(name);
    await createRun(old, newRun('r'));
    const newer = await openDatabase(name, NEXT_VERSION);
    onCleanup(() => newer.dispose());
    await expect(getRun(old, 'r')).rejects.toMatchObject({
      data: {
        code: 'storage-blocked',
        details: { reason: 'newer-version' },
      },
    });
    const count = await newer.transact('readonly', ['runs'], (tx) =>
      tx.objectStore('runs').count(),
    );
    expect(count).toBe(1);
  });

  it('that holds on to an older version blocks, and is waited for only for a while', async () => {
    const name = uniqueName();
    (await openDatabase(name)).dispose();
    const stubborn = await requested(indexedDB.open(name));
    onCleanup(() => stubborn.close());
    await expect(openDatabase(name, NEXT_VERSION, { blockedGraceMs: 50 })).rejects.toMatchObject({
      data: {
        code: 'storage-blocked',
        details: { reason: 'older-tab' },
      },
    });
    stubborn.close();
    // The late connection closes itself, so nothing blocks the one after.
    (await openDatabase(name, NEXT_VERSION)).dispose();
  });

  it('that lets go in time is waited for', async () => {
    const name = uniqueName();
    (await openDatabase(name)).dispose();
    const slow = await requested(indexedDB.open(name));
    slow.onversionchange = () => setTimeout(() => slow.close(), 200);
    (await openDatabase(name, NEXT_VERSION)).dispose();
  });
});

describe('closing', () => {
  it('lets a running transaction finish and refuses the next', async () => {
    const name = uniqueName();
    const storage = await openStorage(name);
    const running = createRun(storage, newRun('r'));
    storage.dispose();
    storage.dispose();
    await running;
    await expect(listRuns(storage)).rejects.toMatchObject({
      data: { code: 'storage-blocked', details: { reason: 'closed' } },
    });
    expect(await getRun(await openStorage(name), 'r')).toMatchObject({ id: 'r' });
  });

  it('a transaction whose work throws changes nothing, and the error is its own', async () => {
    const storage = await openStorage();
    const failing = storage.transact('readwrite', ['runs'], async (tx) => {
      await tx.objectStore('runs').put({ id: 'half' });
      throw new TypeError('in the middle');
    });
    await expect(failing).rejects.toThrow(new TypeError('in the middle'));
    const count = await storage.transact('readonly', ['runs'], (tx) =>
      tx.objectStore('runs').count(),
    );
    expect(count).toBe(0);
  });

  it('an aborted transaction is not taken for a cancelled call', async () => {
    const storage = await openStorage();
    const aborted = storage.transact('readwrite', ['runs'], async (tx) => {
      const putting = tx.objectStore('runs').put({ id: 'half' });
      tx.abort();
      await putting;
    });
    await expect(aborted).rejects.toMatchObject({
      data: { code: 'storage-blocked', details: { reason: 'failed' } },
    });
  });

  it('by the browser, when site data is cleared, is storage-blocked from then on', async () => {
    const storage = await openStorage();
    await createRun(storage, newRun('r'));
    const { origin } = location;
    await cdp().send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    const closed = { data: { code: 'storage-blocked', details: { reason: 'closed' } } };
    await expect
      .poll(() => listRuns(storage).catch((error: unknown) => error))
      .toMatchObject(closed);
  });
});
