/**
 * An archive's own list of contents, to check what was found against it.
 *
 * `manifest.js` is `window.__THAR_CONFIG = {…}`; until 2018 `tweet_index.js` listed the months.
 */

import { archiveFile } from '../../domain/archive-files.ts';
import { isRecord } from '../formats/values.ts';
import { names, readSmallJson } from './account-files.ts';
import type { AccountNames, ByteSource } from './source.ts';

export interface Manifest {
  /** By path, `data/tweets.js`, of files that may be of use; null where it doesn't say how many. */
  readonly counts: ReadonlyMap<string, number | null>;
  readonly account: AccountNames | null;
}

const MAX_PATH_LENGTH = 200;

/** Null when it can't be made sense of: then there is nothing to check against. */
export async function readManifest(source: ByteSource): Promise<Manifest | null> {
  const [value] = await readSmallJson(source);
  if (!isRecord(value)) return null;
  const counts = new Map<string, number | null>();
  for (const dataType of Object.values(isRecord(value.dataTypes) ? value.dataTypes : {})) {
    const files = isRecord(dataType) && Array.isArray(dataType.files) ? dataType.files : [];
    for (const file of files) {
      if (isRecord(file)) add(counts, file.fileName, file.count);
    }
  }
  const info = value.userInfo;
  return { counts, account: isRecord(info) ? names(info.userName, info.displayName) : null };
}

/** `var tweet_index = [ {"file_name": "data/js/tweets/2012_03.js", "tweet_count": 71, …}, … ]` */
export async function readOldIndex(source: ByteSource): Promise<Manifest> {
  const counts = new Map<string, number | null>();
  for (const month of await readSmallJson(source)) {
    if (isRecord(month)) add(counts, month.file_name, month.tweet_count);
  }
  return { counts, account: null };
}

function add(counts: Map<string, number | null>, path: unknown, count: unknown): void {
  if (typeof path !== 'string' || path.length > MAX_PATH_LENGTH) return;
  const place = archiveFile(path);
  if (place === null) return;
  const number = typeof count === 'string' ? Number(count) : count;
  const isCount = typeof number === 'number' && Number.isSafeInteger(number) && number >= 0;
  counts.set(place.path, isCount ? number : null);
}
