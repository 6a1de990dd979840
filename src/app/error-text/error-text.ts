/**
 * From an error's code and typed details to what the page says: a sentence, what to do next, and the buttons that
 * do it.
 *
 * The words are those of the page's language (`texts/en/errors/`), by `ErrorDetails`, so a new code, or a new reason
 * of a code, without words doesn't compile. A `detail` is only ever shown: nothing looks into it.
 */
import type { ErrorCode, ErrorData, ErrorDetails } from '../../core/errors.ts';
import type { Keeping } from '../../protocol/engine.ts';
import { besideErrors } from '../texts/en/errors/beside.ts';
import { errors } from '../texts/en/errors/errors.ts';
import type { ErrorWords } from '../texts/error-words.ts';
import { messages } from '../texts/messages.ts';
import { ERROR_ACTIONS } from './error-actions.ts';
import type { ErrorAction, ErrorText } from './error-parts.ts';

const texts = messages('errors', errors);
const beside = messages('besideErrors', besideErrors);

export function errorText(error: ErrorData): ErrorText {
  return textFor(error.code, error);
}

function textFor<C extends ErrorCode>(
  code: C,
  { details }: { readonly code: C; readonly details: ErrorDetails[C] },
): ErrorText {
  return { ...texts[code](details), actions: ERROR_ACTIONS[code](details) };
}

/** What stands on the button. */
export function actionLabel(action: ErrorAction): string {
  return beside.actions[action];
}

/** Why the page keeps everything in memory only, and what can be done about it. */
export function notKeptText(error: NonNullable<Keeping['notKept']>): ErrorWords {
  return error.code === 'storage-blocked' ? errorText(error) : beside.noRoom;
}
