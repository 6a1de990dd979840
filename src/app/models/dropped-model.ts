/** Finds a model among dropped files and folders, by the name of its weights file. */
import type { ModelImportFile } from '../../protocol/models.ts';

const weightsName = /\.safetensors$|^pytorch_model.*\.bin$/;
/** The same in the list of contents at the end of a ZIP, where names follow each other without a gap. */
const weightsInZip = /\.safetensors|pytorch_model[\w.-]*\.bin/;
/** How much of a ZIP's end is looked at. A bot has a dozen files. */
const ZIP_END_BYTES = 64 * 1024;
/** A model's folder is flat, and may lie in one or two others. More levels aren't searched. */
const MAX_DEPTH = 3;

/** Must be called during the event, because the list is empty after it. */
export function droppedEntries(dropped: DataTransfer | null): readonly FileSystemEntry[] {
  return [...(dropped?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
}

/** Whether a weights file is among the entries or directly in one of the folders. */
export async function hasWeights(entries: readonly FileSystemEntry[]): Promise<boolean> {
  for (const entry of entries) {
    const inside = isFolder(entry) ? await readFolder(entry) : [entry];
    if (inside.some(({ name, isFile }) => isFile && weightsName.test(name))) return true;
  }
  return false;
}

/**
 * Whether a file is a ZIP with weights in it: a bot, as it was exported, or another model's folder. False for a file
 * that can't be read: whoever reads it next says so.
 */
export async function isBotZip(file: File): Promise<boolean> {
  if (!/\.zip$/i.test(file.name)) return false;
  const end = file.slice(Math.max(0, file.size - ZIP_END_BYTES));
  const bytes = await end.arrayBuffer().catch(() => new ArrayBuffer());
  return weightsInZip.test(new TextDecoder('latin1').decode(bytes));
}

/** All files, including those in folders, with their paths. */
export async function modelFilesOf(
  entries: readonly FileSystemEntry[],
): Promise<readonly ModelImportFile[]> {
  const found: ModelImportFile[] = [];
  for (const entry of entries) await collect(entry, found, 0);
  return found;
}

async function collect(
  entry: FileSystemEntry,
  found: ModelImportFile[],
  depth: number,
): Promise<void> {
  if (isFolder(entry)) {
    if (depth >= MAX_DEPTH) return;
    for (const inner of await readFolder(entry)) await collect(inner, found, depth + 1);
  } else if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ''), file });
  }
}

async function readFolder(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
