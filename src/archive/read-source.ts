/** Reads one file of tweets, whatever its format, and hands on what it finds. */

import { MynahError, mynahError, toErrorData } from '../core/errors.ts';
import { tweetsIn, usersIn } from './formats/element.ts';
import { parseNote } from './formats/notes.ts';
import { TableReader, TextColumnUnknown } from './formats/table.ts';
import { LineReader } from './formats/text-lines.ts';
import type { Author, RawTweet } from './formats/tweet.ts';
import { ElementReader, JsonFault } from './json/element-reader.ts';
import { placeOf } from './json/fault.ts';
import { beginsAsJson } from './opening/form.ts';
import type { TweetSource } from './opening/source.ts';
import { readText, textOf, UnknownEncoding } from './opening/text-chunks.ts';

export interface FoundHandler {
  onTweet(tweet: RawTweet, author: Author | null): void;
  /** A long tweet whole, of which the start is among the tweets. */
  onNote(note: RawTweet): void;
  /** Who the authors are that tweets name by id alone. */
  onUsers(users: ReadonlyMap<string, Author>): void;
  onProgress(bytesRead: number): void;
}

export interface SourceCounts {
  /** All elements, damaged ones too: what the archive's list of contents counts. */
  readonly elements: number;
  /** Elements that should be tweets and aren't. */
  readonly damaged: number;
}

interface Reader {
  push(text: string): void;
  end(): void;
}

/**
 * One damaged element costs that element; a file with nothing but damage is no file of tweets.
 * Throws `archive-unreadable` (with the place, for a fault in JSON), `archive-no-tweets` for sound
 * JSON of something else, `table-column-unknown`, `cancelled`, and what the handler throws.
 */
export async function readSource(
  source: TweetSource,
  handler: FoundHandler,
  signal?: AbortSignal,
): Promise<SourceCounts> {
  const reading = new SourceReading(source, handler, signal);
  try {
    return await reading.run();
  } catch (error) {
    throw await reading.errorFor(error);
  }
}

class SourceReading {
  private readonly source: TweetSource;
  private readonly handler: FoundHandler;
  private readonly signal: AbortSignal | undefined;
  private elements = 0;
  private damaged = 0;
  /** Tweets and notes, also those that were read before. */
  private found = 0;
  /** Offset of the first damage, which is where JSON stops being JSON. */
  private firstDamage: number | null = null;
  private beginning = '';

  constructor(source: TweetSource, handler: FoundHandler, signal: AbortSignal | undefined) {
    this.source = source;
    this.handler = handler;
    this.signal = signal;
  }

  async run(): Promise<SourceCounts> {
    if (this.source.format === 'repository') await this.readRepository();
    else await this.readText();
    if (this.found === 0 && this.damaged > 0) throw await this.nothingFound();
    return { elements: this.elements, damaged: this.damaged };
  }

  async errorFor(error: unknown): Promise<MynahError> {
    const { name: file } = this.source;
    if (error instanceof JsonFault) {
      return beginsAsJson(this.beginning)
        ? this.notJson(this.firstDamage ?? error.offset)
        : mynahError('archive-unreadable', { file, reason: 'unknown-format' }, error);
    }
    return readError(file, error);
  }

  private async readText(): Promise<void> {
    const reader = this.reader();
    for await (const { text, bytesRead } of readText(this.source.stream(), this.signal)) {
      if (this.beginning === '') this.beginning = text.slice(0, BEGINNING_LENGTH);
      reader.push(text);
      this.handler.onProgress(bytesRead);
    }
    reader.end();
  }

  private async readRepository(): Promise<void> {
    // Few bring one: its reader is loaded when somebody does.
    const { readRepository } = await import('./opening/repository.ts');
    const { name, stream } = this.source;
    for await (const { value, bytesRead } of readRepository(name, stream(), this.signal)) {
      if (value !== null) this.onValue(value);
      this.handler.onProgress(bytesRead);
    }
  }

  private reader(): Reader {
    const { format, kind, textColumn } = this.source;
    const onTweet = (tweet: RawTweet, author: Author | null) => {
      this.elements++;
      this.onTweet(tweet, author);
    };
    const onDamage = (offset: number) => {
      this.elements++;
      this.damaged++;
      this.firstDamage ??= offset;
    };
    if (format === 'lines') return new LineReader((tweet) => onTweet(tweet, null), onDamage);
    if (format === 'table') return new TableReader(textColumn, { onTweet, onDamage });
    return new ElementReader({
      onDamage,
      onValue: kind === 'note' ? (value) => this.onNote(value) : (value) => this.onValue(value),
      onHolder: (holder) => this.handler.onUsers(usersIn(holder)),
    });
  }

  private onValue(value: unknown): void {
    this.elements++;
    const isSound = tweetsIn(value, this.source.kind, (tweet, author) =>
      this.onTweet(tweet, author),
    );
    if (!isSound) this.damaged++;
  }

  private onNote(value: unknown): void {
    this.elements++;
    const note = parseNote(value);
    if (note === null) this.damaged++;
    else {
      this.found++;
      this.handler.onNote(note);
    }
  }

  private onTweet(tweet: RawTweet, author: Author | null): void {
    this.found++;
    this.handler.onTweet(tweet, author);
  }

  /** Damaged, of something else, or nothing that is known. */
  private async nothingFound(): Promise<MynahError> {
    const { name: file, format } = this.source;
    if (this.firstDamage !== null && format === 'json') return this.notJson(this.firstDamage);
    if (format === 'table' || format === 'lines') {
      return mynahError('archive-unreadable', { file, reason: 'unknown-format' });
    }
    return mynahError('archive-no-tweets', { file, reason: 'no-tweets' });
  }

  private async notJson(offset: number): Promise<MynahError> {
    const { name: file } = this.source;
    try {
      const chunks = textOf(readText(this.source.stream(), this.signal));
      const place = await placeOf(chunks, offset);
      return mynahError('archive-unreadable', { file, reason: 'not-json', ...place });
    } catch (error) {
      return readError(file, error);
    }
  }
}

/** Enough to see whether it is meant to be JSON. */
const BEGINNING_LENGTH = 512;

/** What reading bytes can throw is ours already, or the file is gone or changed on disk. */
function readError(file: string, error: unknown): MynahError {
  if (error instanceof TextColumnUnknown) {
    const { columns, names } = error;
    return mynahError('table-column-unknown', { file, columns, names }, error);
  }
  if (error instanceof UnknownEncoding) {
    return mynahError('archive-unreadable', { file, reason: 'encoding' }, error);
  }
  if (error instanceof MynahError) return error;
  const data = toErrorData(error);
  if (data.code !== 'internal') return new MynahError(data, { cause: error });
  return mynahError('archive-unreadable', { file, reason: 'unreadable' }, error);
}
