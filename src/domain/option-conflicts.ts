/** What the user has set of a training that can't be done together, or not with the model. */

import type { RecipeOverrides } from './training-options.ts';

/** A block isn't cut shorter than this. */
export const MIN_BLOCK = 16;
/** As long as blocks are where the user sets nothing, or as the model allows. */
export const USUAL_BLOCK = 128;

export type OptionConflict =
  /** The model reads fewer tokens at once. */
  | { readonly option: 'blockLength'; readonly reason: 'context'; readonly most: number }
  /** A block is longer than a step. */
  | { readonly option: 'blockLength'; readonly reason: 'step'; readonly most: number }
  /** A step isn't a whole number of blocks. The nearest that are: `below` may be 0. */
  | {
      readonly option: 'tokensPerStep';
      readonly reason: 'blocks';
      readonly below: number;
      readonly above: number;
    };

/**
 * The first thing that can't be as it is set; null if all can.
 *
 * @param context The most tokens that the model reads at once.
 */
export function conflictOf(
  { blockLength, tokensPerStep }: RecipeOverrides,
  context: number,
): OptionConflict | null {
  if (blockLength !== undefined && blockLength > context) {
    return { option: 'blockLength', reason: 'context', most: context };
  }
  if (tokensPerStep === undefined) return null;
  if (blockLength !== undefined && blockLength > tokensPerStep) {
    return { option: 'blockLength', reason: 'step', most: tokensPerStep };
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

/** The largest divisor of a positive integer that is at most `most`. */
export function divisorUpTo(of: number, most: number): number {
  for (let divisor = Math.min(of, most); divisor > 1; divisor--) {
    if (of % divisor === 0) return divisor;
  }
  return 1;
}
