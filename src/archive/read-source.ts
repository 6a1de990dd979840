/** Reads one file of tweets, whatever its format, and hands on what it finds. */

import { MynahError, mynahError, toErrorData } from '../core/errors.ts';
import { TextColumnUnknown } from './formats/table-head.ts';
import type { TweetSink } from './formats/text-form.ts';
import {
  createElementReader,
  createTweetReader,
  type TweetFormat,
} from './formats/tweet-reader.ts';
import type { Author } from './formats/author.ts';
import type { RawTweet } from './formats/tweet.ts';
import { JsonFault } from './json/element-reader.ts';
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
  /** Whose tweets the file says it holds. */
  onAccount(author: Author): void;
  onProgress(bytesRead: number): void;
}

export interface SourceCounts {
  /** All elements, damaged ones too: what the archive's list of contents counts. */
  readonly elements: number;
  /** Elements that should be tweets and aren't. */
  readonly damaged: number;
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
    const { format } = this.source;
    if (format === 'repository') await this.readRepository();
    else await this.readText(format);
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

  private async readText(format: TweetFormat): Promise<void> {
    const { kind, textColumn } = this.source;
    const reader = createTweetReader({ format, kind, textColumn }, this.sink());
    let bytesReported = 0;
    for await (const { text, bytesRead } of readText(this.source.stream(), this.signal)) {
      if (this.beginning === '') this.beginning = text.slice(0, BEGINNING_LENGTH);
      reader.push(text);
      if (bytesRead > bytesReported) this.handler.onProgress(bytesRead);
      bytesReported = bytesRead;
    }
    reader.end();
  }

  private async readRepository(): Promise<void> {
    // Few bring one: its reader is loaded when somebody does.
    const { readRepository } = await import('./opening/repository.ts');
    const { name, stream } = this.source;
    const reader = createElementReader(this.sink());
    for await (const { value, bytesRead } of readRepository(name, stream(), this.signal)) {
      if (value !== null) reader.read(value);
      this.handler.onProgress(bytesRead);
    }
    reader.end();
  }

  private sink(): TweetSink {
    const { handler } = this;
    return {
      onTweet: (tweet, author) => {
        this.elements++;
        this.found++;
        // A repository names its owner by a number alone: the file's name says more.
        handler.onTweet(tweet, this.source.format === 'repository' ? null : author);
      },
      onNote: (note) => {
        this.elements++;
        this.found++;
        handler.onNote(note);
      },
      onOther: () => {
        this.elements++;
      },
      onUnknown: () => {
        this.elements++;
        this.damaged++;
      },
      onDamage: (offset) => {
        this.elements++;
        this.damaged++;
        this.firstDamage ??= offset;
      },
      onUsers: (users) => handler.onUsers(users),
      onAccount: (author) => handler.onAccount(author),
    };
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
