/**
 * From the entries of a ZIP, or the files of a folder, to what is read of them: the tweets in all
 * their parts, the few files that say whose they are, and the list of contents.
 */

import type { ArchiveFile, ArchiveFileRole } from '../../domain/archive-files.ts';
import type { ImportOptions, ImportWarning } from '../../protocol/calls.ts';
import {
  readAccount,
  readActor,
  readAvatarName,
  readOldAccount,
  readPicture,
} from './account-files.ts';
import { type Manifest, readManifest, readOldIndex } from './manifest.ts';
import type { AccountNames, ByteSource, OpenedUnit, TweetSource } from './source.ts';
import type { TweetKind } from '../formats/tweet.ts';

/** A file that may be of use, not yet read. */
export interface UnitEntry extends ArchiveFile {
  readonly source: ByteSource;
  /** Throws `archive-unreadable` for what must not be read. */
  check(): void;
}

/** Roles of files with tweets, by what the tweets in them are. */
const KINDS: Partial<Readonly<Record<ArchiveFileRole, TweetKind>>> = {
  tweets: 'tweet',
  'old-month': 'tweet',
  'old-table': 'tweet',
  outbox: 'tweet',
  notes: 'note',
  community: 'community',
  circle: 'circle',
  deleted: 'deleted',
};
const IN_ORDER: readonly ArchiveFileRole[] = [
  'tweets',
  'old-month',
  'old-table',
  'outbox',
  'community',
  'circle',
  'deleted',
  // Last, as they go into tweets that are there already.
  'notes',
];

/**
 * The archives among the entries: as a rule one. Those nearest to the root count, each with the
 * account that its own files name. `container` is the name of the ZIP or of the folder.
 */
export async function unitsOf(
  entries: readonly UnitEntry[],
  container: string,
  options: ImportOptions,
): Promise<OpenedUnit[]> {
  const withTweets = entries.filter(({ role }) => isWanted(role, options));
  const depth = Math.min(...withTweets.map(({ root }) => depthOf(root)));
  const roots = new Set(withTweets.map(({ root }) => root).filter((at) => depthOf(at) === depth));
  const units: OpenedUnit[] = [];
  for (const root of roots) {
    const unit = entries.filter((entry) => entry.root === root);
    units.push(await openUnit(unit, container, options));
  }
  return units;
}

export function isWanted(role: ArchiveFileRole, options: ImportOptions): boolean {
  if (role === 'circle') return options.withCircle === true;
  if (role === 'deleted') return options.withDeleted === true;
  return KINDS[role] !== undefined;
}

function depthOf(root: string): number {
  return root.split('/').length;
}

async function openUnit(
  entries: readonly UnitEntry[],
  container: string,
  options: ImportOptions,
): Promise<OpenedUnit> {
  const warnings: ImportWarning[] = [];
  const chosen = choose(entries, options, warnings);
  for (const { check } of chosen) check();
  const manifest = await manifestOf(entries, options);
  warnings.push(...missing(chosen, manifest, container));
  const sources = chosen.map((entry): TweetSource => {
    const kind = KINDS[entry.role] ?? 'tweet';
    const expected = manifest?.counts.get(entry.path) ?? null;
    const format = entry.role === 'old-table' ? 'table' : 'json';
    return { ...entry.source, format, kind, expected, textColumn: null };
  });
  const found = await namesOf(entries, manifest);
  const label = found?.username ? `@${found.username}` : container;
  return {
    files: [container],
    sources,
    account: {
      username: found?.username ?? null,
      displayName: found?.displayName ?? null,
      label,
      avatar: await avatarOf(entries),
    },
    warnings,
  };
}

