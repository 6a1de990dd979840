/**
 * From an archive to what is read of it: the tweets in all their parts, the account, and what is
 * missing by its own list of contents.
 */

import { archiveFile, type ArchiveFileRole } from '../../domain/archive-files.ts';
import { listFiles } from '../../domain/list-files.ts';
import type { ImportOptions, ImportWarning } from '../../protocol/datasets.ts';
import type { TweetKind } from '../formats/tweet.ts';
import { readAvatarName, readPicture } from './account-files.ts';
import { type Archive, type Fragment, isReadable, type Part, usable } from './archives.ts';
import { unpackedIfGzip } from './gzip.ts';
import { type LeftFile, leftBy, leftUnreadable } from './left-files.ts';
import type { Manifest } from './manifest.ts';
import type { OpenedUnit, TweetSource } from './source.ts';

/** Roles of files with tweets, by what the tweets in them are. */
const KINDS: Partial<Readonly<Record<ArchiveFileRole, TweetKind>>> = {
  tweets: 'tweet',
  'old-month': 'tweet',
  'old-table': 'tweet',
  outbox: 'tweet',
  repository: 'tweet',
  posts: 'tweet',
  'community-archive': 'tweet',
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
  'repository',
  'posts',
  'community-archive',
  'community',
  'circle',
  'deleted',
  // Last, as they go into tweets that are there already.
  'notes',
];
/** The largest accounts have about ten parts. */
const MAX_GAP = 200;

export function isWanted(role: ArchiveFileRole, options: ImportOptions): boolean {
  if (role === 'circle') return options.withCircle === true;
  if (role === 'deleted') return options.withDeleted === true;
  return KINDS[role] !== undefined;
}

/** A part that can't be read goes to `left`, and costs that part. */
export async function openUnit(
  archive: Archive,
  options: ImportOptions,
  left: LeftFile[],
): Promise<OpenedUnit> {
  const warnings: ImportWarning[] = [];
  const chosen = choose(archive, options, warnings);
  const sources: TweetSource[] = [];
  for (const { part, fragment } of chosen) {
    try {
      const source = await sourceOf(part, fragment, archive);
      if (source === null) left.push(leftUnreadable(part.source.name, 'empty'));
      else sources.push(source);
    } catch (error) {
      left.push(leftBy(part.source.name, error));
    }
  }
  warnings.push(...missing(archive, options));
  const names = archive.find((each) => each.names?.username)?.names ?? archive[0]?.names;
  const username = names?.username ?? null;
  return {
    files: [...new Set(chosen.map(({ part }) => part.brought))],
    sources,
    account: {
      username,
      displayName: names?.displayName ?? null,
      label: username === null ? nameOf(chosen.map(({ part }) => part)) : `@${username}`,
      avatar: await avatarOf(archive.flatMap(({ parts }) => parts)),
    },
    warnings,
  };
}

/** Null for an empty file. Throws `archive-unreadable`. */
async function sourceOf(
  part: Part,
  fragment: Fragment,
  archive: Archive,
): Promise<TweetSource | null> {
  if (part.source.bytes === 0) return null;
  part.check();
  // The entries of a container are what their names say: the archive's own program wrote them.
  const { source } =
    part.container === part.brought || part.container === null ? await unpackedIfGzip(part) : part;
  const { role, path } = part.place;
  const lists = fragment.manifest === null ? archive : [fragment];
  const counts = new Set(lists.flatMap(({ manifest }) => manifest?.counts.get(path) ?? []));
  // Lists of two exports may differ, and which of them is meant is not known.
  const [expected = null] = counts.size === 1 ? counts : [];
  const format = role === 'old-table' ? 'table' : role === 'repository' ? 'repository' : 'json';
  return { ...source, format, kind: KINDS[role] ?? 'tweet', expected, textColumn: null };
}

interface Chosen {
  readonly part: Part;
  readonly fragment: Fragment;
}

