/**
 * Creates the reader for the format of a file. New formats go into `element.ts` or `format-of.ts`.
 */

import { ElementReader } from '../json/element-reader.ts';
import { JsonDocument } from './json-document.ts';
import { TableReader } from './table.ts';
import { TextForm, type TweetSink } from './text-form.ts';
import { LineReader } from './text-lines.ts';
import type { TweetKind } from './tweet.ts';

export type TweetFormat = 'json' | 'table' | 'lines';

export interface TweetReader {
  /** Reads the next piece of the text, of any length. */
  push(text: string): void;
  /** The text has ended. The sink now gets everything that was kept back. */
  end(): void;
}

export interface TweetReaderOptions {
  readonly format: TweetFormat;
  /** What its elements are, if they don't say it themselves. */
  readonly kind: TweetKind;
  /** For a table: the index of the column with the texts; null to find it by its name. */
  readonly textColumn: number | null;
}

/**
 * The sink gets what is read, with tweets in the order of the file. `push` and `end` throw
 * `JsonFault` if the text stops being JSON, and `TextColumnUnknown`.
 */
export function createTweetReader(options: TweetReaderOptions, sink: TweetSink): TweetReader {
  const form = new TextForm(sink);
  const reader = readerOf(options, form);
  return {
    push: (text) => reader.push(text),
    end: () => {
      reader.end();
      form.end();
    },
  };
}

/** Reads elements that are not from a JSON text, such as the blocks of a repository. */
export function createElementReader(sink: TweetSink): {
  read(value: unknown): void;
  end(): void;
} {
  const form = new TextForm(sink);
  const document = new JsonDocument('tweet', form);
  return { read: (value) => document.onValue(value, 0, ''), end: () => form.end() };
}

function readerOf({ format, kind, textColumn }: TweetReaderOptions, form: TextForm): TweetReader {
  if (format === 'lines') return new LineReader(form);
  if (format === 'table') return new TableReader(textColumn, form);
  return new ElementReader(new JsonDocument(kind, form));
}
