/**
 * The gate for everything that is read back from storage. What an earlier crash, a damaged disk or a
 * curious user left there is foreign data like any other: it passes a parser, or it is reported as
 * `stored-data-damaged` with what it was.
 */
import {
  type MynahError,
  mynahError,
  type DamagedThing,
  type StoredThing,
} from '../core/errors.ts';
import type { Fault } from '../core/faults.ts';
import { ParseError, type Parser } from '../core/parse.ts';

export function damaged(thing: DamagedThing, fault: Fault, cause?: unknown): MynahError {
  return mynahError('stored-data-damaged', { ...thing, fault }, cause);
}

/** @throws `stored-data-damaged` when `raw` doesn't pass `parse`. */
export function parseStored<T>(thing: StoredThing, raw: unknown, parse: Parser<T>): T {
  try {
    return parse(raw, thing.what);
  } catch (error) {
    throw error instanceof ParseError ? damaged(thing, error.fault, error) : error;
  }
}

/** A record by its id: null when there is none. @throws `stored-data-damaged`. */
export function parseRecord<T>(thing: StoredThing, raw: unknown, parse: Parser<T>): T | null {
  return raw === undefined ? null : parseStored(thing, raw, parse);
}

/** The records that parse. One that doesn't is left out, so that it can't hide all the others. */
export function parseReadable<T>(raws: readonly unknown[], parse: Parser<T>): T[] {
  return raws.flatMap((raw) => {
    try {
      return [parse(raw, 'record')];
    } catch (error) {
      if (error instanceof ParseError) return [];
      throw error;
    }
  });
}
