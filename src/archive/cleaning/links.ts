/**
 * Taking links out of a text, with the space or the new line beside each.
 *
 * To huggingtweets a link is `http:` or `https:` and all behind it up to white space. Whoever writes
 * in a script without spaces, or in Korean, goes on right behind a link, so that such a link takes
 * words with it. So a link that touches such words is ended as Twitter ends it: its path has Latin and
 * Cyrillic letters, that of `t.co` Latin ones; the first letter of another script, or a punctuation
 * mark of East Asia, ends it. A host may be in any script. A link with white space behind it is taken
 * out exactly as the recipe does it.
 */

import { SPACE } from './words.ts';

/** In this order: what one leaves behind, the next may find. The third never does; it is theirs. */
const WITHOUT_LINKS = ['http:', 'https:'].flatMap((scheme) => {
  const link = `${scheme}[^${SPACE}]+`;
  return [
    without(` ${link}`),
    withoutSpaced(link),
    without(`\\n${link} `),
    without(`\\n${link}`),
    without(link),
  ];
});

function without(source: string): (text: string) => string {
  const pattern = new RegExp(source, 'g');
  return (text) => text.replace(pattern, '');
}

/** Each with the space behind it. Asked for in the pattern, `http:http:…` would take quadratic time. */
function withoutSpaced(link: string): (text: string) => string {
  const pattern = new RegExp(`${link}( ?)`, 'g');
  return (text) => text.replace(pattern, (found, space) => (space === '' ? found : ''));
}

/** Spaces beside the links are collapsed later, with all others. */
export function removeLinks(text: string): string {
  if (!text.includes('http')) return text;
  let rest = MAY_TOUCH.test(text) ? removeTouchingLinks(text) : text;
  for (const withoutLinks of WITHOUT_LINKS) rest = withoutLinks(rest);
  return rest;
}

export function hasLink(rawText: string): boolean {
  return /https?:\S/.test(rawText);
}

/** Punctuation and letters of Chinese, Japanese and Korean, and the wide forms of others. */
const EAST_ASIAN = '[\\u3001-\\u30ff\\uff01-\\uffee]';
const letterUnlessOf = (scripts: string) =>
  `(?![${scripts}\\p{Script=Common}\\p{Script=Inherited}])[\\p{L}\\p{M}\\p{N}]`;
const AFTER_LINK = `(?:${letterUnlessOf('\\p{Script=Latin}\\p{Script=Cyrillic}')}|${EAST_ASIAN})`;
const AFTER_SHORT_LINK = `(?:${letterUnlessOf('\\p{Script=Latin}')}|${EAST_ASIAN})`;
/** Greek is the first of those scripts. */
const MAY_TOUCH = /[\u0370-\uffff]/;

const LINK_START = /https?:/g;
const LETTERS = '[\\p{L}\\p{M}\\p{N}]+';
const LABEL = '[\\p{L}\\p{M}\\p{N}-]+';
const HOST = new RegExp(`//(?:${LABEL}\\.)+(?:[A-Za-z]{2,}|${LABEL})`, 'uy');
const SHORT_LINK = /\/\/t\.co\//y;
/** A part of a path that begins with such letters (`/wiki/日本語`) is the link's. */
const PATH = new RegExp(`(?:(?<=[/=#_-])${LETTERS}|(?!${AFTER_LINK})[^${SPACE}])*`, 'uy');
const SHORT_PATH = new RegExp(`(?:(?!${AFTER_SHORT_LINK})[^${SPACE}])*`, 'uy');
const RUN = new RegExp(`[^${SPACE}]*`, 'y');
/** What a link that touches text can end with; a quote mark or an emoji behind it is the text's. */
const LAST_OF_LINK = /[\p{L}\p{M}\p{N}/=_#+&%:-]/u;

/** In time that grows with the length of the text, however many links there are in it. */
function removeTouchingLinks(text: string): string {
  const kept: string[] = [];
  let from = 0;
  let runEnd = 0;
  for (;;) {
    LINK_START.lastIndex = from;
    const found = LINK_START.exec(text);
    if (found === null) return kept.join('') + text.slice(from);
    const start = found.index;
    const bodyStart = LINK_START.lastIndex;
    if (bodyStart > runEnd) runEnd = endOf(RUN, text, bodyStart);
    const isShort = endOf(SHORT_LINK, text, bodyStart) !== bodyStart;
    const pathStart = isShort ? bodyStart : endOf(HOST, text, bodyStart);
    let end = endOf(isShort ? SHORT_PATH : PATH, text, pathStart);
    if (end === bodyStart || end === runEnd) {
      // Nothing touches it: the recipe's own patterns take it out.
      kept.push(text.slice(from, runEnd));
      from = runEnd;
      continue;
    }
    while (end > bodyStart && !LAST_OF_LINK.test(characterBefore(text, end))) {
      end -= characterBefore(text, end).length;
    }
    // The recipe takes the space away as well; here it may be all that parts two words or links.
    const isSpaced = start > from + 1 && /[ \n]/.test(text.charAt(start - 1));
    const touches = /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
    kept.push(text.slice(from, isSpaced && !touches ? start - 1 : start));
    from = end;
  }
}

/** Where a sticky pattern ends that is tried at a place; the place itself where it doesn't match. */
function endOf(pattern: RegExp, text: string, place: number): number {
  pattern.lastIndex = place;
  return pattern.test(text) ? pattern.lastIndex : place;
}

function characterBefore(text: string, place: number): string {
  const isPair = place >= 2 && (text.codePointAt(place - 2) ?? 0) > 0xffff;
  return text.slice(place - (isPair ? 2 : 1), place);
}
