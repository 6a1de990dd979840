import { graphemesOf } from '../graphemes.ts';

/** The parts of a written tweet, in their order. Together they are its whole text. */
interface MarkedParts {
  /** What the user gave it to begin with. */
  readonly prompt: string;
  readonly before: string;
  /** What was copied from a real tweet. */
  readonly copied: string;
  readonly after: string;
}

/**
 * Splits a written tweet for its card. No part begins or ends inside what a reader takes for one
 * character: one that was copied in part counts as copied, and one that the user began and the model
 * finished counts as the model's.
 */
export function markedParts(
  text: string,
  promptLength: number,
  copy: { readonly start: number; readonly end: number } | null | undefined,
): MarkedParts {
  let prompt = '';
  let before = '';
  let copied = '';
  let after = '';
  let start = 0;
  for (const grapheme of graphemesOf(text)) {
    const end = start + grapheme.length;
    if (end <= promptLength) prompt += grapheme;
    else if (!copy || end <= copy.start) before += grapheme;
    else if (start < copy.end) copied += grapheme;
    else after += grapheme;
    start = end;
  }
  return { prompt, before, copied, after };
}
