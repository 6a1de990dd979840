/**
 * Finds out in which form the texts of a file are: HTML or plain text, and with `&`, `<` and `>`
 * escaped, as in Twitter's API, or not.
 *
 * Neither the extension of the file nor the name of a column tells this, because some tools
 * unescape the texts and others don't. So the first tweets of a file are kept back until there are
 * enough of them to decide, or the file ends.
 */

import { decodeEntities, htmlToText } from './html-text.ts';
import type { TweetHandler } from './tweet-handler.ts';
import type { Author } from './author.ts';
import type { FoundTweet, RawTweet } from './tweet.ts';

/** Receives what a file contains, with every text in a known form. */
export interface TweetSink extends Omit<TweetHandler, 'onTweet' | 'onArchive'> {
  onTweet(tweet: RawTweet, author: Author | null): void;
}

const MAX_HELD = 1_000;

const ENTITY = /&(?:amp|lt|gt|quot|#39);/;
/** Any entity but the five that Twitter writes, which are decoded when a text is cleaned. */
const OTHER_ENTITY = /&(?!(?:amp|lt|gt|quot|#39);)(?:#\d{2,7}|#x[\da-f]{2,6}|[a-z]{2,8});/i;
/** Characters that an escaped text can't contain. */
const UNESCAPED = /[<>]|&(?!#?\w{1,8};)/;
const BLOCK = 'p|div|ul|ol|blockquote|pre|h[1-6]';
/** A text that is HTML from its first character to its last. */
const HTML = new RegExp(`^\\s*<(${BLOCK})\\b[^<>]*>[^]*</(?:${BLOCK})\\s*>\\s*$`, 'i');
const TAGS = /<\/(?:p|a|span|div|b|i|em|strong|li|blockquote)\s*>|<br\s*\/?>/i;

export class TextForm implements TweetHandler {
  private readonly sink: TweetSink;
  private held: FoundTweet[] | null = [];
  private isArchive = false;
  private isHtml = false;
  private isEscaped = true;
  /** The author of most of the tweets that were kept back. */
  private mainAuthor: Author | null = null;

  /** Users that were named while tweets were kept back. */
  private readonly users = new Map<string, Author>();

  readonly onNote: TweetSink['onNote'];
  readonly onOther: TweetSink['onOther'];
  readonly onUnknown: TweetSink['onUnknown'];
  readonly onDamage: TweetSink['onDamage'];
  readonly onAccount: TweetSink['onAccount'];

  constructor(sink: TweetSink) {
    this.sink = sink;
    this.onNote = (note) => sink.onNote(note);
    this.onOther = () => sink.onOther();
    this.onUnknown = (offset) => sink.onUnknown(offset);
    this.onDamage = (offset) => sink.onDamage(offset);
    this.onAccount = (author) => sink.onAccount(author);
  }

  onTweet(found: FoundTweet): void {
    if (this.held === null) this.handOn(found);
    else if (this.held.push(found) === MAX_HELD) this.decide();
  }

  /** The receiver needs the names after the tweets that they belong to. */
  onUsers(users: ReadonlyMap<string, Author>): void {
    if (this.held === null) this.sink.onUsers(users);
    else for (const [id, user] of users) this.users.set(id, user);
  }

  /** The texts of an archive are plain and escaped, so nothing has to be kept back. */
  onArchive(): void {
    if (this.held?.length !== 0) return;
    this.held = null;
    this.isArchive = true;
  }

  end(): void {
    this.decide();
  }

  private decide(): void {
    const held = this.held ?? [];
    this.held = null;
    const texts = held.filter(({ isFormKnown }) => !isFormKnown).map(({ tweet }) => tweet.text);
    const all = texts.filter((text) => text.trim() !== '').length;
    const html = texts.filter((text) => HTML.test(text) || TAGS.test(text)).length;
    this.isHtml = html > 0 && html >= all / 2;
    const plain = texts.filter((text) => !HTML.test(text));
    const escaped = plain.filter((text) => ENTITY.test(text) && !UNESCAPED.test(text)).length;
    const unescaped = plain.filter((text) => UNESCAPED.test(text)).length;
    this.isEscaped = escaped >= unescaped;
    this.mainAuthor = mainAuthorOf(held);
    for (const found of held) this.handOn(found);
    if (this.users.size > 0) this.sink.onUsers(this.users);
    this.users.clear();
  }

  private handOn({ tweet, author, isFormKnown }: FoundTweet): void {
    // For a retweet, only the author of the original may be known.
    const by = author ?? (tweet.isRetweet ? this.mainAuthor : null);
    const isAsItIs = isFormKnown || this.isArchive;
    this.sink.onTweet(isAsItIs ? tweet : this.inItsForm(tweet), by);
  }

  private inItsForm(tweet: RawTweet): RawTweet {
    const { text } = tweet;
    if (this.isHtml || (text.includes('<') && HTML.test(text))) {
      return { ...tweet, text: htmlToText(text), isEscaped: false };
    }
    if (this.isEscaped && !text.includes('<') && OTHER_ENTITY.test(text)) {
      return { ...tweet, text: decodeEntities(text), isEscaped: false };
    }
    return tweet.isEscaped === this.isEscaped ? tweet : { ...tweet, isEscaped: this.isEscaped };
  }
}

function mainAuthorOf(found: readonly FoundTweet[]): Author | null {
  const counts = new Map<string, { author: Author; count: number }>();
  for (const { author } of found) {
    if (author === null) continue;
    const key = author.id ?? author.username ?? '';
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { author, count: 1 });
    else known.count++;
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most?.author ?? null;
}
