/** Probabilities of tokens, as people read them. */
import type { CertaintyPiece } from '../../protocol/certainty.ts';

/** In bits: −log₂ p. The toss of a coin has one. */
export function surpriseOf(probability: number): number {
  return -Math.log2(Math.max(probability, Number.MIN_VALUE));
}

/** The probabilities at which the five levels of surprise end, from likely to rare. */
const LEVELS = [1 / 2, 1 / 10, 1 / 100, 1 / 1000] as const;

/** 0 for what is likelier than not, 4 for what comes up once in a thousand times at most. */
export function levelOf(probability: number): number {
  return LEVELS.filter((bound) => probability < bound).length;
}

/** The probability of all tokens of a piece, each after those before it. */
export function probabilityOf({ steps }: CertaintyPiece): number {
  return steps.reduce((product, { probability }) => product * probability, 1);
}

/** The perplexity of the tokens: the bot was as uncertain as among this many equally likely ones. Null without any. */
export function perplexityOf(pieces: readonly CertaintyPiece[]): number | null {
  const steps = pieces.flatMap((piece) => piece.steps);
  if (steps.length === 0) return null;
  const bits = steps.reduce((sum, { probability }) => sum + surpriseOf(probability), 0);
  return 2 ** (bits / steps.length);
}

/** How many of the pieces are in the start that the user gave: none if the text doesn't begin with it. */
export function piecesOfPrompt(pieces: readonly CertaintyPiece[], prompt: string): number {
  const start = prompt.trim();
  let text = '';
  let count = 0;
  for (const piece of pieces) {
    if (text.length + piece.text.length > start.length) break;
    text += piece.text;
    count += 1;
  }
  return start.startsWith(text) ? count : 0;
}
