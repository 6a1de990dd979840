/**
 * The files of use in a folder that was dropped or picked. The others, messages and pictures among
 * them, are never even asked for: their names tell.
 */
import { isOfUse, mayHoldArchiveFiles } from '../../domain/archive-files.ts';
import { rememberPath } from '../state/brought.ts';

/** A folder that is no archive may be somebody's whole disk. */
const MOST_ENTRIES = 50_000;

/** Files dropped alone, and those of use in the folders dropped. */
export async function filesOfDrop(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  const budget = { entries: MOST_ENTRIES };
  for (const entry of entries) {
    if (isFolder(entry)) files.push(...(await filesIn(entry, entry.name, budget)));
    else if (isFile(entry)) files.push(await fileOf(entry));
  }
  return files;
}

/** Of the files that a folder picker gives. */
export function filesOfPick(files: readonly File[]): File[] {
  return files.filter(({ webkitRelativePath }) => isOfUse(webkitRelativePath));
}

async function filesIn(
  folder: FileSystemDirectoryEntry,
  path: string,
  budget: { entries: number },
): Promise<File[]> {
  const files: File[] = [];
  const reader = folder.createReader();
  // It gives some hundred at a time, and none when it is through.
  for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) {
    budget.entries -= some.length;
    if (budget.entries < 0) break;
    for (const entry of some) {
      const entryPath = `${path}/${entry.name}`;
      if (isFolder(entry) && mayHoldArchiveFiles(entryPath)) {
        files.push(...(await filesIn(entry, entryPath, budget)));
      } else if (isFile(entry) && isOfUse(entryPath)) {
        files.push(rememberPath(await fileOf(entry), entryPath));
      }
    }
  }
  return files;
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
