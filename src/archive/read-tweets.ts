/** Reads every tweet of an opened archive, in file order, in memory bounded by the tweets. */

import { MynahError, mynahError, toErrorData } from '../core/errors.ts';
import type { ImportProgress, ImportWarning } from '../protocol/calls.ts';
import { AccountBook } from './accounts.ts';
import { tweetsIn, usersIn } from './formats/element.ts';
import { ElementReader, JsonFault } from './json/element-reader.ts';
import { placeOf } from './json/fault.ts';
import { joinNotes, parseNote } from './formats/notes.ts';
import type { OpenedArchive } from './opening/open.ts';
import type { Account, OpenedUnit, TweetSource } from './opening/source.ts';
import { TableReader, TextColumnUnknown } from './formats/table.ts';
import { readText, textOf, UnknownEncoding } from './opening/text-chunks.ts';
import { LineReader } from './formats/text-lines.ts';
import type { Author, RawTweet } from './formats/tweet.ts';

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
 * One damaged element costs that element; a file with nothing but damage is no file of tweets.
 * Throws `archive-unreadable` (with the place, for a fault in JSON), `table-column-unknown`,
 * `out-of-memory` for more text than any account has, `cancelled`.
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
  readonly #opened: OpenedArchive;
  readonly #options: ReadOptions;
  readonly #book: AccountBook;
  readonly #tweets: RawTweet[] = [];
  readonly #warnings: ImportWarning[] = [];
  /** Index by id, to see what comes twice; null where nothing can. */
  readonly #seen: Map<string, number> | null;
  readonly #seenNotes = new Set<string>();
  #notes: RawTweet[] = [];
  #characters = 0;
  #damaged = 0;
  #repeated = 0;
  #bytesBefore = 0;

  constructor(opened: OpenedArchive, options: ReadOptions) {
    this.#opened = opened;
    this.#options = options;
    this.#book = new AccountBook(opened.units);
    const sources = opened.units.flatMap((unit) => unit.sources);
    this.#seen = sources.length > 1 ? new Map() : null;
  }

  async readUnit(unit: OpenedUnit): Promise<void> {
    const start = this.#tweets.length;
    const account = this.#book.ofUnit(unit);
    let firstDamage: { source: TweetSource; offset: number } | null = null;
    this.#warnings.push(...unit.warnings);
    this.#notes = [];
    for (const source of unit.sources) {
      const { count, damage } = await this.#readSource(source, unit, account);
      if (damage !== null) firstDamage ??= { source, offset: damage };
      if (source.expected !== null && source.expected !== count) {
        const { name: file, expected } = source;
        this.#warnings.push({ kind: 'count-mismatch', file, expected, found: count });
      }
      this.#bytesBefore += source.bytes;
    }
    // A note without its tweet is a tweet all the same.
    for (const note of joinNotes(this.#tweets, this.#notes)) this.#tweets.push(note);
    if (firstDamage && this.#tweets.length === start && this.#repeated === 0) {
      throw await this.#notTweets(firstDamage.source, firstDamage.offset);
    }
  }

  result(): ReadTweets {
    const { accounts } = this.#book;
    if (this.#repeated > 0) {
      this.#warnings.push({ kind: 'repeated-tweets', count: this.#repeated });
    }
    const used = new Set(this.#tweets.map(({ account }) => account));
    if (used.size === 0) used.add(0);
    const kept = accounts.flatMap((_, index) => (used.has(index) ? [index] : []));
    const tweets =
      kept.length === accounts.length
        ? this.#tweets
        : this.#tweets.map((tweet) => ({ ...tweet, account: kept.indexOf(tweet.account) }));
    return {
      files: [...new Set(this.#opened.units.flatMap(({ files }) => files))],
      accounts: accounts.filter((_, index) => used.has(index)),
      tweets,
      damaged: this.#damaged,
      warnings: this.#warnings,
    };
  }

  /** How many elements there were, and the offset of the first that is damaged. */
  async #readSource(
    source: TweetSource,
    unit: OpenedUnit,
    account: number,
  ): Promise<{ count: number; damage: number | null }> {
    let count = 0;
    let damage: number | null = null;
    const onDamage = (offset: number) => {
      count++;
      this.#damaged++;
      damage ??= offset;
    };
    const onTweet = (tweet: RawTweet, author: Author | null) => {
      const isKnown = author === null || unit.account !== null;
      this.#add(tweet, isKnown ? account : this.#book.ofAuthor(author, account));
    };
    const reader = this.#readerOf(source, {
      onDamage,
      onTweet: (tweet, author) => {
        count++;
        onTweet(tweet, author);
      },
      onValue: (value, offset) => {
        count++;
        if (tweetsIn(value, source.kind, onTweet)) return;
        count--;
        onDamage(offset);
      },
      onHolder: (holder) => this.#book.learn(usersIn(holder)),
      onNote: (note) => {
        count++;
        // Two archives of one account have it twice, and may have its tweet in the other one.
        const key = `${account} ${note.id} ${note.text}`;
        if (!this.#seenNotes.has(key)) this.#notes.push({ ...note, account });
        this.#seenNotes.add(key);
      },
    });
    try {
      for await (const { text, bytesRead } of readText(source.stream(), this.#options.signal)) {
        reader.push(text);
        this.#report(source, bytesRead);
      }
      reader.end();
    } catch (error) {
      if (error instanceof JsonFault) throw await this.#notTweets(source, damage ?? error.offset);
      throw readError(source, error);
    }
    return { count, damage };
  }

  #readerOf(source: TweetSource, on: Handlers): { push(text: string): void; end(): void } {
    if (source.format === 'lines')
      return new LineReader((tweet) => on.onTweet(tweet, null), on.onDamage);
    if (source.format === 'table') return new TableReader(source.textColumn, on);
    if (source.kind !== 'note') return new ElementReader(on);
    return new ElementReader({
      onDamage: on.onDamage,
      onValue: (value, offset) => {
        const note = parseNote(value);
        if (note === null) on.onDamage(offset);
        else on.onNote(note);
      },
    });
  }

  #add(tweet: RawTweet, account: number): void {
    if (tweet.kind === 'circle' && this.#options.withCircle !== true) return;
    if (this.#seen !== null && tweet.id !== null) {
      const index = this.#seen.get(tweet.id);
      const before = index === undefined ? undefined : this.#tweets[index];
      const isSame = before?.text === tweet.text || before?.kind === 'note';
      if (before !== undefined && isSame && before.account === account) {
        this.#repeated++;
        return;
      }
      this.#seen.set(tweet.id, this.#tweets.length);
    }
    this.#characters += tweet.text.length;
    this.#tweets.push(account === 0 ? tweet : { ...tweet, account });
    if (this.#tweets.length > MAX_TWEETS || this.#characters > MAX_CHARACTERS) {
      throw mynahError('out-of-memory', {});
    }
  }

  #report(source: TweetSource, bytesRead: number): void {
    const { bytesTotal } = this.#opened;
    this.#options.onProgress?.({
      phase: 'reading',
      file: source.name,
      bytesRead: Math.min(this.#bytesBefore + bytesRead, bytesTotal),
      bytesTotal,
      tweetsRead: this.#tweets.length,
    });
  }

  async #notTweets(source: TweetSource, offset: number): Promise<MynahError> {
    if (source.format !== 'json') {
      return mynahError('archive-unreadable', { file: source.name, reason: 'unknown-format' });
    }
    try {
      const chunks = textOf(readText(source.stream(), this.#options.signal));
      const place = await placeOf(chunks, offset);
      return mynahError('archive-unreadable', { file: source.name, reason: 'not-json', ...place });
    } catch (error) {
      return readError(source, error);
    }
  }
}

interface Handlers {
  onDamage(offset: number): void;
  onTweet(tweet: RawTweet, author: Author | null): void;
  onValue(value: unknown, offset: number): void;
  onHolder(holder: unknown): void;
  onNote(note: RawTweet): void;
}

/** What reading bytes can throw is ours already, or the file is gone or changed on disk. */
function readError(source: TweetSource, error: unknown): MynahError {
  const { name: file } = source;
  if (error instanceof TextColumnUnknown) {
    const { columns, names } = error;
    return mynahError('table-column-unknown', { file, columns, names }, error);
  }
  if (error instanceof UnknownEncoding) {
    return mynahError('archive-unreadable', { file, reason: 'encoding' }, error);
  }
  const data = toErrorData(error);
  if (data.code !== 'internal') return new MynahError(data, { cause: error });
  return mynahError('archive-unreadable', { file, reason: 'unreadable' }, error);
}
