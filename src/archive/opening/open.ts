/**
 * From what a user brings to where the tweets are in it.
 *
 * All of it becomes one list of entries (`list-entries.ts`). The archives among them are recognized by path
 * (`archives.ts`), and become units that are read as one (`unit.ts`). Only where there is no archive,
 * files that somebody made are read: beside an archive they are somebody's private notes.
 */

import { assert } from '../../core/assert.ts';
import { mynahError, throwIfAborted } from '../../core/errors.ts';
import {
  archiveFile,
  type ArchiveFileRole,
  callsItselfTweets,
  kindOfPath,
  type PathKind,
} from '../../domain/archive-files.ts';
import { listFiles } from '../../domain/list-files.ts';
import type { ImportOptions } from '../../protocol/datasets.ts';
import { archivesOf, isReadable, type Part } from './archives.ts';
import type { Entry } from './entry.ts';
import { archivePathOf, formOf, isCommunityArchive, isOldTable } from './form.ts';
import { unpackedIfGzip } from './gzip.ts';
import {
  isOfOneFile,
  type LeftFile,
  leftAside,
  leftBy,
  leftUnreadable,
  mostTelling,
} from './left-files.ts';
import { listEntries } from './list-entries.ts';
import type { OpenedArchive, OpenedUnit } from './source.ts';
import { isWanted, openUnit } from './unit.ts';

/** Files that somebody made: more are left, and that is told. */
const MAX_LOOSE_FILES = 1_000;

/**
 * Opens files, the files of folders and what lies in containers as one dataset. What can't be opened
 * costs that file. Throws `cancelled`. If no file can hold tweets, throws `archive-unreadable` or
 * `archive-no-tweets`, for the file whose fault tells the user most.
 */
export async function openArchive(
  files: readonly File[],
  options: ImportOptions = {},
  signal?: AbortSignal,
): Promise<OpenedArchive> {
  assert(files[0], 'openArchive needs a file');
  const { entries, left } = await listEntries(files, options.paths, signal);
  const opening = new Opening(options, left, signal);
  for (const entry of entries) await opening.sort(entry);
  await opening.findRenamedParts();
  const units = opening.isArchive ? await opening.openArchives() : await opening.openLooseFiles();

  const withSources = units.filter(({ sources }) => sources.length > 0);
  if (withSources.length === 0) {
    const file = listFiles([...new Set(entries.map(({ brought }) => brought))]) || files[0].name;
    throw (
      mostTelling(opening.left) ??
      mynahError('archive-no-tweets', { file, reason: 'no-tweet-file' })
    );
  }
  const sources = withSources.flatMap((unit) => unit.sources);
  const bytesTotal = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  return { units: withSources, bytesTotal, left: opening.left };
}

class Opening {
  readonly left: LeftFile[];
  private readonly options: ImportOptions;
  private readonly signal: AbortSignal | undefined;
  private parts: Part[] = [];
  /** What may be tweets that somebody made, in the order brought. */
  private loose: Entry[] = [];
  /** Left without a word where there is an archive: they are its own, or belong to no one's tweets. */
  private readonly aside: Entry[] = [];

  constructor(options: ImportOptions, left: readonly LeftFile[], signal: AbortSignal | undefined) {
    this.options = options;
    this.left = [...left];
    this.signal = signal;
  }

  /** Puts an entry where it belongs, by its path. */
  async sort(entry: Entry): Promise<void> {
    const found: PathKind = kindOfPath(entry.path);
    if (found.kind === 'archive') {
      // Anyone may call a file so.
      const telling = TELLING_START[found.place.role];
      if (telling !== undefined && !(await beginsWith(entry, telling))) this.loose.push(entry);
      else this.parts.push({ ...entry, place: found.place });
    } else if (found.kind === 'loose' || found.kind === 'script' || found.kind === 'unknown') {
      this.loose.push(entry);
    } else {
      this.aside.push(entry);
    }
  }

  /** Of an archive of which nothing is wanted, no other files are wanted either. */
  get isArchive(): boolean {
    return this.parts.some(
      ({ place, path }) => !COMMON_NAMES.has(place.role) || IN_DATA.test(path),
    );
  }

  /**
   * Parts of an archive that were renamed and brought by hand. Where an archive is known already,
   * only what calls itself tweets is looked at.
   */
  async findRenamedParts(): Promise<void> {
    const hasArchive = this.parts.some(({ place }) => isWanted(place.role, this.options));
    const loose: Entry[] = [];
    for (const entry of this.loose) {
      throwIfAborted(this.signal);
      const isScript = kindOfPath(entry.path).kind === 'script';
      const mayBe = hasArchive
        ? isScript && callsItselfTweets(entry.path)
        : isScript || entry.container === null;
      const path = mayBe ? await archivePathIn(entry) : null;
      if (path === null) {
        loose.push(entry);
        continue;
      }
      const place = archiveFile(path);
      // Of some other file of an archive, direct messages or likes, nothing more is read.
      if (place === null) this.aside.push(entry);
      else this.parts.push({ ...entry, place });
    }
    this.loose = loose;
  }

