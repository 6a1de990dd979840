/**
 * What form the texts of a file have, told by the texts themselves: HTML or plain, and with the signs
 * `&`, `<` and `>` escaped, as Twitter's API gives them, or not.
 *
 * No extension and no column's name says it: one tool unescapes what another leaves as it came. So the
 * first tweets of a file are held until it can be told, which is at its end where it has few.
 */

import { htmlToText } from './html-text.ts';
import type { TweetHandler } from './tweet-handler.ts';
import type { Author, FoundTweet, RawTweet } from './tweet.ts';

/** What a reader of a file hands on, when nothing is left to be told. */
export interface TweetSink extends Omit<TweetHandler, 'onTweet' | 'onArchive'> {
  onTweet(tweet: RawTweet, author: Author | null): void;
}

const MAX_HELD = 1_000;

const ENTITY = /&(?:amp|lt|gt|quot|#39);/;
/** What can't be in a text that is escaped. */
const UNESCAPED = /[<>]|&(?!#?\w{1,8};)/;
const BLOCK = 'p|div|ul|ol|blockquote|pre|h[1-6]';
/** HTML from its first character to its last. */
const HTML = new RegExp(`^\\s*<(${BLOCK})\\b[^<>]*>[^]*</(?:${BLOCK})\\s*>\\s*$`, 'i');
const TAGS = /<\/(?:p|a|span|div|b|i|em|strong|li|blockquote)\s*>|<br\s*\/?>/i;

export class TextForm implements TweetHandler {
  private readonly sink: TweetSink;
  private held: FoundTweet[] | null = [];
  private isHtml = false;
  private isEscaped = true;
  /** Whoever wrote most of what was held. */
  private mainAuthor: Author | null = null;

  /** Named while tweets were held. */
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

  /** Names are of use once their tweets are known. */
  onUsers(users: ReadonlyMap<string, Author>): void {
    if (this.held === null) this.sink.onUsers(users);
    else for (const [id, user] of users) this.users.set(id, user);
  }

  /** Its texts are plain and escaped. */
  onArchive(): void {
    if (this.held?.length === 0) this.held = null;
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
    // Of what was retweeted, the author may be all that is known.
    const by = author ?? (tweet.isRetweet ? this.mainAuthor : null);
    this.sink.onTweet(isFormKnown ? tweet : this.inItsForm(tweet), by);
  }

  private inItsForm(tweet: RawTweet): RawTweet {
    const { text } = tweet;
    if (this.isHtml || (text.includes('<') && HTML.test(text))) {
      return { ...tweet, text: htmlToText(text), isEscaped: false };
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
