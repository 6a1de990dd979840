/**
 * A CSV of tweets: the old archive's `tweets.csv`, or any with a column of texts.
 *
 * papaparse splits the rows, given the text piece by piece: quoted fields span lines, and rows may
 * be ragged, as the old archive leaves empty fields at the end out.
 */

import Papa from 'papaparse';
import {
  type Author,
  countOf,
  languageOf,
  NO_FIELDS,
  parseTime,
  type RawTweet,
  stringOf,
} from './tweet.ts';

/** A row longer than this is damage: a quote that is never closed. */
export const MAX_ROW_LENGTH = 1024 * 1024;
/** Rows are split in pieces of this size: more often would split the same unfinished row again. */
const PIECE_LENGTH = 64 * 1024;
const MAX_COLUMNS = 1_000;

type Field =
  | 'text'
  | 'id'
  | 'time'
  | 'replyToId'
  | 'replyToUserId'
  | 'replyToUser'
  | 'retweetOf'
  | 'quoteOf'
  | 'likes'
  | 'language'
  | 'username'
  | 'displayName';

/** By the names that columns go by, the most telling first. */
const COLUMNS: Readonly<Record<Field, readonly string[]>> = {
  text: ['full_text', 'text', 'tweet', 'tweet_text', 'content', 'body', 'tweets'],
  id: ['tweet_id', 'id_str', 'id', 'status_id'],
  time: ['timestamp', 'created_at', 'date', 'time', 'datetime'],
  replyToId: ['in_reply_to_status_id', 'in_reply_to_status_id_str', 'in_reply_to_id'],
  replyToUserId: ['in_reply_to_user_id', 'in_reply_to_user_id_str'],
  replyToUser: ['in_reply_to_screen_name'],
  retweetOf: ['retweeted_status_id', 'retweeted_status_id_str'],
  quoteOf: ['quoted_status_id', 'quoted_status_id_str'],
  likes: ['favorite_count', 'likes', 'like_count', 'favorites'],
  language: ['lang', 'language'],
  username: ['screen_name', 'username', 'user', 'handle', 'author'],
  displayName: ['display_name', 'author_name'],
};

/** No column's name says that it holds the texts. */
export class TextColumnUnknown extends Error {
  readonly columns: number;
  readonly names: readonly string[] | null;

  constructor(firstRow: readonly string[]) {
    super(`which of ${firstRow.length} columns?`);
    this.name = 'TextColumnUnknown';
    this.columns = firstRow.length;
    this.names = looksLikeNames(firstRow) ? firstRow.map((name) => name.trim()) : null;
  }
}

export interface TableHandler {
  onTweet(tweet: RawTweet, author: Author | null): void;
  /** A row without a text, or without an end. */
  onDamage(offset: number): void;
}

export class TableReader {
  readonly #handler: TableHandler;
  readonly #textColumn: number | null;
  #rest = '';
  #offset = 0;
  #parser: Papa.Parser | null = null;
  #columns: ReadonlyMap<Field, number> | null = null;
  #isSkipping = false;

  /** `textColumn`: which column holds the texts, from 0; null to find it by its name. */
  constructor(textColumn: number | null, handler: TableHandler) {
    this.#textColumn = textColumn;
    this.#handler = handler;
  }

  /** Throws {@link TextColumnUnknown}. */
  push(chunk: string): void {
    this.#rest += chunk;
    if (this.#rest.length >= PIECE_LENGTH) this.#split(false);
  }

  end(): void {
    this.#split(true);
  }

  #split(isEnd: boolean): void {
    if (this.#isSkipping && !this.#skipLine()) return;
    this.#parser ??= new Papa.Parser({ delimiter: delimiterOf(this.#rest), newline: '\n' });
    const { data, meta } = this.#parser.parse(this.#rest, 0, !isEnd) as {
      data: string[][];
      meta: { cursor: number };
    };
    const start = this.#offset;
    this.#offset += meta.cursor;
    this.#rest = this.#rest.slice(meta.cursor);
    for (const row of data) this.#take(row, start);
    if (this.#rest.length > MAX_ROW_LENGTH) {
      // Its quote was never closed: what follows on the next line may be sound again.
      this.#handler.onDamage(this.#offset);
      this.#isSkipping = true;
      this.#split(isEnd);
    }
  }

