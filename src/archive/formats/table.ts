/**
 * Reads a table of tweets: `tweets.csv` of old archives, or any other table with a column of texts.
 *
 * papaparse splits the text into rows, piece by piece. Quoted fields may span several lines, and
 * rows may be shorter than others, because old archives omit empty fields at the end.
 */

import Papa from 'papaparse';
import { DateColumn } from './date-column.ts';
import { fieldsOfRow } from './named-fields.ts';
import { HEAD_LENGTH, isBlankRow, readTableHead, type TableHead, tidy } from './table-head.ts';
import type { TweetHandler } from './tweet-handler.ts';
import { tweetOf } from './tweet.ts';

/** A longer row is damaged: its quote is never closed. */
const MAX_ROW_LENGTH = 1024 * 1024;

type TableHandler = Pick<TweetHandler, 'onTweet' | 'onOther' | 'onDamage'>;

export class TableReader {
  private readonly handler: TableHandler;
  private readonly textColumn: number | null;
  private rest = '';
  private offset = 0;
  private head: TableHead | null = null;
  private parser: Papa.Parser | null = null;
  private readonly dates: DateColumn;
  private rowsAbove = 0;
  private isSkipping = false;

  /** @param textColumn The index of the column with the texts; null to find it by its name. */
  constructor(textColumn: number | null, handler: TableHandler) {
    this.textColumn = textColumn;
    this.handler = handler;
    this.dates = new DateColumn((found) => handler.onTweet(found));
  }

  /** Throws `TextColumnUnknown`. */
  push(chunk: string): void {
    this.rest += chunk;
    // Splitting more often would split the same unfinished row again and again.
    if (this.rest.length >= HEAD_LENGTH) this.split(false);
  }

  /** Throws `TextColumnUnknown`. */
  end(): void {
    this.split(true);
    this.dates.decide();
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
      // Its quote was never closed. The next line may be fine again.
      this.handler.onDamage(this.offset);
      this.isSkipping = true;
      this.split(isEnd);
    }
  }

  private use(length: number): void {
    this.offset += length;
    this.rest = this.rest.slice(length);
  }

  /** False if the line doesn't end yet. */
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
    else {
      const cellOf = (field: 'time' | 'clock') => row[columns.keys.get(field)?.[0] ?? -1] ?? '';
      this.dates.take({ found, date: cellOf('time'), clock: cellOf('clock') });
    }
  }
}

/** The names of the columns repeat in a file that was merged from several. */
function isSameRow(row: readonly string[], names: readonly string[] | null): boolean {
  return (
    names?.length === row.length && row.every((field, i) => tidy(field) === tidy(names[i] ?? ''))
  );
}
