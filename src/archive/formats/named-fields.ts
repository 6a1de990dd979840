/** Finds the fields of an object or a row of a table by the names in `domain/field-names.ts`. */

import { type FieldName, fieldsCalled } from '../../domain/field-names.ts';
import type { Fields } from './values.ts';

export interface NamedFields {
  /** What is known without looking at the values. */
  readonly index: Pick<FieldIndex<unknown>, 'namesAuthor' | 'hasMarks'>;
  /** All values of this field, beginning with the one under the most reliable name. */
  valuesOf(field: FieldName): readonly unknown[];
  /** The first value of this field for which `parse` doesn't return null. */
  first<T>(field: FieldName, parse: (value: unknown) => T | null): T | null;
  hasAny(field: FieldName, isIt: (value: unknown) => boolean): boolean;
}

/** What a set of keys or columns has. It is worked out once for the many tweets that share it. */
export interface FieldIndex<Key> {
  /** By field: its keys or columns, beginning with the most reliable name. */
  readonly keys: ReadonlyMap<FieldName, readonly Key[]>;
  /** Whether a field says whose it is. */
  readonly namesAuthor: boolean;
  /** Whether a field may say that it is a retweet, a quote, a message, or not public. */
  readonly hasMarks: boolean;
}

const AUTHOR: readonly FieldName[] = ['author', 'authorId', 'username'];
const MARKS: readonly FieldName[] = [
  'isRetweet',
  'retweetOf',
  'retweet',
  'isQuote',
  'quoteOf',
  'quote',
  'sort',
  'visibility',
  'message',
];

export function indexFields<Key>(
  names: Iterable<readonly [key: Key, name: string]>,
): FieldIndex<Key> {
  const found = new Map<FieldName, { key: Key; rank: number }[]>();
  for (const [key, name] of names) {
    for (const { field, rank } of fieldsCalled(name)) {
      const others = found.get(field);
      if (others === undefined) found.set(field, [{ key, rank }]);
      else others.push({ key, rank });
    }
  }
  const keys = new Map<FieldName, readonly Key[]>();
  for (const [field, places] of found) {
    if (places.length > 1) places.sort((a, b) => a.rank - b.rank);
    keys.set(
      field,
      places.map(({ key }) => key),
    );
  }
  return indexOf(keys);
}

export function indexOf<Key>(keys: ReadonlyMap<FieldName, readonly Key[]>): FieldIndex<Key> {
  const hasOneOf = (fields: readonly FieldName[]) => fields.some((field) => keys.has(field));
  return { keys, namesAuthor: hasOneOf(AUTHOR), hasMarks: hasOneOf(MARKS) };
}

/** It creates no list of values if one value is enough, as it is used for every tweet. */
class IndexedFields<Key extends string | number> implements NamedFields {
  readonly index: FieldIndex<Key>;
  private readonly values: Readonly<Record<Key, unknown>>;

  constructor(index: FieldIndex<Key>, values: Readonly<Record<Key, unknown>>) {
    this.index = index;
    this.values = values;
  }

  valuesOf(field: FieldName): readonly unknown[] {
    return this.index.keys.get(field)?.map((key) => this.values[key]) ?? NONE;
  }

  first<T>(field: FieldName, parse: (value: unknown) => T | null): T | null {
    const keys = this.index.keys.get(field);
    if (keys === undefined) return null;
    for (const key of keys) {
      const parsed = parse(this.values[key]);
      if (parsed !== null) return parsed;
    }
    return null;
  }

  hasAny(field: FieldName, isIt: (value: unknown) => boolean): boolean {
    const keys = this.index.keys.get(field);
    if (keys === undefined) return false;
    for (const key of keys) if (isIt(this.values[key])) return true;
    return false;
  }
}

const NONE: readonly never[] = [];

export function fieldsOfRecord(record: Fields): NamedFields {
  return new IndexedFields(indexOfRecord(record), record);
}

export function fieldsOfRow(index: FieldIndex<number>, row: readonly unknown[]): NamedFields {
  return new IndexedFields(index, row);
}

interface Shape {
  readonly keys: readonly string[];
  readonly index: FieldIndex<string>;
}

/** The many objects of a file have only a few different sets of keys. */
const MAX_SHAPES = 16;
const shapes: Shape[] = [];

function indexOfRecord(record: Fields): FieldIndex<string> {
  let place = 0;
  while (place < shapes.length && !hasKeys(record, shapes[place]?.keys ?? [])) place++;
  const known = shapes[place];
  if (known !== undefined) {
    // It moves one place forward, so that the frequent ones are found at once.
    const before = shapes[place - 1];
    if (before !== undefined) {
      shapes[place - 1] = known;
      shapes[place] = before;
    }
    return known.index;
  }
  const keys = Object.keys(record);
  const index = indexFields(keys.map((key) => [key, key] as const));
  if (shapes.length === MAX_SHAPES) shapes.pop();
  shapes.push({ keys, index });
  return index;
}

/** Whether a record has exactly these keys in this order. A list of its keys would be garbage. */
function hasKeys(record: Fields, keys: readonly string[]): boolean {
  let count = 0;
  for (const key in record) {
    if (keys[count] !== key) return false;
    count++;
  }
  return count === keys.length;
}
