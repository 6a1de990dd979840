/**
 * The text of a piece of HTML, as Mastodon writes posts: paragraphs, line breaks, links, mentions.
 *
 * Without a DOM, which a worker doesn't have, and without trust: tags go, whatever they are, and
 * what comes out is only ever shown as text.
 */

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
};

/** Paragraphs are an empty line apart. Entities are decoded once. */
export function htmlToText(html: string): string {
  const text = html
    .replace(/<(script|style)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<\/p\s*>\s*(?=<p\b)/gi, '\n\n')
    .replace(/<br\b[^<>]*>\n?/gi, '\n')
    .replace(/<(?:[a-z!/?][^>]*)(?:>|$)/gi, '');
  return decodeEntities(text).trim();
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,8}));/g, (whole, ...found) => {
    const [decimal, hex, name] = found as (string | undefined)[];
    if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? whole) : whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : '\ufffd';
  });
}
