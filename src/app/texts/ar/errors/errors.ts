/** What the page says of each error, in Arabic. */
import type { ErrorCode } from '../../../../core/errors.ts';
import type { ErrorTable } from '../../error-words.ts';
import { archiveErrors } from './archive.ts';
import { downloadErrors } from './download.ts';
import { engineErrors } from './engine.ts';
import { outOfMemory } from './memory.ts';
import { modelErrors } from './model.ts';
import { storageErrors } from './storage.ts';
import { storedErrors } from './stored.ts';

export const errors: ErrorTable<ErrorCode> = {
  ...archiveErrors,
  ...downloadErrors,
  ...engineErrors,
  ...modelErrors,
  ...storageErrors,
  ...storedErrors,
  'out-of-memory': outOfMemory,
};
