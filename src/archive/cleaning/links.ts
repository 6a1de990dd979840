/**
 * Removes links from a text, each with the space or line break beside it.
 *
 * For huggingtweets, a link is `http:` or `https:` and everything after it up to white space. That
 * would remove words together with the link in scripts without spaces, and in languages like Korean
 * that attach words to a link. So where such words follow a link directly, it ends as it does on
 * Twitter: its path consists of Latin and Cyrillic letters (that of `t.co` of Latin ones), and the
 * first letter of another script or East Asian punctuation mark ends it. Its host may be in any
 * script. A link that is followed by white space is removed exactly as the recipe does it.
 */

import { SPACE } from './words.ts';

/** Applied in this order, as in the recipe. The third never finds anything that the second has left. */
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

/** Removes links with a space after them. With the space in the pattern, `http:http:…` would take quadratic time. */
function withoutSpaced(link: string): (text: string) => string {
  const pattern = new RegExp(`${link}( ?)`, 'g');
  return (text) => text.replace(pattern, (found, space) => (space === '' ? found : ''));
}

/** Runs of spaces that this leaves are collapsed later. */
export function removeLinks(text: string): string {
  if (!text.includes('http')) return text;
  let rest = MAY_TOUCH.test(text) ? removeTouchingLinks(text) : text;
  for (const withoutLinks of WITHOUT_LINKS) rest = withoutLinks(rest);
  return rest;
}

export function hasLink(rawText: string): boolean {
  return /https?:\S/.test(rawText);
}

/** East Asian punctuation and kana, and the wide forms of other characters. */
const EAST_ASIAN = '[\\u3001-\\u30ff\\uff01-\\uffee]';
const letterUnlessOf = (scripts: string) =>
  `(?![${scripts}\\p{Script=Common}\\p{Script=Inherited}])[\\p{L}\\p{M}\\p{N}]`;
const AFTER_LINK = `(?:${letterUnlessOf('\\p{Script=Latin}\\p{Script=Cyrillic}')}|${EAST_ASIAN})`;
const AFTER_SHORT_LINK = `(?:${letterUnlessOf('\\p{Script=Latin}')}|${EAST_ASIAN})`;
/** Greek is the first of the scripts that end a link. This is quick to test. */
const MAY_TOUCH = /[\u0370-\uffff]/;

const LINK_START = /https?:/g;
const LETTERS = '[\\p{L}\\p{M}\\p{N}]+';
const LABEL = '[\\p{L}\\p{M}\\p{N}-]+';
const HOST = new RegExp(`//(?:${LABEL}\\.)+(?:[A-Za-z]{2,}|${LABEL})`, 'uy');
const SHORT_LINK = /\/\/t\.co\//y;
/** A part of a path that begins with such letters (`/wiki/日本語`) belongs to the link. */
const PATH = new RegExp(`(?:(?<=[/=#_-])${LETTERS}|(?!${AFTER_LINK})[^${SPACE}])*`, 'uy');
const SHORT_PATH = new RegExp(`(?:(?!${AFTER_SHORT_LINK})[^${SPACE}])*`, 'uy');
const RUN = new RegExp(`[^${SPACE}]*`, 'y');
/** What a link can end with if text follows it. A quotation mark or emoji after it belongs to the text. */
const LAST_OF_LINK = /[\p{L}\p{M}\p{N}/=_#+&%:-]/u;

/** Takes time proportional to the length of the text, however many links it contains. */
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
      // White space follows, so the recipe's own patterns remove it.
      kept.push(text.slice(from, runEnd));
      from = runEnd;
      continue;
    }
    while (end > bodyStart && !LAST_OF_LINK.test(characterBefore(text, end))) {
      end -= characterBefore(text, end).length;
    }
    // The recipe would also remove the space before it, but that may be all that separates two words.
    const isSpaced = start > from + 1 && /[ \n]/.test(text.charAt(start - 1));
    const touches = /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
    kept.push(text.slice(from, isSpaced && !touches ? start - 1 : start));
    from = end;
  }
}

/** Returns where the match of a sticky pattern at `place` ends, or `place` if there is none. */
function endOf(pattern: RegExp, text: string, place: number): number {
  pattern.lastIndex = place;
  return pattern.test(text) ? pattern.lastIndex : place;
}

function characterBefore(text: string, place: number): string {
  const isPair = place >= 2 && (text.codePointAt(place - 2) ?? 0) > 0xffff;
  return text.slice(place - (isPair ? 2 : 1), place);
}
