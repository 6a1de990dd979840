/**
 * Finds out where the rows of a table start, what separates their fields, and the names of its
 * columns.
 */

import Papa from 'papaparse';
import { type FieldName, fieldsCalled } from '../../domain/field-names.ts';
import { type FieldIndex, indexFields, indexOf } from './named-fields.ts';

/** This much text at the start of the file is enough for that. */
export const HEAD_LENGTH = 64 * 1024;
const DELIMITERS = [',', '\t', ';', '|'];
/** A first line such as `sep=;`, which tells Excel the separator. */
const SEPARATOR_LINE = /^\ufeff?"?sep=(.)"?\r?\n/i;
/** A separator that doesn't occur: every row has one field. */
const NO_DELIMITER = '\x1f';
/** Above the names of the columns there may be a title, a note on the source, or empty lines. */
const MAX_LINES_ABOVE = 10;
const MAX_COLUMNS = 1_000;
const MAX_NAMES_GIVEN = 1_000;

/** None of the columns has a name that is known for texts. */
export class TextColumnUnknown extends Error {
  readonly columns: number;
  readonly names: readonly string[] | null;

  constructor(firstRow: readonly string[]) {
    super(`which of ${firstRow.length} columns?`);
    this.name = 'TextColumnUnknown';
    this.columns = firstRow.length;
    this.names = looksLikeNames(firstRow) ? firstRow.map(tidy) : null;
  }
}

export interface TableHead {
  readonly delimiter: string;
  /** The length of a first line such as `sep=;`, or 0. */
  readonly start: number;
  /** How many rows to skip: those of a title, and the names of the columns. */
  readonly rowsAbove: number;
  readonly columns: FieldIndex<number>;
  /**
   * The names of the columns, which repeat in a file that was merged from several; null if there
   * are none.
   */
  readonly names: readonly string[] | null;
}

/**
 * @param textColumn The index of the column with the texts if the user has chosen it; null to find
 * it.
 *
 * Throws {@link TextColumnUnknown}.
 */
export function readTableHead(text: string, textColumn: number | null): TableHead {
  const [line = '', declared = null] = SEPARATOR_LINE.exec(text) ?? [];
  const start = line.length;
  const head = text.slice(start, start + HEAD_LENGTH);
  const delimiter = declared ?? delimiterOf(head);
  const rows = rowsOf(head, delimiter);
  const named = headerAmong(rows);
  const firstIndex = rows.findIndex((row) => !isBlankRow(row));
  const first = rows[firstIndex] ?? [];
  if (first.length > MAX_COLUMNS) throw new TextColumnUnknown(first.slice(0, MAX_NAMES_GIVEN));
  if (textColumn !== null) {
    // The user was asked because the names were unknown or missing.
    const top = named ?? firstIndex;
    const names = rows[top] ?? [];
    const hasNames = named !== null || isNamed(names) || looksLikeNames(names);
    return {
      delimiter,
      start,
      rowsAbove: hasNames ? top + 1 : top,
      columns: withText(indexRow(hasNames ? names : []), textColumn),
      names: hasNames ? names : null,
    };
  }
  if (named !== null) {
    const names = rows[named] ?? [];
    return { delimiter, start, rowsAbove: named + 1, columns: indexRow(names), names };
  }
  // A single column doesn't need a name.
  if (first.length > 1) throw new TextColumnUnknown(first);
  const hasName = isNamed(first);
  return {
    delimiter,
    start,
    rowsAbove: hasName ? firstIndex + 1 : Math.max(0, firstIndex),
    columns: withText(indexFields([]), 0),
    names: hasName ? first : null,
  };
}

export function isBlankRow(row: readonly string[]): boolean {
  return row.every((field) => field.trim() === '');
}

/** A field without blanks around it, the carriage return of Windows lines, or a byte order mark. */
export function tidy(field: string): string {
  return field.replace(/^\ufeff/, '').trim();
}

function indexRow(names: readonly string[]): FieldIndex<number> {
  return indexFields(names.map((name, column) => [column, tidy(name)] as const));
}

function withText(columns: FieldIndex<number>, textColumn: number): FieldIndex<number> {
  return indexOf(new Map<FieldName, readonly number[]>([...columns.keys, ['text', [textColumn]]]));
}

/** Whether a row contains a name that is known. */
function isNamed(row: readonly string[]): boolean {
  return row.some((name) => fieldsCalled(tidy(name)).length > 0);
}

function hasTextColumn(row: readonly string[]): boolean {
  return indexRow(row).keys.has('text');
}

/**
 * The index of the row with the names of the columns, one of them for the texts; null if there is
 * none. A title or a note above it has fewer fields than the table.
 */
function headerAmong(rows: readonly (readonly string[])[]): number | null {
  for (const [index, row] of rows.slice(0, MAX_LINES_ABOVE + 1).entries()) {
    const above = rows.slice(0, index).filter((other) => !isBlankRow(other));
    const isTop = above.length === 0;
    const filled = fieldsIn(row);
    const isWider = filled > 1 && above.every((other) => fieldsIn(other) < filled);
    if ((isTop || isWider) && hasTextColumn(row) && (filled === 1 || areNames(row))) return index;
  }
  return null;
}

function fieldsIn(row: readonly string[]): number {
  return row.filter((field) => field.trim() !== '').length;
}

/**
 * Whether a file that could be something else is certainly a table: its first lines contain at
 * least two known names of columns, one of them for the texts.
 */
export function looksLikeTable(text: string): boolean {
  const [line = ''] = SEPARATOR_LINE.exec(text) ?? [];
  return DELIMITERS.some((delimiter) => {
    const rows = rowsOf(text.slice(line.length), delimiter);
    const header = rows[headerAmong(rows) ?? rows.length] ?? [];
    return header.filter((name) => fieldsCalled(tidy(name)).length > 0).length > 1;
  });
}

const MAX_NAME_LENGTH = 64;

/**
 * Names are short. This excludes a row of texts in which one happens to be the name of a column.
 */
function areNames(row: readonly string[]): boolean {
  return row.every((name) => name.length <= MAX_NAME_LENGTH && !name.includes('\n'));
}

/** An error must not contain tweets, so only short and different words count as names. */
function looksLikeNames(row: readonly string[]): boolean {
  const names = row.map(tidy);
  return (
    new Set(names).size === names.length &&
    names.every((name) => /^[\p{L}_][\p{L}\d_.-]{0,30}(?: [\p{L}\d_.-]{1,20})?$/u.test(name))
  );
}

function rowsOf(head: string, delimiter: string): readonly (readonly string[])[] {
  const { data } = Papa.parse<string[]>(head, { delimiter, newline: '\n', preview: 20 });
  return data;
}

/**
 * The separator of the names of the columns, otherwise one that gives all rows the same number of
 * fields.
 */
function delimiterOf(head: string): string {
  let best: string | null = null;
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const rows = rowsOf(head, delimiter);
    const header = headerAmong(rows);
    const columns = header === null ? 0 : fieldsIn(rows[header] ?? []);
    if (columns > most) {
      best = delimiter;
      most = columns;
    }
  }
  if (best !== null) return best;
  const { errors, meta } = Papa.parse(head, {
    preview: 20,
    skipEmptyLines: true,
    delimitersToGuess: DELIMITERS,
  });
  // Single commas here and there belong to the texts.
  return errors.every(({ type }) => type !== 'Delimiter') ? meta.delimiter : NO_DELIMITER;
}
