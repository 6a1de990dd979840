/**
 * The archives among the entries, told by where their parts lie. The parts of one archive may be
 * spread over several ZIPs, and two exports of one account may lie side by side.
 */

import type { ArchiveFile, ArchiveFileRole } from '../../domain/archive-files.ts';
import { readAccount, readActor, readOldAccount } from './account-files.ts';
import type { Entry } from './entry.ts';
import { type Manifest, readManifest, readOldIndex } from './manifest.ts';
import type { AccountNames } from './source.ts';

/** An entry that is a part of an archive. */
export interface Part extends Entry {
  readonly place: ArchiveFile;
}

/** What lies in one folder, or in one ZIP: an archive, or some of its parts. */
export interface Fragment {
  readonly root: string;
  readonly parts: readonly Part[];
  readonly names: AccountNames | null;
  /** Its list of contents; null where it has none that makes sense. */
  readonly manifest: Manifest | null;
}

/** All that is known of one account's archives. */
export type Archive = readonly Fragment[];

/** Parts that only describe an archive, or repeat what it holds: a second one is no second archive. */
const DESCRIBING: ReadonlySet<ArchiveFileRole> = new Set([
  'account',
  'profile',
  'manifest',
  'old-index',
  'old-account',
  'old-table',
  'actor',
  'avatar',
]);

/**
 * Fragments of one account belong together. One that doesn't say whose it is goes with the archive
 * that it completes, where there is just one such.
 */
export async function archivesOf(parts: readonly Part[]): Promise<Archive[]> {
  const byRoot = new Map<string, Part[]>();
  for (const part of parts) {
    const there = byRoot.get(part.place.root);
    if (there) there.push(part);
    else byRoot.set(part.place.root, [part]);
  }
  const archives: Fragment[][] = [];
  const nameless: Fragment[] = [];
  const byName = new Map<string, Fragment[]>();
  for (const [root, inRoot] of byRoot) {
    const fragment = await describe(root, inRoot);
    const name = fragment.names?.username?.toLowerCase();
    const known = name === undefined ? undefined : byName.get(name);
    if (name === undefined) nameless.push(fragment);
    else if (known) known.push(fragment);
    else {
      const archive = [fragment];
      byName.set(name, archive);
      archives.push(archive);
    }
  }
  for (const fragment of nameless) {
    const archive = completedBy(fragment, archives);
    if (archive) archive.push(fragment);
    else archives.push([fragment]);
  }
  return archives;
}

function completedBy(fragment: Fragment, archives: readonly Fragment[][]): Fragment[] | undefined {
  const paths = contentsOf(fragment);
  const open = archives.filter((archive) => {
    const there = new Set(archive.flatMap((other) => [...contentsOf(other)]));
    return ![...paths].some((path) => there.has(path));
  });
  const asking = open.filter((archive) =>
    archive.some(({ manifest }) => [...paths].some((path) => manifest?.counts.has(path))),
  );
  const candidates = asking.length > 0 ? asking : open;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Paths, as a list of contents has them, of the parts that hold something of their own. */
function contentsOf({ parts }: Fragment): Set<string> {
  const holding = parts.filter(({ place }) => !DESCRIBING.has(place.role));
  return new Set(holding.map(({ place }) => place.path));
}

async function describe(root: string, parts: readonly Part[]): Promise<Fragment> {
  const manifest = await manifestOf(parts);
  return { root, parts, manifest, names: (await namesOf(parts)) ?? manifest?.account ?? null };
}

async function manifestOf(parts: readonly Part[]): Promise<Manifest | null> {
  const manifest = usable(parts, 'manifest');
  if (manifest) return readManifest(manifest.source);
  const index = usable(parts, 'old-index');
  return index ? readOldIndex(index.source) : null;
}

async function namesOf(parts: readonly Part[]): Promise<AccountNames | null> {
  const account = usable(parts, 'account');
  if (account) return readAccount(account.source);
  const old = usable(parts, 'old-account');
  if (old) return readOldAccount(old.source);
  const actor = usable(parts, 'actor');
  return actor ? readActor(actor.source) : null;
}

/** What only adds to the tweets is left alone when it can't be read: a password, an absurd size. */
export function usable(parts: readonly Part[], role: ArchiveFileRole): Part | undefined {
  return parts.find((part) => part.place.role === role && isReadable(part));
}

export function isReadable(entry: Entry): boolean {
  try {
    entry.check();
    return true;
  } catch {
    return false;
  }
}
