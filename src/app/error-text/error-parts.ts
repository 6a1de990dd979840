/** What an error's text consists of. */
import type { ErrorWords } from '../texts/error-words.ts';

/** What a button beside the error can do. Each place offers those that make sense there. */
export type ErrorAction =
  | 'choose-files'
  | 'try-sample'
  | 'try-again'
  | 'compute-automatically'
  | 'restart-engine'
  | 'reload-page'
  | 'show-library';

export interface ErrorText extends ErrorWords {
  readonly actions: readonly ErrorAction[];
}
