/**
 * For all browser tests: each begins with an origin that stores nothing. Files share the browser's
 * profile and come in any order; what one leaves, of a test that failed as well, is no other's.
 */
import { beforeEach } from 'vitest';
import { deleteDatabase } from './storage/support.ts';

beforeEach(async () => {
  for (const { name } of await indexedDB.databases()) {
    if (name !== undefined) await deleteDatabase(name);
  }
});