  /** False when the line isn't over yet. */
  #skipLine(): boolean {
    const end = this.#rest.indexOf('\n');
    const length = end < 0 ? this.#rest.length : end + 1;
    this.#offset += length;
    this.#rest = this.#rest.slice(length);
    this.#isSkipping = end < 0;
    return end >= 0;
  }

  #take(untrimmed: readonly string[], offset: number): void {
    const row = untrimmed.map((field) => field.replace(/\r$/, ''));
    if (row.every((field) => field.trim() === '')) return;
    if (this.#columns === null) {
      this.#columns = columnsOf(row, this.#textColumn);
      // Names that say nothing, where the user had to be asked.
      if (isHeader(row) || (this.#textColumn !== null && looksLikeNames(row))) return;
    }
    const columns = this.#columns;
    const get = (field: Field) => row[columns.get(field) ?? -1];
    const text = get('text');
    if (text === undefined || text.trim() === '') {
      this.#handler.onDamage(offset);
      return;
    }
    this.#handler.onTweet(
      {
        ...NO_FIELDS,
        text,
        id: stringOf(get('id')),
        createdAt: parseTime(get('time')),
        replyToId: stringOf(get('replyToId')),
        replyToUserId: stringOf(get('replyToUserId')),
        replyToUser: stringOf(get('replyToUser')),
        isRetweet: stringOf(get('retweetOf')) !== null,
        isQuote: stringOf(get('quoteOf')) !== null,
        likes: countOf(get('likes')),
        language: languageOf(get('language')),
      },
      authorIn(get('username'), get('displayName')),
    );
  }
}

function authorIn(username: string | undefined, displayName: string | undefined): Author | null {
  const name = stringOf(username?.replace(/^@/, ''));
  if (name === null || !/^[\w.@-]+$/.test(name)) return null;
  return { id: null, username: name, displayName: stringOf(displayName) };
}

function keyOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^\ufeff/, '')
    .replace(/[\s.-]+/g, '_');
}

function fieldAt(row: readonly string[], field: Field): number {
  const keys = row.map(keyOf);
  for (const name of COLUMNS[field]) {
    const index = keys.indexOf(name);
    if (index >= 0) return index;
  }
  return -1;
}

/** Whether the first row names the columns: it does when it names one that is known. */
function isHeader(row: readonly string[]): boolean {
  return (Object.keys(COLUMNS) as Field[]).some((field) => fieldAt(row, field) >= 0);
}

function columnsOf(firstRow: readonly string[], textColumn: number | null): Map<Field, number> {
  if (firstRow.length > MAX_COLUMNS) throw new TextColumnUnknown(firstRow.slice(0, MAX_COLUMNS));
  const columns = new Map<Field, number>();
  for (const field of Object.keys(COLUMNS) as Field[]) {
    const index = fieldAt(firstRow, field);
    if (index >= 0) columns.set(field, index);
  }
  if (textColumn !== null) columns.set('text', textColumn);
  // A single column needs no name.
  if (!columns.has('text') && firstRow.length === 1) columns.set('text', 0);
  if (!columns.has('text')) throw new TextColumnUnknown(firstRow);
  return columns;
}

/** Tweets must not get into an error: only short words that differ are taken for names. */
function looksLikeNames(row: readonly string[]): boolean {
  const names = row.map((name) => name.trim());
  return (
    new Set(names).size === names.length &&
    names.every((name) => /^[\p{L}_][\p{L}\d_.-]{0,30}(?: [\p{L}\d_.-]{1,20})?$/u.test(name))
  );
}

/** What no table has between its fields: each row is one. */
const NO_DELIMITER = '\x1f';

function delimiterOf(text: string): string {
  const head = text.slice(0, PIECE_LENGTH);
  const delimitersToGuess = [',', '\t', ';', '|'];
  const { errors, meta } = Papa.parse(head, {
    preview: 20,
    skipEmptyLines: true,
    delimitersToGuess,
  });
  if (errors.every(({ type }) => type !== 'Delimiter')) return meta.delimiter;
  // Commas here and there are those of texts, unless a header says otherwise.
  const firstLine = head.split('\n', 1)[0] ?? '';
  return isHeader(firstLine.replaceAll('"', '').split(',')) ? ',' : NO_DELIMITER;
}