  async openArchives(): Promise<OpenedUnit[]> {
    const units: OpenedUnit[] = [];
    for (const archive of await archivesOf(this.parts)) {
      throwIfAborted(this.signal);
      units.push(await openUnit(archive, this.options, this.left));
    }
    const roots = new Set(this.parts.map(({ place }) => place.root));
    const ofPosts = this.parts.filter(({ place }) => place.role === 'posts');
    const isOwn = ({ path, container }: Entry) => {
      // Beside the posts, Instagram and Facebook export hundreds of other lists.
      if (container !== null && ofPosts.some((part) => part.container === container)) return true;
      const lower = path.toLowerCase();
      return [...roots].some(
        (root) => lower.startsWith(root) && OWN_FOLDERS.test(lower.slice(root.length)),
      );
    };
    for (const entry of this.loose) {
      if (!isOwn(entry)) this.left.push(leftAside(entry.source.name, 'beside-archive'));
    }
    // If nothing else is there, they are what to speak of.
    const isAlone = units.every(({ sources }) => sources.length === 0) && this.left.length === 0;
    if (isAlone) this.leaveAside();
    return units;
  }

  async openLooseFiles(): Promise<OpenedUnit[]> {
    const units: OpenedUnit[] = [];
    for (const [index, entry] of this.loose.entries()) {
      throwIfAborted(this.signal);
      if (index >= MAX_LOOSE_FILES) {
        this.left.push(leftAside(entry.source.name, 'too-many'));
        continue;
      }
      try {
        const unit = await openLooseFile(entry, this.options);
        if (unit === null) this.left.push(leftUnreadable(entry.source.name, 'unknown-format'));
        else units.push(unit);
      } catch (error) {
        this.left.push(leftBy(entry.source.name, error));
      }
    }
    this.leaveAside();
    return units;
  }

  private leaveAside(): void {
    for (const { path, source } of this.aside) {
      const isPassedOver = kindOfPath(path).kind === 'passed-over';
      this.left.push(
        isPassedOver
          ? leftUnreadable(source.name, 'unknown-format')
          : leftAside(source.name, 'not-tweets'),
      );
    }
  }
}

/** Files of web pages may be called so too, where they don't lie in `data/`. */
const COMMON_NAMES: ReadonlySet<ArchiveFileRole> = new Set(['account', 'profile', 'manifest']);
const IN_DATA = /(?:^|\/)data\/[^/]+$/i;

/** What archives have in folders of their own. */
const OWN_FOLDERS = /^(?:data|js|lib|css|img|assets)\//;

/** What an archive's file begins with, where its name alone doesn't make it one. */
const TELLING_START: Partial<Readonly<Record<ArchiveFileRole, (head: Uint8Array) => boolean>>> = {
  'old-table': isOldTable,
  'community-archive': isCommunityArchive,
};

async function beginsWith(
  entry: Entry,
  isTelling: (head: Uint8Array) => boolean,
): Promise<boolean> {
  if (!isReadable(entry)) return true;
  try {
    return isTelling(await (await unpackedIfGzip(entry)).head());
  } catch (error) {
    if (!isOfOneFile(error)) throw error;
    // It is said when the file is read.
    return true;
  }
}

async function archivePathIn(entry: Entry): Promise<string | null> {
  if (entry.source.bytes === 0) return null;
  try {
    return archivePathOf(await (await unpackedIfGzip(entry)).head());
  } catch (error) {
    if (!isOfOneFile(error)) throw error;
    // It is said when the file is read.
    return null;
  }
}

/** Null when it is in no format that is known. Throws `archive-unreadable`. */
async function openLooseFile(packed: Entry, options: ImportOptions): Promise<OpenedUnit | null> {
  const { name } = packed.source;
  if (packed.source.bytes === 0)
    throw mynahError('archive-unreadable', { file: name, reason: 'empty' });
  packed.check();
  const entry = await unpackedIfGzip(packed);
  const format = formOf(await entry.head(), entry.path);
  if (format === null) return null;
  const columns = options.textColumns ?? {};
  const textColumn = Object.hasOwn(columns, name) ? (columns[name] ?? null) : null;
  return {
    files: [name],
    sources: [{ ...entry.source, format, kind: 'tweet', expected: null, textColumn }],
    account: null,
    warnings: [],
  };
}
