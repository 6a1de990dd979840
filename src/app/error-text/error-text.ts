/**
 * The one table from an error's code and typed details to what the page says: a sentence, what to do
 * next, and the buttons that do it.
 *
 * It is typed by `ErrorDetails`, so a new code, or a new reason of a code, without a text doesn't
 * compile. A `detail` is only ever shown: nothing here looks into it.
 */
import type { ErrorCode, ErrorData, ErrorDetails } from '../../core/errors.ts';
import { ARCHIVE_TEXTS } from './archive-texts.ts';
import { DOWNLOAD_TEXTS } from './download-texts.ts';
import { ENGINE_TEXTS } from './engine-texts.ts';
import type { ErrorText, Texts } from './error-parts.ts';
import { outOfMemory } from './memory-texts.ts';
import { MODEL_TEXTS } from './model-texts.ts';
import { STORAGE_TEXTS } from './storage-texts.ts';
import { STORED_TEXTS } from './stored-texts.ts';

const TEXTS: Texts<ErrorCode> = {
  ...ARCHIVE_TEXTS,
  ...DOWNLOAD_TEXTS,
  ...ENGINE_TEXTS,
  ...MODEL_TEXTS,
  ...STORAGE_TEXTS,
  ...STORED_TEXTS,
  'out-of-memory': outOfMemory,
};

export function errorText(error: ErrorData): ErrorText {
  return textFor(error.code, error);
}

function textFor<C extends ErrorCode>(
  code: C,
  { details }: { readonly code: C; readonly details: ErrorDetails[C] },
): ErrorText {
  return TEXTS[code](details);
}
