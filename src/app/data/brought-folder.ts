/**
 * The files of use in a folder that was dropped or picked. The others, messages and pictures among
 * them, are never even asked for: their names tell.
 */
import { isOfUse, mayHoldArchiveFiles } from '../../domain/archive-files.ts';
import type { LeftFileName } from '../../protocol/datasets.ts';
import { rememberPath } from '../state/brought.ts';

/** A folder that is no archive may be somebody's whole disk. */
const MAX_ENTRIES = 50_000;

export interface DroppedFiles {
  readonly files: readonly File[];
  /** What the browser doesn't hand over, and a folder that wasn't searched to its end. */
  readonly left: readonly LeftFileName[];
}

/** Files dropped alone, and those of use in the folders dropped. */
export async function filesOfDrop(
  entries: readonly FileSystemEntry[],
  maxEntries = MAX_ENTRIES,
): Promise<DroppedFiles> {
  const files: File[] = [];
  const left: LeftFileName[] = [];
  const handOver = async <T>(path: string, what: Promise<T>): Promise<T | null> =>
    what.catch(() => {
      left.push({ file: path, why: 'unreadable' });
      return null;
    });
  for (const entry of entries.filter(isFile)) {
    const file = await handOver(entry.name, fileOf(entry));
    if (file !== null) files.push(file);
  }
  const folders = entries.filter(isFolder).map((folder) => ({ folder, path: folder.name }));
  let count = 0;
  // Level by level: what people bring on purpose lies near the top.
  for (const { folder, path } of folders) {
    const inside = (await handOver(path, entriesIn(folder, maxEntries - count))) ?? [];
    count += inside.length;
    for (const entry of inside) {
      const entryPath = `${path}/${entry.name}`;
      if (isFolder(entry) && mayHoldArchiveFiles(entryPath)) {
        folders.push({ folder: entry, path: entryPath });
      } else if (isFile(entry) && isOfUse(entryPath)) {
        const file = await handOver(entryPath, fileOf(entry));
        if (file !== null) files.push(rememberPath(file, entryPath));
      }
    }
    if (count >= maxEntries) {
      left.push({ file: path, why: 'too-many' });
      break;
    }
  }
  return { files, left };
}

/** Of the files that a folder picker gives. */
export function filesOfPick(files: readonly File[]): File[] {
  return files.filter(({ webkitRelativePath }) => isOfUse(webkitRelativePath));
}

async function entriesIn(
  folder: FileSystemDirectoryEntry,
  most: number,
): Promise<FileSystemEntry[]> {
  const entries: FileSystemEntry[] = [];
  const reader = folder.createReader();
  // It gives some hundred at a time, and none when it is through.
  for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) {
    entries.push(...some);
    if (entries.length >= most) break;
  }
  return entries;
}

function readSome(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
