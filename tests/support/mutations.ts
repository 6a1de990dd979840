/** Damage done to plain data: one value at a time becomes one of another type, or goes missing. */
import fc from 'fast-check';

type Path = readonly (string | number)[];

export interface Damage {
  readonly path: Path;
  /** What stands there now; undefined where it is gone. */
  readonly value: unknown;
}

/** The places in a value. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

/** Something that can't stand in the place of `value`, whatever may be null. */
function otherThan(value: unknown): fc.Arbitrary<unknown> {
  const others: unknown[] = [Number.NaN, -1.5, 'text', true, [], {}, 10n, undefined];
  const isSameType = (other: unknown) =>
    typeof other === typeof value && Array.isArray(other) === Array.isArray(value);
  if (value === null) return fc.constantFrom(true, [], 10n, undefined);
  return fc.constantFrom(...others.filter((other) => !isSameType(other)));
}

/** One place of `valid` with something in it that doesn't belong there. */
export function damageTo(valid: unknown): fc.Arbitrary<Damage> {
  return fc
    .constantFrom(...pathsIn(valid))
    .chain((path) => otherThan(at(valid, path)).map((value) => ({ path, value })));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((found, key) => Reflect.get(Object(found), key), value);
}

/** A copy of `valid` with that damage. */
export function damagedCopy(valid: unknown, { path, value }: Damage): unknown {
  const [last] = path.slice(-1);
  if (last === undefined) return value;
  const copy: unknown = structuredClone(valid);
  const parent = Object(at(copy, path.slice(0, -1)));
  if (value === undefined && !Array.isArray(parent)) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}
