/** Settings in the JSON files of a model: what is damaged or not supported there becomes an error that names it. */

import { mynahError } from '../core/errors.ts';
import { ParseError } from '../core/parse.ts';

/** What `parse` makes of a file. Its {@link ParseError} becomes `model-corrupt`, naming the setting. */
export function parseFile<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { path: part, expected: detail } = error;
    throw mynahError('model-corrupt', { file, reason: 'bad-setting', part, detail }, error);
  }
}

/** Throws `unsupported`. It gets the value shortened, and without the contents of objects. */
export function refuseSetting(file: string, name: string, value: unknown, expected: string): never {
  const found = typeof value === 'object' ? 'an object' : String(value).slice(0, 40);
  throw mynahError('unsupported', { file, what: 'setting', name, found, expected });
}
