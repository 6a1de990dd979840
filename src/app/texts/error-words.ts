/** What a language says of errors: for each code, a sentence of what happened and one of what to do next. */
import type { ErrorCode, ErrorDetails } from '../../core/errors.ts';

export interface ErrorWords {
  readonly sentence: string;
  readonly nextStep: string;
}

/** The words for some codes; a code, or a reason of a code, without words doesn't compile. */
export type ErrorTable<C extends ErrorCode> = {
  readonly [K in C]: (details: ErrorDetails[K]) => ErrorWords;
};

/** A platform's own words, or the exact place of a fault, in brackets behind a sentence. */
export function inBrackets(detail: string | undefined): string {
  return detail ? ` (${detail})` : '';
}
