/**
 * Reads the tweets of a JSON file. They may be elements of an array, one per line, pages of an API,
 * values of an object with a tweet per id, or the columns of a table as pandas writes them.
 *
 * `json/element-reader.ts` hands over a long object key by key and a short one as a whole. Both are
 * read the same way.
 */

import { fieldsCalled, isFieldCalled } from '../../domain/field-names.ts';
import type { ElementHandler } from '../json/element-reader.ts';
import { isCertainTweet, kindOfList, readElement, textById, underKey, usersIn } from './element.ts';
import { isOfOthers } from './graphql.ts';
import { isOwnKey, isOwnList } from './own-lists.ts';
import { type FieldIndex, fieldsOfRecord, fieldsOfRow, indexFields } from './named-fields.ts';
import type { TweetHandler } from './tweet-handler.ts';
import { nestedAuthor } from './author.ts';
import { tweetOf, type TweetKind } from './tweet.ts';
import { type Fields, isRecord } from './values.ts';

export class JsonDocument implements ElementHandler {
  private readonly kind: TweetKind;
  private readonly handler: TweetHandler;
  /** For a table whose rows are arrays: the fields by their index in a row. */
  private rowFields: FieldIndex<number> | null = null;
  /** For a table that is stored by columns: the values of each column by the name of the row. */
  private columns = new Map<string, Map<string, unknown>>();
  /** Whether anything in the object that is being read was recognized. */
  private hasSense = false;

  constructor(kind: TweetKind, handler: TweetHandler) {
    this.kind = kind;
    this.handler = handler;
  }

  isList(path: readonly string[]): boolean {
    return kindOfList(path.at(-1) ?? '', this.kind) !== null && !path.some(isOfOthers);
  }

  isListOf(path: readonly string[], first: unknown): boolean {
    return isOwnList(path, [first], isCertainTweet);
  }

  onList(): void {
    this.hasSense = true;
  }

  onAssignment(name: string): void {
    if (/^(?:window\.YTD|Grailbird\.data)\./.test(name)) this.handler.onArchive();
  }

  onDamage(offset: number): void {
    this.handler.onDamage(offset);
  }

  onValue(value: unknown, offset: number, list: string | null): void {
    if (list !== null) {
      this.readElement(value, offset, kindOfList(list, this.kind) ?? this.kind);
      return;
    }
    const found = readElement(value, this.kind, this.handler);
    const members = isRecord(value) ? Object.entries(value) : [];
    // An empty object is an empty table.
    if (found === 'other' || (isRecord(value) && members.length === 0)) this.handler.onOther();
    else if (found === 'unknown') {
      for (const [key, member] of members) this.onMember([key], member);
      this.onObjectEnd(offset);
    }
    if (isRecord(value)) this.learnUsers(value);
  }

  onMember(path: readonly string[], value: unknown): void {
    const [first = ''] = path;
    const key = path.at(-1) ?? '';
    if (key === 'includes') this.learnUsers({ includes: value });
    if (path.length === 1 && key === 'account') this.learnAccount(value);
    if (path.length === 1 && key === 'columns') this.learnColumns(value);
    const isList = Array.isArray(value) && isOwnList(path, value, isCertainTweet);
    if (fieldsCalled(first).length > 0 && !isList && !this.isListById(path, value)) {
      if (path.length === 1) this.addColumn(key, value);
      else if (path.length === 2) this.addCell(first, key, value);
      return;
    }
    if (path.some(isOfOthers)) return;
    // An array that isn't a list may still contain tweets, as in an answer of the GraphQL API.
    const element = elementUnder(key, value);
    const sink = underKey(key, this.handler);
    const found =
      element === null ? 'unknown' : readElement(element, this.kind, sink, 0, path.every(isOwnKey));
    if (found === 'other') this.handler.onOther();
    if (found !== 'unknown') this.hasSense = true;
  }

  onObjectEnd(offset: number): void {
    const hasTable = this.readColumns(this.columns);
    if (!hasTable && !this.hasSense) this.handler.onUnknown(offset);
    this.columns = new Map();
    this.hasSense = false;
  }

  /** Whether it is `"tweets": {"12": {…}}`: a column of texts may have the same name. */
  private isListById([first = '', row]: readonly string[], value: unknown): boolean {
    const [one] = row === undefined && isRecord(value) ? Object.values(value) : [value];
    return this.isList([first]) && isRecord(one);
  }

  private readElement(value: unknown, offset: number, kind: TweetKind): void {
    if (Array.isArray(value) && this.rowFields !== null) {
      const found = tweetOf(fieldsOfRow(this.rowFields, value), kind);
      if (found === 'other') this.handler.onOther();
      else if (found === null) this.handler.onUnknown(offset);
      else this.handler.onTweet(found);
      return;
    }
    const found = readElement(value, kind, this.handler);
    if (found === 'other') this.handler.onOther();
    else if (found === 'unknown') this.handler.onUnknown(offset);
    if (isRecord(value) && 'includes' in value) this.learnUsers(value);
  }

  private learnUsers(value: Fields): void {
    const users = usersIn(value);
    if (users.size > 0) this.handler.onUsers(users);
  }

  /** `"account": [{"account": {"username": …}}]`, in a file of the Community Archive. */
  private learnAccount(value: unknown): void {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const account = isRecord(first) ? first.account : null;
    if (!isRecord(account)) return;
    const { accountDisplayName: displayName } = account;
    const author = nestedAuthor({ ...account, id: account.accountId, displayName });
    if (author !== null) this.handler.onAccount(author);
  }

  private learnColumns(value: unknown): void {
    if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) return;
    this.rowFields = indexFields(value.map((name: string, index) => [index, name] as const));
  }

  private addColumn(name: string, value: unknown): void {
    if (isRecord(value)) this.columns.set(name, new Map(Object.entries(value)));
    else if (Array.isArray(value)) {
      this.columns.set(name, new Map(value.map((cell: unknown, row) => [`${row}`, cell])));
    }
  }

  private addCell(column: string, row: string, value: unknown): void {
    if (fieldsCalled(column).length === 0) return;
    const cells = this.columns.get(column) ?? new Map<string, unknown>();
    this.columns.set(column, cells);
    cells.set(row, value);
  }

  /** Reads the columns of a table. Returns false if they are not those of a table of tweets. */
  private readColumns(columns: ReadonlyMap<string, ReadonlyMap<string, unknown>>): boolean {
    const names = [...columns.keys()];
    const text = names.find((name) => isFieldCalled(name, 'text'));
    const rows = text === undefined ? undefined : columns.get(text);
    const isTable = rows?.size === 0 || [...(rows?.values() ?? [])].some(isText);
    if (rows === undefined || !isTable) return false;
    for (const row of rows.keys()) {
      const cells = names.map((name) => [name, columns.get(name)?.get(row)] as const);
      const found = tweetOf(fieldsOfRecord(Object.fromEntries(cells)), this.kind);
      if (found === 'other') this.handler.onOther();
      else if (found !== null) this.handler.onTweet(found);
    }
    return true;
  }
}

function isText(cell: unknown): boolean {
  return typeof cell === 'string';
}

function elementUnder(key: string, value: unknown): Fields | null {
  if (typeof value === 'string') return textById(key, value);
  return isRecord(value) ? value : Array.isArray(value) ? { [key]: value } : null;
}
