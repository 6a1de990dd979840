/**
 * From the files a user brings to where the tweets are in them.
 *
 * The format is told by content first, by name only where the content leaves it open. To add one:
 * tell it apart in `formatOf` or in `elements.ts`, and read it.
 */

import { assert } from '../../core/assert.ts';
import { type ErrorDetails, mynahError, throwIfAborted } from '../../core/errors.ts';
import { archiveFile, MOST_FOLDERS_AROUND } from '../../domain/archive-files.ts';
import type { ImportOptions, ImportWarning } from '../../protocol/calls.ts';
import { listFiles } from '../../domain/list-files.ts';
import type { ByteSource, OpenedUnit, TweetSource } from './source.ts';
import { isWanted, type UnitEntry, unitsOf } from './unit.ts';
import { openZip } from './zip.ts';

export interface OpenedArchive {
  readonly units: readonly OpenedUnit[];
  /** Sum over all sources. */
  readonly bytesTotal: number;
}

/** A file of a folder, and its path from the folder's name on. */
interface FolderMember {
  readonly path: string;
  readonly file: File;
}

/** Enough to see what a file is. */
const HEAD_BYTES = 512;
/** A first entry, an empty archive, a marker that some tools put before the first entry. */
const ZIP_MAGIC = new Set(['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08']);
/** Files that somebody made, in a folder or a ZIP without an archive: what is left is told. */
const MOST_LOOSE_FILES = 1_000;

/**
 * Opens one or several files, and the files of folders, as one dataset. The parts of an archive
 * follow one another whatever order they were dropped in; else the order is kept.
 * Throws `archive-unreadable`, `cancelled`, and `archive-no-tweets` where no file has any.
 */
