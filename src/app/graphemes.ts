/** What a reader takes for one character: a letter with its marks, a family of joined emoji. */

const segmenter =
  typeof Intl.Segmenter === 'function'
    ? new Intl.Segmenter('en', { granularity: 'grapheme' })
    : null;

/** Code points where the browser has no `Intl.Segmenter` (Firefox before version 125). */
export function graphemesOf(text: string): string[] {
  if (segmenter === null) return [...text];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
