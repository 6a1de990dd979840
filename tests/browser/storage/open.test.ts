/** Opening: upgrades from every version there ever was, other tabs, refusals. */
import { describe, expect, it, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { openDatabase, UPGRADES } from '../../../src/storage/db.ts';
import { createRun, getRun, listRuns } from '../../../src/storage/runs.ts';
import { createStorage } from '../../../src/storage/storage.ts';
import { newRun, onCleanup, openStorage, raw, requested, store, uniqueName } from './support.ts';

const byBrowser = 'the browser closed the database';

/** A later version of the page. */
const nextUpgrades: typeof UPGRADES = [
  ...UPGRADES,
  function addNothing(db) {
    expect([...db.objectStoreNames]).toContain('chunks');
  },
];

/** Version 1 as it was first published; stays as it is when versions follow. */
async function createVersion1(name: string): Promise<void> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    const db = request.result;
    for (const each of ['models', 'datasets', 'runs']) {
      db.createObjectStore(each, { keyPath: 'id' });
    }
    db.createObjectStore('checkpoints', { keyPath: 'id' }).createIndex('runId', 'runId');
    db.createObjectStore('chunks');
  };
  (await requested(request)).close();
}

describe('opening', () => {
  it('takes over a version 1 with its records', async () => {
    const name = uniqueName();
    await createVersion1(name);
    const record = { ...newRun('old'), updatedAt: 1, checkpointId: null, checkpointBytes: 0 };
    await raw(name, (db) => requested(store(db, 'runs').put(record)));
    const storage = await openStorage(name);
    // What later versions added is there, as of a run that has none of it.
    const added = { snapshotId: null, best: null, history: [], writesWith: null, emoji: null };
    expect(await getRun(storage, 'old')).toEqual({ ...record, ...added, deletedAt: null });
    await createRun(storage, newRun('new'));
    expect(await listRuns(storage)).toHaveLength(2);
  });

  it('makes the same stores and indexes as version 1 has', async () => {
    const [ours, published] = [uniqueName(), uniqueName()];
    (await openDatabase(ours, UPGRADES.slice(0, 1))).dispose();
    await createVersion1(published);
    const schema = (name: string) =>
      raw(name, async (db) =>
        [...db.objectStoreNames].map((each) => {
          const { keyPath, autoIncrement, indexNames } = store(db, each);
          return { each, keyPath, autoIncrement, indexes: [...indexNames] };
        }),
      );
    expect(await schema(ours)).toEqual(await schema(published));
  });

  it('runs only the upgrades that are missing', async () => {
    const name = uniqueName();
    (await openDatabase(name, UPGRADES.slice(0, 1))).dispose();
    const steps: string[] = [];
    const logged: typeof UPGRADES = [
      () => steps.push('to 1'),
      () => steps.push('to 2'),
      () => steps.push('to 3'),
    ];
    (await openDatabase(name, logged)).dispose();
    expect(steps).toEqual(['to 2', 'to 3']);
    expect(await raw(name, async (db) => db.version)).toBe(3);
  });

  it('an upgrade that fails leaves the old version as it was', async () => {
    const name = uniqueName();
    (await openDatabase(name)).dispose();
    const failing: typeof UPGRADES = [
      ...UPGRADES,
      (db) => {
        db.deleteObjectStore('runs');
        db.createObjectStore('chunks');
      },
    ];
    await expect(openDatabase(name, failing)).rejects.toMatchObject({
      name: 'ConstraintError',
    });
    const { version, names } = await raw(name, async (db) => ({
      version: db.version,
      names: [...db.objectStoreNames],
    }));
    expect(version).toBe(UPGRADES.length);
    expect(names).toContain('runs');
  });

  it('refuses a database from a later version of the page', async () => {
    const name = uniqueName();
    (await openDatabase(name, nextUpgrades)).dispose();
    await expect(createStorage({ name })).rejects.toMatchObject({
      code: 'storage-blocked',
      data: { details: { reason: expect.stringContaining('VersionError') } },
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
    const newer = await openDatabase(name, nextUpgrades);
    onCleanup(() => newer.dispose());
    await expect(getRun(old, 'r')).rejects.toMatchObject({
      data: {
        code: 'storage-blocked',
        details: { reason: 'a newer version was opened in another tab' },
      },
    });
    const count = await newer.transact('readonly', ['runs'], (tx) =>
      tx.objectStore('runs').count(),
    );
    expect(count).toBe(1);
  });

  it('that holds on to an older version blocks, and is waited for only so long', async () => {
    const name = uniqueName();
    (await openDatabase(name)).dispose();
    const stubborn = await requested(indexedDB.open(name));
    onCleanup(() => stubborn.close());
    await expect(openDatabase(name, nextUpgrades, 50)).rejects.toMatchObject({
      data: {
        code: 'storage-blocked',
        details: { reason: 'another tab has an older version open' },
      },
    });
    stubborn.close();
    // The late connection closes itself, so nothing blocks the one after.
    (await openDatabase(name, nextUpgrades)).dispose();
  });

  it('that lets go in time is waited for', async () => {
    const name = uniqueName();
    (await openDatabase(name)).dispose();
    const slow = await requested(indexedDB.open(name));
    slow.onversionchange = () => setTimeout(() => slow.close(), 200);
    (await openDatabase(name, nextUpgrades)).dispose();
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
    await expect(aborted).rejects.toMatchObject({ code: 'storage-blocked' });
  });

  it('by the browser, when site data is cleared, is storage-blocked from then on', async () => {
    const storage = await openStorage();
    await createRun(storage, newRun('r'));
    const { origin } = location;
    await cdp().send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    const closed = { data: { code: 'storage-blocked', details: { reason: byBrowser } } };
    await vi.waitFor(() => expect(listRuns(storage)).rejects.toMatchObject(closed), {
      timeout: 30_000,
    });
  });
});
