/**
 * Everything that was brought as one flat list of files: those that lie in folders, in ZIPs, in other
 * containers, and in containers in containers. Only its path says where a file lies.
 */

import { mynahError, throwIfAborted } from '../../core/errors.ts';
import { kindOfPath, segmentsOf } from '../../domain/archive-files.ts';
import { type Entry, entryOfFile } from './entry.ts';
import { gunzipped } from './gzip.ts';
import { type LeftFile, leftAside, leftBy } from './left-files.ts';
import { type Packing, packingOf } from './packing.ts';
import { openZip } from './zip.ts';

/** A ZIP in a ZIP in a ZIP is somebody's habit; more is made to harm. */
const MAX_CONTAINERS_AROUND = 4;
const MAX_CONTAINERS = 1_000;

export interface Listed {
  readonly entries: readonly Entry[];
  readonly left: readonly LeftFile[];
}

/**
 * `paths`: where each file lay in the folder brought, empty for a file alone. A container that can't
 * be opened costs that container. Throws `cancelled`.
 */
export async function listEntries(
  files: readonly File[],
  paths: readonly string[] = [],
  signal?: AbortSignal,
): Promise<Listed> {
  const listing = new Listing(signal);
  for (const [index, file] of files.entries()) {
    const segments = segmentsOf(paths[index] ?? '');
    const [folder] = segments;
    const isAlone = folder === undefined || segments.length === 1;
    const path = listing.unused(isAlone ? file.name.replaceAll('/', '_') : segments.join('/'));
    const brought = isAlone ? file.name : folder;
    await listing.add(entryOfFile(file, path, brought, isAlone ? null : folder), 0);
  }
  return listing;
}

class Listing implements Listed {
  readonly entries: Entry[] = [];
  readonly left: LeftFile[] = [];
  private readonly paths = new Set<string>();
  private readonly signal: AbortSignal | undefined;
  private containers = 0;

  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
  }

  /** The path, marked as a copy where something else of that name was brought from elsewhere. */
  unused(path: string): string {
    let free = path;
    for (let copy = 2; this.paths.has(free.toLowerCase()); copy++) {
      free = path.replace(/(?=\.[^./]*$)|$/, ` (${copy})`);
    }
    this.paths.add(free.toLowerCase());
    return free;
  }

  /** `depth`: how many containers are around it. */
  async add(entry: Entry, depth: number, isUnpacked = false): Promise<void> {
    throwIfAborted(this.signal);
    const { kind } = kindOfPath(entry.path);
    // Of a file that was chosen by hand, or of what a compressed one holds, a name may tell nothing.
    const mayHide = kind === 'unknown' && (entry.container === null || isUnpacked);
    if (kind !== 'container' && !mayHide) {
      this.entries.push(entry);
      return;
    }
    try {
      if (entry.source.bytes === 0) throw unreadable(entry, 'empty');
      entry.check();
      const packing = packingOf(await entry.head());
      if (packing !== null) await this.open(entry, packing, depth);
      else if (/\.zip$/i.test(entry.path)) throw unreadable(entry, 'not-a-zip');
      // Some browsers unpack what they download, and leave the name as it was.
      else if (kind === 'container') {
        await this.add({ ...entry, path: entry.path.replace(/\.\w+$/, '') }, depth);
      } else this.entries.push(entry);
    } catch (error) {
      this.left.push(leftBy(entry.source.name, error));
    }
  }

  private async open(entry: Entry, packing: Packing, depth: number): Promise<void> {
    if (depth >= MAX_CONTAINERS_AROUND || ++this.containers > MAX_CONTAINERS) {
      this.left.push(leftAside(entry.source.name, 'too-many'));
      return;
    }
    if (packing === 'gzip') {
      await this.add(gunzipped(entry), depth + 1, true);
      return;
    }
    const inside = await entriesIn(entry, packing, this.signal);
    if (inside.length === 0) throw noTweetFile(entry);
    for (const inner of inside) await this.add(inner, depth + 1);
  }
}

/** Throws `archive-unreadable`, `cancelled`. */
async function entriesIn(
  entry: Entry,
  packing: Exclude<Packing, 'gzip'>,
  signal: AbortSignal | undefined,
): Promise<readonly Entry[]> {
  if (packing === 'zip') return openZip(entry, signal);
  if (packing !== 'tar') {
    const file = entry.source.name;
    throw mynahError('archive-unreadable', { file, reason: 'packed', packing });
  }
  // Few bring one: its reader is loaded when somebody does.
  const { openTar } = await import('./tar.ts');
  return openTar(entry, signal);
}

function noTweetFile(entry: Entry): Error {
  return mynahError('archive-no-tweets', { file: entry.source.name, reason: 'no-tweet-file' });
}

function unreadable(entry: Entry, reason: 'empty' | 'not-a-zip'): Error {
  return mynahError('archive-unreadable', { file: entry.source.name, reason });
}