/** In reading order; without the table that an archive of 2012 has beside the months. */
function choose(
  archive: Archive,
  options: ImportOptions,
  warnings: ImportWarning[],
): readonly Chosen[] {
  const byPath = new Map<string, Chosen>();
  for (const fragment of archive) {
    for (const part of fragment.parts) {
      if (!isWanted(part.place.role, options)) continue;
      const path = part.path.toLowerCase();
      // As unpacking would have it, the last of one name wins.
      if (byPath.has(path)) warnings.push({ kind: 'duplicate-part', file: part.source.name });
      byPath.set(path, { part, fragment });
    }
  }
  const all = [...byPath.values()];
  const hasMonths = all.some(({ part }) => part.place.role === 'old-month');
  const rank = ({ part }: Chosen) => IN_ORDER.indexOf(part.place.role);
  return all
    .filter(({ part }) => part.place.role !== 'old-table' || !hasMonths)
    .sort((a, b) => rank(a) - rank(b) || a.part.place.part - b.part.place.part);
}

/** Parts that a list of contents names, or that a gap in the numbers shows, and that aren't there. */
function missing(archive: Archive, options: ImportOptions): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  const seen = new Set<Manifest>();
  for (const { manifest, parts } of archive) {
    if (manifest === null || [...seen].some((other) => isSame(other, manifest))) continue;
    seen.add(manifest);
    // Another export's parts are no replacement for this one's.
    const own = archive.filter((each) => each.manifest === null || isSame(each.manifest, manifest));
    const have = pathsIn(own, options);
    for (const [path, expected] of manifest.counts) {
      const isMissed = isWanted(archiveFile(path)?.role ?? 'tweets', options);
      // An empty part that is missing is missed by nobody.
      if (have.has(path) || expected === 0 || !isMissed) continue;
      warnings.push({ kind: 'missing-part', file: `${nameOf(parts)} › ${path}`, expected });
    }
  }
  return seen.size > 0 ? warnings : gaps(archive, options);
}

function gaps(archive: Archive, options: ImportOptions): ImportWarning[] {
  const parts = archive
    .flatMap((each) => each.parts)
    .filter(({ place }) => place.role === 'tweets');
  const last = Math.max(-1, ...parts.map(({ place }) => place.part));
  if (last > MAX_GAP) return [];
  const have = pathsIn(archive, options);
  const stem = (parts[0]?.place.path ?? '').replace(/(-part\d+)?\.js$/, '');
  const warnings: ImportWarning[] = [];
  for (let number = 0; number < last; number++) {
    const path = number === 0 ? `${stem}.js` : `${stem}-part${number}.js`;
    if (have.has(path)) continue;
    warnings.push({ kind: 'missing-part', file: `${nameOf(parts)} › ${path}`, expected: null });
  }
  return warnings;
}

function pathsIn(archive: Archive, options: ImportOptions): ReadonlySet<string> {
  const parts = archive.flatMap((fragment) => fragment.parts);
  return new Set(
    parts.filter(({ place }) => isWanted(place.role, options)).map(({ place }) => place.path),
  );
}

function isSame(a: Manifest, b: Manifest): boolean {
  return (
    a.counts.size === b.counts.size &&
    [...a.counts].every(([path, count]) => b.counts.get(path) === count)
  );
}

/** What the parts lie in; the tweets among them by name, where they were brought one by one. */
function nameOf(parts: readonly Part[]): string {
  const isTweets = ({ place }: Part) => place.role === 'tweets' || place.role === 'old-month';
  const tweets = parts.filter(isTweets);
  const named = tweets.length > 0 ? tweets : parts;
  const names = named.map(({ container, source }) => container ?? source.name);
  return listFiles([...new Set(names.map((name) => name.replace(/^.*\//, '')))]);
}

async function avatarOf(parts: readonly Part[]): Promise<Blob | null> {
  const profile = usable(parts, 'profile');
  const name = profile ? await readAvatarName(profile.source) : null;
  if (name === null) return null;
  const picture = parts.find(({ place }) => place.role === 'avatar' && place.path.endsWith(name));
  return picture && isReadable(picture) ? readPicture(picture.source) : null;
}
