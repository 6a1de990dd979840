/** Reads every tweet of an opened archive, in file order, in memory bounded by the tweets. */

import { mynahError } from '../core/errors.ts';
import type { ImportProgress, ImportWarning } from '../protocol/datasets.ts';
import { AccountBook } from './accounts.ts';
import { joinNotes } from './formats/notes.ts';
import type { Author } from './formats/author.ts';
import type { RawTweet } from './formats/tweet.ts';
import { type LeftFile, leftBy, mostTelling, warningOf } from './opening/left-files.ts';
import type { Account, OpenedArchive, OpenedUnit, TweetSource } from './opening/source.ts';
import { readSource } from './read-source.ts';
import { isSameTweet } from './same-tweet.ts';

/** The heaviest accounts have 170,000 tweets and 48 million characters. */
const MAX_TWEETS = 3_000_000;
const MAX_CHARACTERS = 256 * 1024 ** 2;

export interface ReadTweets {
  readonly files: readonly string[];
  /** Whose tweets they are: at least one, with nothing known of it where no file says. */
  readonly accounts: readonly Account[];
  /** In file order. */
  readonly tweets: readonly RawTweet[];
  /** Elements that were no tweets. */
  readonly damaged: number;
  /** What to tell the user, though all was read that is there. */
  readonly warnings: readonly ImportWarning[];
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called for every chunk: throttle it. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Whether those to followers only, which their source marks one by one, are wanted. */
  readonly withCircle?: boolean | undefined;
}

/**
 * A file that can't be read costs that file. If none gave tweets and one of them is to blame, throws
 * `archive-unreadable`, `archive-no-tweets` or `table-column-unknown`, for the file whose fault tells
 * the user most. Throws `out-of-memory` for more text than any account has; `cancelled`.
 */
export async function readTweets(
  opened: OpenedArchive,
  options: ReadOptions = {},
): Promise<ReadTweets> {
  const reading = new Reading(opened, options);
  for (const unit of opened.units) await reading.readUnit(unit);
  return reading.result();
}

class Reading {
  private readonly opened: OpenedArchive;
  private readonly options: ReadOptions;
  private readonly book: AccountBook;
  private readonly tweets: RawTweet[] = [];
  private readonly warnings: ImportWarning[] = [];
  private readonly left: LeftFile[];
  /** Sound files without any tweets: those that somebody made, and parts of an archive. */
  private readonly empty: LeftFile[] = [];
  private readonly emptyParts: LeftFile[] = [];
  /** Index by id, to see what comes twice. */
  private readonly seen = new Map<string, number>();
  private readonly notes = new Map<string, RawTweet>();
  private characters = 0;
  private damaged = 0;
  private repeated = 0;
  private bytesBefore = 0;

  constructor(opened: OpenedArchive, options: ReadOptions) {
    this.opened = opened;
    this.options = options;
    this.left = [...opened.left];
    this.book = new AccountBook(opened.units);
  }

  async readUnit(unit: OpenedUnit): Promise<void> {
    const account = this.book.ofUnit(unit);
    this.warnings.push(...unit.warnings);
    for (const source of unit.sources) {
      const before = { tweets: this.tweets.length, repeated: this.repeated };
      try {
        await this.readSource(source, unit, account);
      } catch (error) {
        this.left.push(leftBy(source.name, error));
        this.takeBack(before.tweets);
        this.repeated = before.repeated;
      }
      this.bytesBefore += source.bytes;
    }
  }

