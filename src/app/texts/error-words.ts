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

type Words = readonly [sentence: string, nextStep: string];

/** Words for each value of a field of an error's details, such as its reason, or what makes them of the details. */
export type WordsBy<F extends string, D extends { readonly [K in F]: string }> = {
  readonly [V in D[F]]: Words | ((details: D & { readonly [K in F]: V }) => Words);
};

/** What a table says of an error's details. */
export function wordsBy<F extends string, D extends { readonly [K in F]: string }>(
  field: F,
  table: WordsBy<F, D>,
): (details: D) => ErrorWords {
  return (details) => {
    // The entry for a value takes details with that value, which TypeScript doesn't follow.
    const said = table[details[field]] as Words | ((details: D) => Words);
    const [sentence, nextStep] = typeof said === 'function' ? said(details) : said;
    return { sentence, nextStep };
  };
}

/** Words for each value of a field, made of the details. */
export type PhrasesBy<F extends string, D extends { readonly [K in F]: string }> = {
  readonly [V in D[F]]: (details: D & { readonly [K in F]: V }) => string;
};

/** What a table of such words says of details. */
export function phraseBy<F extends string, D extends { readonly [K in F]: string }>(
  field: F,
  table: PhrasesBy<F, D>,
): (details: D) => string {
  // The entry for a value takes details with that value, which TypeScript doesn't follow.
  return (details) => (table[details[field]] as (details: D) => string)(details);
}

/** A platform's own words in brackets behind a sentence. */
export function inBrackets(detail: string | undefined): string {
  return detail ? ` (${detail})` : '';
}
