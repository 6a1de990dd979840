/** Finds the fields of an object or a row of a table by the names in `domain/field-names.ts`. */

import { type FieldName, fieldsCalled } from '../../domain/field-names.ts';
import type { Fields } from './values.ts';

export interface NamedFields {
  /** All values of this field, beginning with the one under the most reliable name. */
  valuesOf(field: FieldName): readonly unknown[];
  /** The first value of this field for which `parse` doesn't return null. */
  first<T>(field: FieldName, parse: (value: unknown) => T | null): T | null;
  hasAny(field: FieldName, isIt: (value: unknown) => boolean): boolean;
}

/**
 * By field: the keys of an object or the columns of a table, beginning with the most reliable name.
 */
export type FieldIndex<Key> = ReadonlyMap<FieldName, readonly Key[]>;

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
  const index = new Map<FieldName, readonly Key[]>();
  for (const [field, keys] of found) {
    if (keys.length > 1) keys.sort((a, b) => a.rank - b.rank);
    index.set(
      field,
      keys.map(({ key }) => key),
    );
  }
  return index;
}

/** It creates no list of values if one value is enough, as it is used for every tweet. */
class IndexedFields<Key> implements NamedFields {
  private readonly index: FieldIndex<Key>;
  private readonly at: (key: Key) => unknown;

  constructor(index: FieldIndex<Key>, at: (key: Key) => unknown) {
    this.index = index;
    this.at = at;
  }

  valuesOf(field: FieldName): readonly unknown[] {
    return this.index.get(field)?.map(this.at) ?? NONE;
  }

  first<T>(field: FieldName, parse: (value: unknown) => T | null): T | null {
    const keys = this.index.get(field);
    if (keys === undefined) return null;
    for (const key of keys) {
      const parsed = parse(this.at(key));
      if (parsed !== null) return parsed;
    }
    return null;
  }

  hasAny(field: FieldName, isIt: (value: unknown) => boolean): boolean {
    return this.index.get(field)?.some((key) => isIt(this.at(key))) ?? false;
  }
}

const NONE: readonly never[] = [];

export function fieldsOfRecord(record: Fields): NamedFields {
  return new IndexedFields(indexOfKeys(Object.keys(record)), (key) => record[key]);
}

export function fieldsOfRow(index: FieldIndex<number>, row: readonly unknown[]): NamedFields {
  return new IndexedFields(index, (place) => row[place]);
}

/** The fields of one row of a table that is stored by columns. */
export function fieldsOfColumns(
  index: FieldIndex<string>,
  valueIn: (column: string) => unknown,
): NamedFields {
  return new IndexedFields(index, valueIn);
}

interface Shape {
  readonly keys: readonly string[];
  readonly index: FieldIndex<string>;
}

/** The many objects of a file have only a few different sets of keys. */
const MAX_SHAPES = 16;
const shapes: Shape[] = [];

function indexOfKeys(keys: readonly string[]): FieldIndex<string> {
  const place = shapes.findIndex((shape) => areSame(shape.keys, keys));
  const known = shapes[place];
  if (known !== undefined) {
    // It moves one place forward, so that the frequent ones are found at once.
    if (place > 0) shapes.splice(place - 1, 0, ...shapes.splice(place, 1));
    return known.index;
  }
  const index = indexFields(keys.map((key) => [key, key] as const));
  if (shapes.length === MAX_SHAPES) shapes.pop();
  shapes.push({ keys, index });
  return index;
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
