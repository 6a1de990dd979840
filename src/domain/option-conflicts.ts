/** Finds options that the user has set and that can't be used as they are: with each other, or with the model. */

import { type RecipeOverrides, TRAINING_OPTIONS } from './training-options.ts';

/** No block is made shorter than this. */
export const MIN_BLOCK = TRAINING_OPTIONS.blockLength.min;
/** The length of blocks if the user doesn't set it, and if the model's context isn't shorter. */
export const USUAL_BLOCK = 128;

export type OptionConflict =
  /** The model reads fewer tokens at once. */
  | { readonly option: 'blockLength'; readonly reason: 'context'; readonly max: number }
  /** A block is longer than a step. */
  | { readonly option: 'blockLength'; readonly reason: 'step'; readonly max: number }
  /** A step isn't a whole number of blocks. `below` and `above` are the nearest numbers that are; `below` may be 0. */
  | {
      readonly option: 'tokensPerStep';
      readonly reason: 'blocks';
      readonly below: number;
      readonly above: number;
    };

/**
 * The first option that can't be used as it is set; null if all can.
 *
 * @param context The maximum number of tokens that the model reads at once.
 */
export function conflictOf(
  { blockLength, tokensPerStep }: RecipeOverrides,
  context: number,
): OptionConflict | null {
  if (blockLength !== undefined && blockLength > context) {
    return { option: 'blockLength', reason: 'context', max: context };
  }
  if (tokensPerStep === undefined) return null;
  if (blockLength !== undefined && blockLength > tokensPerStep) {
    return { option: 'blockLength', reason: 'step', max: tokensPerStep };
  }
  const isWhole =
    blockLength === undefined
      ? divisorUpTo(tokensPerStep, Math.min(USUAL_BLOCK, context)) >= MIN_BLOCK
      : tokensPerStep % blockLength === 0;
  if (isWhole) return null;
  const unit = blockLength ?? MIN_BLOCK;
  const below = unit * Math.floor(tokensPerStep / unit);
  return { option: 'tokensPerStep', reason: 'blocks', below, above: below + unit };
}

/** The largest divisor of a positive integer that isn't larger than `max`. */
export function divisorUpTo(of: number, max: number): number {
  for (let divisor = Math.min(of, max); divisor > 1; divisor--) {
    if (of % divisor === 0) return divisor;
  }
  return 1;
}
