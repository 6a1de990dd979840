/**
 * A table of tweets: the old archive's `tweets.csv`, or any with a column of texts.
 *
 * papaparse splits the rows, given the text piece by piece: quoted fields span lines, and rows may
 * be ragged, as the old archive leaves empty fields at the end out.
 */

import Papa from 'papaparse';
import { fieldsOfRow } from './named-fields.ts';
import { HEAD_LENGTH, isBlankRow, readTableHead, type TableHead, tidy } from './table-head.ts';
import type { TweetHandler } from './tweet-handler.ts';
import { tweetOf } from './tweet.ts';

/** A row longer than this is damage: a quote that is never closed. */
export const MAX_ROW_LENGTH = 1024 * 1024;

type TableHandler = Pick<TweetHandler, 'onTweet' | 'onOther' | 'onDamage'>;

export class TableReader {
  private readonly handler: TableHandler;
  private readonly textColumn: number | null;
  private rest = '';
  private offset = 0;
  private head: TableHead | null = null;
  private parser: Papa.Parser | null = null;
  private rowsAbove = 0;
  private isSkipping = false;

  /** `textColumn`: which column holds the texts, from 0; null to find it by its name. */
  constructor(textColumn: number | null, handler: TableHandler) {
    this.textColumn = textColumn;
    this.handler = handler;
  }

  /** Throws `TextColumnUnknown`. */
  push(chunk: string): void {
    this.rest += chunk;
    // More often would split the same unfinished row again.
    if (this.rest.length >= HEAD_LENGTH) this.split(false);
  }

  /** Throws `TextColumnUnknown`. */
  end(): void {
    this.split(true);
  }

  private split(isEnd: boolean): void {
    if (this.isSkipping && !this.skipLine()) return;
    if (this.head === null) {
      if (this.rest.trim() === '') return;
      this.head = readTableHead(this.rest, this.textColumn);
      this.rowsAbove = this.head.rowsAbove;
      this.use(this.head.start);
    }
    const head = this.head;
    this.parser ??= new Papa.Parser({ delimiter: head.delimiter, newline: '\n' });
    const { data, meta } = this.parser.parse(this.rest, 0, !isEnd) as {
      data: string[][];
      meta: { cursor: number };
    };
    const start = this.offset;
    this.use(meta.cursor);
    for (const row of data) {
      if (this.rowsAbove > 0) this.rowsAbove--;
      else this.take(row, head, start);
    }
    if (this.rest.length > MAX_ROW_LENGTH) {
      // Its quote was never closed: what follows on the next line may be sound again.
      this.handler.onDamage(this.offset);
      this.isSkipping = true;
      this.split(isEnd);
    }
  }

  private use(length: number): void {
    this.offset += length;
    this.rest = this.rest.slice(length);
  }

  /** False when the line isn't over yet. */
  private skipLine(): boolean {
    const end = this.rest.indexOf('\n');
    this.use(end < 0 ? this.rest.length : end + 1);
    this.isSkipping = end < 0;
    return end >= 0;
  }

  private take(untrimmed: readonly string[], { columns, names }: TableHead, offset: number): void {
    const row = untrimmed.map((field) => field.replace(/\r$/, ''));
    if (isBlankRow(row) || isSameRow(row, names)) return;
    const found = tweetOf(fieldsOfRow(columns, row), 'tweet');
    if (found === 'other') this.handler.onOther();
    else if (found === null) this.handler.onDamage(offset);
    else this.handler.onTweet(found);
  }
}

/** Files that were put together repeat the names of the columns. */
function isSameRow(row: readonly string[], names: readonly string[] | null): boolean {
  return (
    names?.length === row.length && row.every((field, i) => tidy(field) === tidy(names[i] ?? ''))
  );
}
