/**
 * The text of a piece of HTML as a browser shows it: with line breaks between blocks, with one
 * space for several blanks, with entities decoded once, and without hidden parts.
 *
 * htmlparser2 parses the tags, because a worker has no DOM. The result is only ever shown as text.
 * Two things differ from a browser on purpose. Mastodon hides the ends of a long link, but here the
 * link stays complete, so that it can be recognized as a link. And an emoji that is an image
 * becomes the character that it stands for.
 */

import { Parser } from 'htmlparser2';

/**
 * Elements that start a new line, and how many line breaks separate them from the text around them.
 */
const BLOCKS = new Map<string, number>([
  ...'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option pre search section summary table tbody tfoot thead tr ul'
    .split(' ')
    .map((name) => [name, 1] as const),
  ['p', 2],
]);
const HIDDEN = new Set(
  'area audio base canvas datalist head iframe link math meta noembed noframes noscript object param rp script select style svg template textarea title track video'.split(
    ' ',
  ),
);
const CELLS = new Set(['td', 'th']);
const BLANKS = /[\t\n\f\r ]+/g;

/** A plain text with the entities in it decoded once. */
export function decodeEntities(text: string): string {
  let decoded = '';
  const ontext = (data: string) => {
    decoded += data;
  };
  new Parser({ ontext }, { decodeEntities: true }).end(text);
  return decoded;
}

export function htmlToText(html: string): string {
  const text = new ShownText();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => text.open(name, attributes),
      onclosetag: (name) => text.close(name),
      ontext: (data) => text.add(data),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return text.whole();
}

/** Builds the visible text. What an element adds to it depends on the text before and after it. */
class ShownText {
  private text = '';
  /** How many line breaks to add before the next text, if there is any. */
  private breaks = 0;
  /** Whether to add a space before the next text, if it is on the same line. */
  private hasBlank = false;
  /** How many elements are open from the hidden one on; 0 outside of hidden elements. */
  private hidden = 0;
  private preformatted = 0;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.hidden > 0 || isHidden(name, attributes)) {
      this.hidden++;
      return;
    }
    if (name === 'pre') this.preformatted++;
    if (name === 'br') this.addLine();
    else if (name === 'img') this.addEmoji(attributes);
    else if (CELLS.has(name) && !this.isAtLineStart()) this.addText('\t');
    this.part(name);
  }

  close(name: string): void {
    if (this.hidden > 0) {
      this.hidden--;
      return;
    }
    if (name === 'pre') this.preformatted--;
    this.part(name);
  }

  add(data: string): void {
    if (this.hidden > 0) return;
    if (this.preformatted > 0) {
      // A line break right after the tag is not part of the text.
      const isFirst = this.isAtLineStart();
      this.addText(isFirst ? data.replace(/^\r?\n/, '') : data);
      return;
    }
    const collapsed = data.replace(BLANKS, ' ');
    const words = collapsed.replace(/^ | $/g, '');
    if (collapsed.startsWith(' ')) this.hasBlank = true;
    if (words === '') return;
    this.addText(words);
    this.hasBlank = collapsed.endsWith(' ') && collapsed !== ' ';
  }

  whole(): string {
    return this.text.trim();
  }

  private part(name: string): void {
    const breaks = BLOCKS.get(name) ?? 0;
    if (breaks === 0) return;
    this.breaks = Math.max(this.breaks, breaks);
    this.hasBlank = false;
  }

  private addLine(): void {
    this.flushBreaks();
    this.text += '\n';
    this.hasBlank = false;
  }

  private addEmoji({ alt, class: classes }: Readonly<Record<string, string>>): void {
    if (alt !== undefined && /\bemoji/.test(classes ?? '')) this.addText(alt);
  }

  private addText(text: string): void {
    this.flushBreaks();
    if (this.hasBlank && !this.isAtLineStart()) this.text += ' ';
    this.hasBlank = false;
    this.text += text;
  }

  /** Adds the line breaks that are due. A break from `<br>` counts as one of them. */
  private flushBreaks(): void {
    if (this.breaks > 0 && this.text !== '') {
      if (this.text.endsWith('\n')) this.text = this.text.slice(0, -1);
      this.text += '\n'.repeat(this.breaks);
    }
    this.breaks = 0;
  }

  private isAtLineStart(): boolean {
    return this.text === '' || this.breaks > 0 || this.text.endsWith('\n');
  }
}

function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const { style = '', class: classes = '', hidden } = attributes;
  return (
    HIDDEN.has(name) ||
    hidden !== undefined ||
    /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style) ||
    // A link to the quoted post, for servers that don't show quotes.
    /(?:^|\s)quote-inline(?:\s|$)/.test(classes)
  );
}
