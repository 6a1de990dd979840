import { graphemesOf } from '../graphemes.ts';

/** Lines that fit, broken between words; a word that is too long is broken between characters. */
export function wrapped(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/(?<=\s)/u)) {
      if (fits((line + word).trimEnd())) {
        line += word;
        continue;
      }
      if (line !== '') lines.push(line.trimEnd());
      line = '';
      for (const grapheme of graphemesOf(word)) {
        if (line !== '' && !fits(line + grapheme)) {
          lines.push(line);
          line = '';
        }
        line += grapheme;
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}
