/**
 * The files of use in a folder that was dropped or picked. The others, messages and pictures among
 * them, are never even asked for: their names tell.
 */
import { isOfUse, mayHoldArchiveFiles } from '../../domain/archive-files.ts';
import { rememberPath } from '../state/brought.ts';

/** A folder that is no archive may be somebody's whole disk. */
const MAX_ENTRIES = 50_000;

/** Files dropped alone, and those of use in the folders dropped. */
export async function filesOfDrop(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  for (const entry of entries) if (isFile(entry)) files.push(await fileOf(entry));
  const folders = entries.filter(isFolder).map((folder) => ({ folder, path: folder.name }));
  let count = 0;
  // Level by level: what people bring on purpose lies near the top.
  for (const { folder, path } of folders) {
    const inside = await entriesIn(folder);
    count += inside.length;
    if (count > MAX_ENTRIES) break;
    for (const entry of inside) {
      const entryPath = `${path}/${entry.name}`;
      if (isFolder(entry) && mayHoldArchiveFiles(entryPath)) {
        folders.push({ folder: entry, path: entryPath });
      } else if (isFile(entry) && isOfUse(entryPath)) {
        files.push(rememberPath(await fileOf(entry), entryPath));
      }
    }
  }
  return files;
}

/** Of the files that a folder picker gives. */
export function filesOfPick(files: readonly File[]): File[] {
  return files.filter(({ webkitRelativePath }) => isOfUse(webkitRelativePath));
}

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const entries: FileSystemEntry[] = [];
  const reader = folder.createReader();
  // It gives some hundred at a time, and none when it is through.
  for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) {
    entries.push(...some);
    if (entries.length > MAX_ENTRIES) break;
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