export async function openArchive(
  files: readonly File[],
  options: ImportOptions = {},
  signal?: AbortSignal,
): Promise<OpenedArchive> {
  const [first] = files;
  assert(first, 'openArchive needs a file');
  const folders = new Map<string, FolderMember[]>();
  const parts: UnitEntry[] = [];
  const units: OpenedUnit[] = [];
  for (const [index, file] of files.entries()) {
    throwIfAborted(signal);
    const path = options.paths?.[index] ?? '';
    const folder = path.includes('/') ? (path.split('/')[0] ?? '') : null;
    if (folder === null) units.push(...(await openFile(file, parts, options, signal)));
    else folders.set(folder, [...(folders.get(folder) ?? []), { path, file }]);
  }
  if (parts.length > 0) units.unshift(...(await unitsOf(parts, namesOf(parts), options)));
  for (const [folder, members] of folders) {
    units.push(...(await openFolder(folder, members, options, signal)));
  }

  const withTweets = units.filter(({ sources }) => sources.length > 0);
  if (withTweets.length === 0) {
    const [folder] = folders.keys();
    throw mynahError('archive-no-tweets', { file: folder ?? first.name, reason: 'no-tweet-file' });
  }
  const sources = withTweets.flatMap((unit) => unit.sources);
  return { units: withTweets, bytesTotal: sources.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function namesOf(parts: readonly UnitEntry[]): string {
  const tweets = parts.filter(({ role }) => role === 'tweets' || role === 'old-month');
  return listFiles((tweets.length > 0 ? tweets : parts).map(({ source }) => source.name));
}

/** A file alone. A part of an archive goes to `parts`, as others of it may have come along. */
async function openFile(
  file: File,
  parts: UnitEntry[],
  options: ImportOptions,
  signal: AbortSignal | undefined,
): Promise<OpenedUnit[]> {
  if (file.size === 0) throw unreadable(file.name, 'empty');
  // Four bytes first: the start of a ZIP's first entry, which may be anything, isn't ours to read.
  if (ZIP_MAGIC.has(await readHead(file, 4))) return openContainer(file, options, signal);
  if (/\.zip$/i.test(file.name)) throw unreadable(file.name, 'not-a-zip');

  const head = await readHead(file, HEAD_BYTES);
  const part = partOf(head);
  if (part !== null) {
    const place = archiveFile(part);
    // Of some other file of an archive, direct messages or likes, nothing more is read.
    if (place === null) return [];
    const path = parts.some(({ path }) => path === place.path)
      ? `${place.path} ${file.name}`
      : place.path;
    parts.push({ ...place, path, source: fileSource(file), check: () => undefined });
    return [];
  }
  return [looseUnit(fileSource(file), head, options)];
}

async function openContainer(
  file: File,
  options: ImportOptions,
  signal: AbortSignal | undefined,
): Promise<OpenedUnit[]> {
  const entries = await openZip(file, signal);
  return openEntries(entries, file.name, options, signal);
}

async function openFolder(
  folder: string,
  members: readonly FolderMember[],
  options: ImportOptions,
  signal: AbortSignal | undefined,
): Promise<OpenedUnit[]> {
  const units: OpenedUnit[] = [];
  const arounds = Array.from({ length: MOST_FOLDERS_AROUND + 1 }, (_, around) => around);
  const entryOf = ({ path, file }: FolderMember, around: number): UnitEntry[] => {
    const place = archiveFile(path.split('/').slice(around).join('/'));
    const source = { ...fileSource(file), name: path };
    return place === null || file.size === 0 ? [] : [{ ...place, source, check: () => undefined }];
  };
  const entries =
    arounds
      .map((around) => members.flatMap((member) => entryOf(member, around)))
      .find((level) => level.some(({ role }) => isWanted(role, options))) ??
    // No archive: what somebody made lies at any depth.
    members.flatMap((member) => arounds.flatMap((around) => entryOf(member, around)).slice(0, 1));
  for (const { file } of members) {
    if (!/\.zip$/i.test(file.name) || !ZIP_MAGIC.has(await readHead(file, 4))) continue;
    units.push(...(await openContainer(file, options, signal)));
  }
  units.push(...(await openEntries(entries, folder, options, signal)));
  return units;
}

/** The archives among the entries, else the files in them that somebody made. */
async function openEntries(
  entries: readonly UnitEntry[],
  container: string,
  options: ImportOptions,
  signal: AbortSignal | undefined,
): Promise<OpenedUnit[]> {
  if (entries.some(({ role }) => isWanted(role, options))) {
    return unitsOf(entries, container, options);
  }
  // An archive of which nothing is wanted holds no files of tweets either.
  if (entries.some(({ role }) => role !== 'loose')) return [];
  const units: OpenedUnit[] = [];
  for (const { source, check } of entries.slice(0, MOST_LOOSE_FILES)) {
    throwIfAborted(signal);
    check();
    const head = await headOf(source);
    if (formatOf(head, source.name) !== null) units.push(looseUnit(source, head, options));
  }
  const [first, ...others] = units;
  const count = entries.length - MOST_LOOSE_FILES;
  if (first === undefined || count <= 0) return units;
  const left: ImportWarning = { kind: 'files-left', file: container, count };
  return [{ ...first, warnings: [left] }, ...others];
}

function looseUnit(source: ByteSource, head: string, options: ImportOptions): OpenedUnit {
  const format = formatOf(head, source.name);
  if (format === null) throw unreadable(source.name, 'unknown-format');
  const columns = options.textColumns ?? {};
  const textColumn = Object.hasOwn(columns, source.name) ? (columns[source.name] ?? null) : null;
  return {
    files: [source.name],
    sources: [{ ...source, format, kind: 'tweet', expected: null, textColumn }],
    account: null,
    warnings: [],
  };
}

/** Where a file that is part of an archive would lie in it; null for any other. */
function partOf(head: string): string | null {
  const start = head.replace(/^[^\w]{0,8}/, '');
  const ytd = /^window\.YTD\.(\w{1,60})\.part(\d{1,4})\s*=/.exec(start);
  if (ytd) {
    const [, name = '', part] = ytd;
    const stem = name.replaceAll('_', '-').replace(/^deleted-tweet$/, 'deleted-tweets');
    return `data/${stem}${part === '0' ? '' : `-part${part}`}.js`;
  }
  if (/^window\.__THAR_CONFIG\s*=/.test(start)) return 'data/manifest.js';
  const month = /^Grailbird\.data\.tweets_(\d{4}_\d\d)\s*=/.exec(start);
  if (month) return `data/js/tweets/${month[1]}.js`;
  const old = /^var (tweet_index|user_details)\s*=/.exec(start);
  return old ? `data/js/${old[1]}.js` : null;
}

const JSON_START =
  /^[^\w[{"]{0,8}(?:\[\s*[[{"\]\d]|\{\s*["}]|(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*[[{])/;
/** Lines of text may begin with a bracket: JSON in such a file has to look like nothing else. */
const SURE_JSON_START = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:\[\s*[{"]|\{\s*"|window\.YTD)/;
/** Pictures and the like have these, texts hardly any. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROLS = /[\x01-\x08\x0e-\x1a]/g;
const MOST_CONTROLS = 8;

function formatOf(head: string, name: string): TweetSource['format'] | null {
  const controls = head.match(CONTROLS)?.length ?? 0;
  if (controls > MOST_CONTROLS || head.startsWith('\xff\xd8')) return null;
  if (/\.(?:csv|tsv)$/i.test(name)) return 'table';
  if (/\.(?:txt|text)$/i.test(name)) return SURE_JSON_START.test(head) ? 'json' : 'lines';
  return JSON_START.test(head) || /\.(?:js|json|jsonl|ndjson)$/i.test(name) ? 'json' : null;
}

/** The first bytes as Latin-1 without NULs: ASCII shows in UTF-8 and in UTF-16 alike. */
async function readHead(file: File, length: number): Promise<string> {
  try {
    return latin1(new Uint8Array(await file.slice(0, length).arrayBuffer()));
  } catch (error) {
    throw unreadable(file.name, 'unreadable', error);
  }
}

async function headOf(source: ByteSource): Promise<string> {
  const reader = source.stream().getReader();
  const { value } = await reader.read();
  await reader.cancel().catch(() => undefined);
  return latin1(value?.subarray(0, HEAD_BYTES) ?? new Uint8Array());
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.filter((byte) => byte !== 0));
}

function fileSource(file: File): ByteSource {
  return { name: file.name, bytes: file.size, stream: () => file.stream() };
}

function unreadable(
  file: string,
  reason: ErrorDetails['archive-unreadable']['reason'],
  cause?: unknown,
): Error {
  return mynahError('archive-unreadable', { file, reason }, cause);
}
