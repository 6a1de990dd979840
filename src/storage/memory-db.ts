/** A database in memory, for browsers that let the page keep nothing. It ends with the page. */
import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import {
  type Database,
  isRange,
  type Key,
  KEY_FIELDS,
  type KeyRange,
  type StoreName,
  type WriteStore,
} from './database.ts';

interface Row<K> {
  readonly key: K;
  readonly value: unknown;
}
/** Under the JSON of their keys, because arrays are equal only to themselves. */
type Rows<K> = Map<string, Row<K>>;

/** Transactions run one after the other, each on a copy of its stores, which replaces them at its end. */
export function createMemoryDatabase(): Database {
  const stores = new Map<StoreName, Rows<never>>();
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  return {
    transact(_mode, names, work) {
      const running = last.then(async () => {
        if (isClosed) throw mynahError('storage-blocked', { reason: 'closed' });
        const drafts = new Map(names.map((name) => [name, new Map(stores.get(name))]));
        let isAborted = false;
        const value = await work({
          objectStore: (name) =>
            openStore(must(drafts.get(name), 'a store of the transaction'), KEY_FIELDS[name]),
          abort: () => {
            isAborted = true;
          },
        });
        if (isAborted) throw mynahError('storage-blocked', { reason: 'failed' });
        for (const [name, rows] of drafts) stores.set(name, rows);
        return value;
      });
      last = running.catch(() => {});
      return running;
    },
    isClosed: () => isClosed,
    dispose: () => {
      isClosed = true;
    },
  };
}

/** Values are copied on their way in and out, as IndexedDB does. */
function openStore<K extends Key>(rows: Rows<K>, keyField: string | null): WriteStore<K> {
  const find = (key: K) => rows.get(JSON.stringify(key));
  const sorted = () => [...rows.values()].sort((a, b) => compareKeys(a.key, b.key));
  const within = ({ from, to }: KeyRange<K>) =>
    sorted().filter(({ key }) => compareKeys(from, key) <= 0 && compareKeys(key, to) <= 0);
  const put = async (value: unknown, key: K = keyIn(value, keyField)) => {
    rows.set(JSON.stringify(key), { key, value: structuredClone(value) });
  };
  return {
    get: async (key) => structuredClone(find(key)?.value),
    getKey: async (key) => find(key)?.key,
    getAll: async (range) =>
      (range === undefined ? sorted() : within(range)).map(({ value }) => structuredClone(value)),
    getAllKeys: async () => sorted().map(({ key }) => key),
    count: async (range) => (range === undefined ? rows.size : within(range).length),
    index: (field) => ({
      getAllKeys: async (wanted) =>
        sorted()
          .filter(({ value }) => fieldOf(value, field) === wanted)
          .map(({ key }) => key),
    }),
    put,
    async add(value) {
      if (find(keyIn(value, keyField)) !== undefined) {
        throw new DOMException('There is a record with this key', 'ConstraintError');
      }
      await put(value);
    },
    async delete(which) {
      const found = isRange(which) ? within(which).map(({ key }) => key) : [which];
      for (const key of found) rows.delete(JSON.stringify(key));
    },
  };
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}

function keyIn<K extends Key>(value: unknown, keyField: string | null): K {
  return fieldOf(value, must(keyField, 'a key with the value')) as K;
}

function compareKeys(a: Key, b: Key): number {
  const [one, other] = [[a].flat(), [b].flat()];
  for (const [i, part] of one.entries()) {
    const against = must(other[i], 'keys of one length');
    if (part !== against) return part < against ? -1 : 1;
  }
  return 0;
}
