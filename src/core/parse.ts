/**
 * Small parsers for data that this page did not make a moment ago: what the disk returns, what a
 * file of somebody else's says. `unknown` goes in, and a typed value comes out, or a
 * {@link ParseError} that says where. Whoever knows what the data are turns that into an error with
 * a code: `storage/parse.ts` for what is stored here, each reader of foreign files for its own.
 */

import type { Expected, Fault } from './faults.ts';

export type Parser<T> = (value: unknown, path: string) => T;

/** Holds a path and an expectation, never a value: values may be tweet text. */
export class ParseError extends Error {
  readonly fault: Fault;

  constructor(path: string, expected: Expected) {
    super(`${path}: expected ${JSON.stringify(expected)}`);
    this.name = 'ParseError';
    this.fault = { what: 'value', at: path, expected };
  }
}

export const parseString: Parser<string> = (value, path) => {
  if (typeof value !== 'string') throw new ParseError(path, { be: 'string' });
  return value;
};

/** A string that matches `pattern`, which must not be global because it would remember its place. */
export function stringMatching(pattern: RegExp): Parser<string> {
  return (value, path) => {
    const text = parseString(value, path);
    if (!pattern.test(text))
      throw new ParseError(path, { be: 'matching', pattern: pattern.source });
    return text;
  };
}

export const parseBoolean: Parser<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new ParseError(path, { be: 'boolean' });
  return value;
};

/** Any number, NaN and infinities included: a strange measurement must not make a run unreadable. */
export const parseNumber: Parser<number> = (value, path) => {
  if (typeof value !== 'number') throw new ParseError(path, { be: 'number' });
  return value;
};

/** A finite number from `min` to `max`, both included. */
export function numberFrom(min: number, max: number | null = null): Parser<number> {
  return (value, path) => {
    if (typeof value !== 'number' || !(value >= min && value <= (max ?? Number.MAX_VALUE))) {
      throw new ParseError(path, { be: 'number-from', min, max });
    }
    return value;
  };
}

/** A whole number from `min` to `max`, both included. */
export function integerFrom(min: number, max: number | null = null): Parser<number> {
  return (value, path) => {
    const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
    if (!isWhole || value < min || value > (max ?? Number.MAX_SAFE_INTEGER)) {
      throw new ParseError(path, { be: 'integer-from', min, max });
    }
    return value;
  };
}

/** A count, a size or an offset. */
export const parseCount: Parser<number> = integerFrom(0);

/** An object, not an array, whose content belongs to someone else. */
export const parseOpaqueObject: Parser<object> = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ParseError(path, { be: 'object' });
  }
  return value;
};

export function oneOf<const T extends string>(...choices: readonly T[]): Parser<T> {
  return (value, path) => {
    const choice = choices.find((c) => c === value);
    if (choice === undefined) throw new ParseError(path, { be: 'one-of', values: choices });
    return choice;
  };
}

export function nullable<T>(parse: Parser<T>): Parser<T | null> {
  return (value, path) => (value === null ? null : parse(value, path));
}

export function optional<T>(parse: Parser<T>): Parser<T | undefined> {
  return (value, path) => (value === undefined ? undefined : parse(value, path));
}

/** Whatever `parse` refuses becomes `fallback`: for data of which a part may be useless. */
export function otherwise<T, F>(parse: Parser<T>, fallback: F): Parser<T | F> {
  return (value, path) => {
    try {
      return parse(value, path);
    } catch (error) {
      if (error instanceof ParseError) return fallback;
      throw error;
    }
  };
}

export function arrayOf<T>(parse: Parser<T>): Parser<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ParseError(path, { be: 'array' });
    return value.map((item, i) => parse(item, `${path}[${i}]`));
  };
}

export function recordOf<T>(parse: Parser<T>): Parser<Readonly<Record<string, T>>> {
  return (value, path) => {
    const entries = Object.entries(parseOpaqueObject(value, path));
    return Object.fromEntries(entries.map(([key, item]) => [key, parse(item, `${path}.${key}`)]));
  };
}

/** The fields of `shape` and no others. */
export function objectOf<T extends object>(
  shape: {
    readonly [K in keyof T]-?: Parser<T[K]>;
  },
): Parser<T> {
  const keys = Object.keys(shape) as (keyof T & string)[];
  return (value, path) => {
    const source: Readonly<Record<string, unknown>> = { ...parseOpaqueObject(value, path) };
    const target: Partial<T> = {};
    for (const key of keys) {
      const field = shape[key](source[key], path === '' ? key : `${path}.${key}`);
      if (field !== undefined || key in source) target[key] = field;
    }
    // Every key of the shape has been parsed; only TypeScript's view of the loop is partial.
    return target as T;
  };
}
