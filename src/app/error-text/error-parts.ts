/** What an error's text consists of. */
import type { ErrorCode, ErrorDetails } from '../../core/errors.ts';

/** What a button beside the error can do. Each place offers those that make sense there. */
export type ErrorAction =
  | 'choose-files'
  | 'try-sample'
  | 'try-again'
  | 'compute-automatically'
  | 'restart-engine'
  | 'reload-page'
  | 'show-library';

export interface ErrorText {
  readonly sentence: string;
  readonly nextStep: string;
  readonly actions: readonly ErrorAction[];
}

export const ACTION_LABELS: { readonly [A in ErrorAction]: string } = {
  'choose-files': 'Choose other files',
  'try-sample': 'Try the sample',
  'try-again': 'Try again',
  'compute-automatically': 'Choose automatically',
  'restart-engine': 'Restart the engine',
  'reload-page': 'Reload the page',
  'show-library': 'Go to your bots',
};

/** A platform's own words, or the exact place of a fault, in brackets behind a sentence. */
export function inBrackets(detail: string | undefined): string {
  return detail ? ` (${detail})` : '';
}

/** The texts of some codes; a code that is missing from every such table doesn't compile. */
export type Texts<C extends ErrorCode> = {
  readonly [K in C]: (details: ErrorDetails[K]) => ErrorText;
};