/** One entry a part, in order; tweets once, where an archive has them in two forms. */
function choose(
  entries: readonly UnitEntry[],
  options: ImportOptions,
  warnings: ImportWarning[],
): readonly UnitEntry[] {
  const byPath = new Map<string, UnitEntry>();
  for (const entry of entries) {
    if (!isWanted(entry.role, options)) continue;
    // As unpacking would have it, the last of one name wins.
    if (byPath.has(entry.path)) {
      warnings.push({ kind: 'duplicate-part', file: entry.source.name });
    }
    byPath.set(entry.path, entry);
  }
  const all = [...byPath.values()];
  const hasNew = all.some(({ path }) => /(^|\/)tweets(-part\d+)?\.js$/.test(path));
  const hasTweets = all.some(({ role }) => role === 'tweets');
  const hasMonths = all.some(({ role }) => role === 'old-month');
  return all
    .filter(({ role, path }) => {
      if (role === 'tweets') return !hasNew || !/(^|\/)tweet(-part\d+)?\.js$/.test(path);
      if (role === 'old-month') return !hasTweets;
      if (role === 'old-table') return !hasTweets && !hasMonths;
      return true;
    })
    .sort((a, b) => IN_ORDER.indexOf(a.role) - IN_ORDER.indexOf(b.role) || a.part - b.part);
}

/** Parts that the list of contents names, or that a gap in the numbers shows, and that aren't there. */
function missing(
  chosen: readonly UnitEntry[],
  manifest: Manifest | null,
  container: string,
): ImportWarning[] {
  const have = new Set(chosen.map(({ path }) => path));
  const warnings: ImportWarning[] = [];
  for (const [path, expected] of manifest?.counts ?? []) {
    // An empty part that is missing is missed by nobody.
    if (have.has(path) || expected === 0) continue;
    warnings.push({ kind: 'missing-part', file: `${container} › ${path}`, expected });
  }
  if (manifest !== null) return warnings;
  const parts = chosen.filter(({ role }) => role === 'tweets');
  const last = Math.max(-1, ...parts.map(({ part }) => part));
  if (last > MAX_GAP) return warnings;
  const stem = (parts[0]?.path ?? '').replace(/(-part\d+)?\.js$/, '');
  for (let part = 0; part < last; part++) {
    if (parts.some((entry) => entry.part === part)) continue;
    const path = part === 0 ? `${stem}.js` : `${stem}-part${part}.js`;
    warnings.push({ kind: 'missing-part', file: `${container} › ${path}`, expected: null });
  }
  return warnings;
}

/** The heaviest accounts have some ten parts. */
const MAX_GAP = 200;

async function manifestOf(
  entries: readonly UnitEntry[],
  options: ImportOptions,
): Promise<Manifest | null> {
  const manifest = usable(entries, 'manifest');
  if (manifest) {
    const wanted = ['tweets', 'notes', 'community', 'circle', 'deleted'] as const;
    return readManifest(
      manifest.source,
      wanted.filter((role) => isWanted(role, options)),
    );
  }
  const index = usable(entries, 'old-index');
  return index ? readOldIndex(index.source) : null;
}

async function namesOf(
  entries: readonly UnitEntry[],
  manifest: Manifest | null,
): Promise<AccountNames | null> {
  const account = usable(entries, 'account');
  if (account) return (await readAccount(account.source)) ?? manifest?.account ?? null;
  const old = usable(entries, 'old-account');
  if (old) return readOldAccount(old.source);
  const actor = usable(entries, 'actor');
  if (actor) return readActor(actor.source);
  return manifest?.account ?? null;
}

async function avatarOf(entries: readonly UnitEntry[]): Promise<Blob | null> {
  const profile = usable(entries, 'profile');
  const name = profile ? await readAvatarName(profile.source) : null;
  if (name === null) return null;
  const picture = entries.find(({ role, path }) => role === 'avatar' && path.endsWith(name));
  return picture && isReadable(picture) ? readPicture(picture.source) : null;
}

/** What only adds to the tweets is left alone when it can't be read: a password, an absurd size. */
function usable(entries: readonly UnitEntry[], role: ArchiveFileRole): UnitEntry | undefined {
  return entries.find((entry) => entry.role === role && isReadable(entry));
}

function isReadable(entry: UnitEntry): boolean {
  try {
    entry.check();
    return true;
  } catch {
    return false;
  }
}
