/**
 * What is wrong within something damaged, and where: codes and values, for which each language has words
 * (`app/texts/en/errors/faults.ts`). Values are names, paths and numbers of the format, never sentences, and never
 * what a tweet says.
 */

/** What a value in foreign data should be. */
export type Expected =
  | {
      readonly be:
        | 'string'
        | 'boolean'
        | 'number'
        | 'object'
        | 'array'
        /** What fits everything else that is said. */
        | 'fitting';
    }
  /** From `min` to `max`, both included; without an end if `max` is null. */
  | {
      readonly be: 'number-from' | 'integer-from';
      readonly min: number;
      readonly max: number | null;
    }
  | { readonly be: 'multiple'; readonly of: string }
  | { readonly be: 'one-of'; readonly values: readonly string[] }
  /** A text that a regular expression matches. */
  | { readonly be: 'matching'; readonly pattern: string };

/** `at` is a path such as `run.recipe.seed`, or the name of a tensor, a token or a file. */
export type Fault =
  | { readonly what: 'value'; readonly at: string; readonly expected: Expected }
  | {
      readonly what:
        | 'missing'
        | 'repeated'
        | 'wrong' // what is said of it contradicts itself or the rest
        | 'unreadable'
        | 'too-large';
      readonly at: string;
    }
  | {
      readonly what: 'instead';
      readonly at: string;
      readonly found: string;
      readonly expected: string;
    }
  /** More bytes than what is in the file needs. */
  | { readonly what: 'surplus' }
  /** The file isn't of the format, of which this is the name. */
  | { readonly what: 'other-format'; readonly format: string }
  /** A line of a text, counted from 1. */
  | { readonly what: 'line'; readonly line: number }
  /** A part of what is stored, counted from 1. */
  | {
      readonly what: 'part-missing' | 'part-changed';
      readonly part: number;
      readonly parts: number;
    };

/** A shape as it stands in faults: `[2, 3]`. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
