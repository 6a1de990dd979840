/** Cuts a text into the pieces that its tokens stand for, so that each can be pointed at. */

import type { TextTokenizer } from '../tokenizer/tokenizer.ts';

export interface Piece {
  readonly text: string;
  /** The tokens of the piece: the number of the first, and how many. More than one make a single character together. */
  readonly first: number;
  readonly count: number;
}

/** Joined, the pieces are the text of the tokens. A token that is only a part of a character is with those it needs. */
export function piecesOf(tokenizer: Pick<TextTokenizer, 'decode'>, ids: Int32Array): Piece[] {
  const pieces: Piece[] = [];
  for (let first = 0, end = 1; end <= ids.length; end++) {
    const text = tokenizer.decode(ids.subarray(first, end));
    // U+FFFD stands for bytes that are no whole character yet.
    if ((text === '' || text.endsWith('\uFFFD')) && end < ids.length) continue;
    pieces.push({ text, first, count: end - first });
    first = end;
  }
  return pieces;
}
