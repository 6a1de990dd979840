/** Settings in the JSON files of a model: what is damaged or not supported there becomes an error that names it. */

import { mynahError } from '../core/errors.ts';
import { ParseError } from '../core/parse.ts';

/** What `parse` makes of a file. Its {@link ParseError} becomes `model-corrupt`, naming the setting. */
export function parseFile<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { fault } = error;
    throw mynahError('model-corrupt', { file, reason: 'malformed', fault }, error);
  }
}

/** Throws `unsupported`. It gets the value shortened, and without the contents of lists and objects. */
export function refuseSetting(file: string, name: string, value: unknown, expected: string): never {
  throw mynahError('unsupported', { file, what: 'setting', name, found: shown(value), expected });
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  return typeof value === 'object' && value !== null ? '{…}' : String(value).slice(0, 40);
}
