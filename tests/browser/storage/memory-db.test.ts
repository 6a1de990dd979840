/** The database in memory does what IndexedDB does: the same transactions, at random, on both. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database, StoreName } from '../../../src/storage/database.ts';
import { openDatabase } from '../../../src/storage/db.ts';
import { createMemoryDatabase } from '../../../src/storage/memory-db.ts';
import { onCleanup, SEED, uniqueName } from './support.ts';

const stores: readonly StoreName[] = ['runs', 'checkpoints', 'chunks'];
const id = fc.constantFrom('a', 'B', 'b', 'é', 'blob-1');
const index = fc.constantFrom(0, 1, 2, 10);
const record = fc.record({ id, runId: id, bytes: fc.uint8Array({ maxLength: 3 }) });

const operation = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), record }),
  fc.record({ kind: fc.constant('add' as const), record }),
  fc.record({ kind: fc.constant('delete' as const), id }),
  fc.record({ kind: fc.constant('put chunk' as const), id, index, value: fc.nat() }),
  fc.record({ kind: fc.constant('delete chunks' as const), id, index }),
  fc.record({ kind: fc.constant('throw' as const) }),
  fc.record({ kind: fc.constant('abort' as const) }),
);

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** What a transaction of these operations gave, and everything that is in the database after it. */
async function outcome(database: Database, operations: readonly Operation[]): Promise<unknown> {
  const failure = await database
    .transact('readwrite', stores, async (tx) => {
      const checkpoints = tx.objectStore('checkpoints');
      const chunks = tx.objectStore('chunks');
      for (const step of operations) {
        if (step.kind === 'put') await checkpoints.put(step.record);
        else if (step.kind === 'add') await checkpoints.add(step.record);
        else if (step.kind === 'delete') await checkpoints.delete(step.id);
        else if (step.kind === 'put chunk') await chunks.put(step.value, [step.id, step.index]);
        else if (step.kind === 'delete chunks') {
          await chunks.delete({ from: [step.id, step.index], to: [step.id, Infinity] });
        } else if (step.kind === 'throw') throw new TypeError('in the middle');
        else {
          tx.abort();
          break;
        }
      }
      return null;
    })
    .catch((error: unknown) => (error instanceof Error ? error.name : String(error)));
  const contents = await database.transact('readonly', stores, async (tx) => {
    const checkpoints = tx.objectStore('checkpoints');
    const chunks = tx.objectStore('chunks');
    return {
      all: await checkpoints.getAll(),
      keys: await chunks.getAllKeys(),
      values: await chunks.getAll(),
      ofRun: await checkpoints.index('runId').getAllKeys('b'),
      one: await checkpoints.get('é'),
      none: await checkpoints.getKey('nobody'),
      count: await chunks.count({ from: ['b', 1], to: ['b', Infinity] }),
      total: await chunks.count(),
    };
  });
  return { failure, contents };
}

it(`gives what IndexedDB gives (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(operation, { maxLength: 8 }), { maxLength: 5 }),
      async (all) => {
        const real = await openDatabase(uniqueName());
        onCleanup(() => real.dispose());
        const memory = createMemoryDatabase();
        for (const operations of all) {
          expect(await outcome(memory, operations)).toEqual(await outcome(real, operations));
        }
      },
    ),
    { seed: SEED, numRuns: 60 },
  );
});

it('keeps a copy, gives copies out, and is closed for good', async () => {
  const database = createMemoryDatabase();
  const given = { id: 'r', points: [1] };
  await database.transact('readwrite', ['runs'], (tx) => tx.objectStore('runs').put(given));
  given.points.push(2);
  const read = () =>
    database.transact('readonly', ['runs'], (tx) => tx.objectStore('runs').get('r'));
  expect(await read()).toEqual({ id: 'r', points: [1] });
  expect(await read()).not.toBe(await read());
  database.dispose();
  await expect(read()).rejects.toMatchObject({ code: 'storage-blocked' });
});
