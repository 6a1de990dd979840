/** The fields of an object or of a table's row, found by the names in `domain/field-names.ts`. */

import { type FieldName, fieldsCalled } from '../../domain/field-names.ts';
import type { Fields } from './values.ts';

export interface NamedFields {
  /** All that stands under a name of this field, the one to trust most first. */
  valuesOf(field: FieldName): readonly unknown[];
}

/** Which keys of an object, or which columns of a table, are a field: the one to trust most first. */
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

export function fieldsOfRecord(record: Fields): NamedFields {
  const index = indexFields(Object.keys(record).map((key) => [key, key] as const));
  return { valuesOf: (field) => (index.get(field) ?? NONE).map((key) => record[key]) };
}

export function fieldsOfRow(index: FieldIndex<number>, row: readonly unknown[]): NamedFields {
  return { valuesOf: (field) => (index.get(field) ?? NONE).map((place) => row[place]) };
}

const NONE: readonly never[] = [];

/** The first value of a field that `parse` can make something of. */
export function firstOf<T>(
  fields: NamedFields,
  field: FieldName,
  parse: (value: unknown) => T | null,
): T | null {
  for (const value of fields.valuesOf(field)) {
    const parsed = parse(value);
    if (parsed !== null) return parsed;
  }
  return null;
}

export function hasAny(
  fields: NamedFields,
  field: FieldName,
  isIt: (value: unknown) => boolean,
): boolean {
  return fields.valuesOf(field).some(isIt);
}
