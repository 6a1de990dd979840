/** What is known of the files brought, beside themselves: where they lay, and what the user said. */
import { signal } from '@preact/signals';
import type {
  AddedTweets,
  ImportOptions,
  ImportWarning,
  LeftFileName,
} from '../../protocol/datasets.ts';

/** A file taken out of a dropped folder doesn't remember where it lay. */
const paths = new WeakMap<File, string>();
/** Which column of a table holds the tweets, as the user has said. */
const textColumns = new Map<string, number>();

/** Tweets that were deleted lately, or never public: read only on request. */
export const withHidden = signal(false);
/** What the last import went well in spite of. */
export const importWarnings = signal<readonly ImportWarning[]>([]);
/** What adding tweets to a dataset has come to; null where the last import made a new one. */
export const addedTweets = signal<AddedTweets | null>(null);

export function rememberPath(file: File, path: string): File {
  paths.set(file, path);
  return file;
}

export function rememberTextColumn(fileName: string, column: number): void {
  textColumns.set(fileName, column);
}

/** A file that is brought again is asked about again: the answer may have been wrong. */
export function forgetTextColumns(): void {
  textColumns.clear();
}

export function optionsFor(files: readonly File[]): ImportOptions {
  return {
    paths: files.map((file) => paths.get(file) ?? file.webkitRelativePath),
    textColumns: Object.fromEntries(textColumns),
    withCircle: withHidden.value,
    withDeleted: withHidden.value,
  };
}

/** The warnings of an import, with what the browser didn't hand over among the files that were left. */
export function withLeftFiles(
  warnings: readonly ImportWarning[],
  left: readonly LeftFileName[],
): readonly ImportWarning[] {
  if (left.length === 0) return warnings;
  const others = warnings.filter(({ kind }) => kind !== 'files-left');
  const known = warnings.find(({ kind }) => kind === 'files-left');
  const { files, count } = known?.kind === 'files-left' ? known : { files: [], count: 0 };
  const all = {
    kind: 'files-left',
    files: [...left, ...files],
    count: count + left.length,
  } as const;
  return [...others, all];
}
