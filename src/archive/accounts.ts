/** Whose tweets they are, over several files: one account a username, or a file that names none. */

import { listFiles } from '../domain/list-files.ts';
import { names } from './opening/account-files.ts';
import type { Account, OpenedUnit } from './opening/source.ts';
import type { Author } from './formats/author.ts';

/** A file of tweets by more people than this is a collection, not their accounts. */
const MAX_AUTHORS = 50;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class AccountBook {
  readonly accounts: Writable<Account>[] = [];
  private readonly byName = new Map<string, number>();
  private readonly byId = new Map<string, number>();
  private readonly isAlone: boolean;
  /** Files that say nothing of whose they are. */
  private readonly nameless: string[] = [];

  constructor(units: readonly OpenedUnit[]) {
    this.isAlone = units.length === 1;
  }

  /** Index of the account that a unit's tweets are of, where they don't say it themselves. */
  ofUnit(unit: OpenedUnit): number {
    const { account, files } = unit;
    if (account) return this.add(account.username ?? account.label, account);
    const fileName = listFiles(files);
    const guess = files.length === 1 ? nameIn(fileName, this.isAlone) : null;
    const label = guess ? (guess.isUsername ? `@${guess.name}` : guess.name) : fileName;
    const username = guess?.isUsername ? guess.name : null;
    // Files that say nothing of whose they are, are of one and the same.
    const index = this.add(guess?.name ?? '', {
      username,
      displayName: null,
      label,
      avatar: null,
    });
    const found = this.accounts[index];
    if (guess === null && found) {
      if (!this.nameless.includes(fileName)) this.nameless.push(fileName);
      found.label = listFiles(this.nameless);
    }
    return index;
  }

  /** The file that a unit is says whose it is. */
  nameUnit(index: number, author: Author): void {
    if (author.id !== null) this.byId.set(author.id, index);
    this.learnName(index, author);
  }

  /** Index of an author's account; `unit` is that of the file, for what is a collection. */
  ofAuthor(author: Author, unit: number): number {
    if (author.id !== null) {
      const known = this.byId.get(author.id);
      if (known !== undefined) {
        this.learnName(known, author);
        return known;
      }
    }
    const found = names(author.username, author.displayName);
    if (found === null && author.id === null) return unit;
    if (this.accounts.length > MAX_AUTHORS) return unit;
    const { username = null, displayName = null } = found ?? {};
    const label = username === null ? `account ${author.id}` : `@${username}`;
    const key = username ?? `id ${author.id}`;
    const index = this.add(key, { username, displayName, label, avatar: null });
    if (author.id !== null) this.byId.set(author.id, index);
    return index;
  }

  /** Names of accounts that were known by their id alone. */
  learn(users: ReadonlyMap<string, Author>): void {
    for (const [id, user] of users) this.learnName(this.byId.get(id) ?? -1, user);
  }

  private learnName(index: number, author: Author): void {
    const account = this.accounts[index];
    if (account === undefined || account.username !== null || author.username === null) return;
    const found = names(author.username, author.displayName);
    if (!found?.username) return;
    Object.assign(account, found, { label: `@${found.username}` });
    const name = found.username.toLowerCase();
    if (!this.byName.has(name)) this.byName.set(name, index);
  }

  private add(key: string, account: Account): number {
    const lowerCase = key.toLowerCase();
    const known = this.byName.get(lowerCase);
    const old = known === undefined ? undefined : this.accounts[known];
    if (known !== undefined && old !== undefined) {
      old.displayName ??= account.displayName;
      old.avatar ??= account.avatar;
      return known;
    }
    this.accounts.push({ ...account });
    this.byName.set(lowerCase, this.accounts.length - 1);
    return this.accounts.length - 1;
  }
}

const GENERIC =
  /^(?:tweets?|data|archive|export|outbox|posts?|feed|statuses|timeline|my|all|old|new|user|clean|final|download|file|untitled|texts?|part\d*|\d+)$/i;

/** The account that a file's name tells of: `@bird.json`, `bird_tweets.csv`; `bird.json` among others. */
function nameIn(fileName: string, isAlone: boolean): { name: string; isUsername: boolean } | null {
  const stem = fileName.replace(/(?: ?\(\d+\))?(?:\.\w{1,6})+$/, '');
  const sure =
    /^@(\w{1,15})$/.exec(stem)?.[1] ??
    /^(\w{1,15})[_-]tweets?$/i.exec(stem)?.[1] ??
    /^tweets?[_-](\w{1,15})$/i.exec(stem)?.[1];
  if (sure !== undefined && !GENERIC.test(sure)) return { name: sure, isUsername: true };
  const isName = /^[A-Za-z]\w{1,14}$/.test(stem) && !GENERIC.test(stem);
  return !isAlone && isName ? { name: stem, isUsername: false } : null;
}
