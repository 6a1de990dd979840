/**
 * The text of a piece of HTML as a browser shows it: blocks and lines apart, runs of blanks as one,
 * entities decoded once, what is hidden left out.
 *
 * htmlparser2 reads the tags: a worker has no DOM. What comes out is only ever shown as text. Two
 * things differ from a browser on purpose. A long link of Mastodon's is kept whole, although its page
 * hides the ends of it, so that it can be told to be a link; and an emoji that is a picture is kept as
 * the character it stands for.
 */

import { Parser } from 'htmlparser2';

/** Elements that stand on lines of their own, and how many line breaks part them from the rest. */
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

/** Puts together what is shown: what an element adds depends on what is before and behind it. */
class ShownText {
  private text = '';
  /** Line breaks that part what follows, if anything does, from what there is. */
  private breaks = 0;
  /** A blank that is shown if something follows in the same line. */
  private hasBlank = false;
  /** Elements open in something hidden, itself included. */
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
      // The line break right behind the tag is not part of it.
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

  /** Breaks that `<br>` has made already count. */
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
    // A link to the post quoted, for servers that show no quotes.
    /(?:^|\s)quote-inline(?:\s|$)/.test(classes)
  );
}