  result(): ReadTweets {
    // A note without its tweet is a tweet all the same.
    for (const note of joinNotes(this.tweets, [...this.notes.values()])) this.tweets.push(note);
    if (this.repeated > 0) {
      this.warnings.push({ kind: 'repeated-tweets', count: this.repeated });
    }
    // Where every file was sound, and empty, the caller says so.
    const blamed = this.left.some(({ why }) => why !== 'beside-archive' && why !== 'not-tweets')
      ? mostTelling([...this.left, ...this.empty, ...this.emptyParts])
      : undefined;
    if (this.tweets.length === 0 && blamed) throw blamed;
    // Of an archive's many parts some are often empty, and nobody wonders.
    const left = this.tweets.length === 0 ? null : warningOf([...this.left, ...this.empty]);
    if (left) this.warnings.push(left);
    const { accounts } = this.book;
    const used = new Set(this.tweets.map(({ account }) => account));
    if (used.size === 0) used.add(0);
    const kept = accounts.flatMap((_, index) => (used.has(index) ? [index] : []));
    const tweets =
      kept.length === accounts.length
        ? this.tweets
        : this.tweets.map((tweet) => ({ ...tweet, account: kept.indexOf(tweet.account) }));
    return {
      files: [...new Set(this.opened.units.flatMap(({ files }) => files))],
      accounts: accounts.filter((_, index) => used.has(index)),
      tweets,
      damaged: this.damaged,
      warnings: this.warnings,
    };
  }

  private async readSource(source: TweetSource, unit: OpenedUnit, account: number): Promise<void> {
    const namesAccount = unit.account !== null && unit.account.username !== null;
    let isEmpty = true;
    const { elements, damaged } = await readSource(
      source,
      {
        onTweet: (tweet, author) => {
          isEmpty = false;
          this.add(tweet, this.accountOf(author, namesAccount, account));
        },
        onNote: (note) => {
          isEmpty = false;
          // Two archives of one account have it twice, and may have its tweet in the other one.
          this.notes.set(`${account} ${note.id} ${note.text}`, { ...note, account });
        },
        onUsers: (users) => this.book.learn(users),
        onAccount: (author) => this.book.nameUnit(account, author),
        onProgress: (bytesRead) => this.report(source, bytesRead),
      },
      this.options.signal,
    );
    this.damaged += damaged;
    const { expected, name: file } = source;
    if (expected !== null && expected !== elements) {
      this.warnings.push({ kind: 'count-mismatch', file, expected, found: elements });
    }
    if (!isEmpty) return;
    const error = mynahError('archive-no-tweets', { file, reason: 'no-tweets' });
    (unit.account === null ? this.empty : this.emptyParts).push({ file, why: 'no-tweets', error });
  }

  private accountOf(author: Author | null, namesAccount: boolean, account: number): number {
    return author === null || namesAccount ? account : this.book.ofAuthor(author, account);
  }

  private add(tweet: RawTweet, account: number): void {
    if (tweet.kind === 'circle' && this.options.withCircle !== true) return;
    if (tweet.id !== null) {
      const before = this.tweets[this.seen.get(tweet.id) ?? -1];
      if (before && this.mayBeOne(before.account, account) && isSameTweet(before, tweet)) {
        this.repeated++;
        return;
      }
      this.seen.set(tweet.id, this.tweets.length);
    }
    this.characters += tweet.text.length;
    this.tweets.push(account === 0 ? tweet : { ...tweet, account });
    if (this.tweets.length > MAX_TWEETS || this.characters > MAX_CHARACTERS) {
      throw mynahError('out-of-memory', {});
    }
  }

  /** Whether two accounts may be the same: a file may not say whose it is. */
  private mayBeOne(a: number, b: number): boolean {
    if (a === b) return true;
    const { accounts } = this.book;
    return accounts[a]?.username === null || accounts[b]?.username === null;
  }

  /** The tweets of a file that turned out to be unreadable. */
  private takeBack(length: number): void {
    if (this.tweets.length === length) return;
    this.tweets.length = length;
    this.seen.clear();
    this.characters = 0;
    for (const [index, { id, text }] of this.tweets.entries()) {
      if (id !== null) this.seen.set(id, index);
      this.characters += text.length;
    }
  }

  private report(source: TweetSource, bytesRead: number): void {
    const { bytesTotal } = this.opened;
    this.options.onProgress?.({
      phase: 'reading',
      file: source.name,
      bytesRead: Math.min(this.bytesBefore + bytesRead, bytesTotal),
      bytesTotal,
      tweetsRead: this.tweets.length,
    });
  }
}
