/** Finds a model among dropped files and folders, by the name of its weights file. */
import type { ModelImportFile } from '../../protocol/models.ts';

const weightsName = /\.safetensors$|^pytorch_model.*\.bin$/;
/** The same in the list of contents at the end of a ZIP, where names follow each other without a gap. */
const weightsInZip = /\.safetensors|pytorch_model[\w.-]*\.bin/;
/** What may belong to a model beside its weights. */
const modelFileName =
  /\.(?:safetensors|bin|model)$|\.index\.json$|^(?:merges|vocab)\.txt$|^(?:config|generation_config|adapter_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|training_args)\.json$|^README\.md$/;
/** How much of a ZIP's end is looked at. A bot has a dozen files. */
const ZIP_END_BYTES = 64 * 1024;
/** A model's folder is flat, and may lie in one or two others. More levels aren't searched. */
const MAX_DEPTH = 3;

/** Must be called during the event, because the list is empty after it. */
export function droppedEntries(dropped: DataTransfer | null): readonly FileSystemEntry[] {
  return [...(dropped?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
}

/**
 * Those of the entries that are a model: folders with a weights file directly in them, and the files of a model that
 * lie beside one.
 */
export async function entriesOfModel(
  entries: readonly FileSystemEntry[],
): Promise<readonly FileSystemEntry[]> {
  const folders: FileSystemEntry[] = [];
  for (const folder of entries.filter(isFolder)) {
    const inside = await readFolder(folder).catch(() => []);
    if (hasWeights(inside)) folders.push(folder);
  }
  const isLoose = hasWeights(entries);
  return entries.filter((entry) => {
    return folders.includes(entry) || (isLoose && isFile(entry) && modelFileName.test(entry.name));
  });
}

function hasWeights(entries: readonly FileSystemEntry[]): boolean {
  return entries.some(({ name, isFile }) => isFile && weightsName.test(name));
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
