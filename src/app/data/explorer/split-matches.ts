import { searchable } from '../../../domain/search-text.ts';
import { graphemesOf } from '../../graphemes.ts';

/**
 * Splits a text at every match of a query, letter case and forms of Unicode aside: even parts don't
 * match, odd ones do. A part never begins or ends inside what a reader takes for one character.
 */
export function splitMatches(text: string, query: string): readonly string[] {
  const wanted = searchable(query);
  if (wanted === '') return [text];
  const graphemes = graphemesOf(text);
  /** Where each grapheme begins in the searched text, which may be longer or shorter. */
  const starts: number[] = [];
  let searched = '';
  for (const grapheme of graphemes) {
    starts.push(searched.length);
    searched += searchable(grapheme);
  }
  starts.push(searched.length);
  const startOf = (grapheme: number) => starts[grapheme] ?? searched.length;
  const parts: string[] = [];
  const textOf = (from: number, to: number) => graphemes.slice(from, to).join('');
  let from = 0;
  for (;;) {
    const at = searched.indexOf(wanted, startOf(from));
    if (at === -1) break;
    let first = from;
    while (startOf(first + 1) <= at) first++;
    let end = first;
    while (startOf(end) < at + wanted.length) end++;
    parts.push(textOf(from, first), textOf(first, end));
    from = end;
  }
  parts.push(textOf(from, graphemes.length));
  return parts;
}
