/** Bots as files: saved to the disk. */
import { signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import type { ExportParams, ExportProgress, RunSummary } from '../../protocol/calls.ts';
import { announce } from './announce.ts';
import { call, localError } from './engine.ts';

export interface ExportJob {
  readonly runId: string;
  /** Null until the first bytes are written. */
  readonly progress: ExportProgress | null;
}

export const exportJob = signal<ExportJob | null>(null);
export const exportError = signal<ErrorData | null>(null);
let abort: AbortController | null = null;

/** Asks where to, where the browser can, and saves. Called from a press of a button. */
export async function exportRun(
  run: RunSummary,
  choice: Pick<ExportParams, 'what' | 'dtype'>,
): Promise<boolean> {
  if (exportJob.value !== null) return false;
  exportError.value = null;
  let file: FileSystemFileHandle | null = null;
  try {
    file = await chooseFile(run.name);
  } catch {
    // The user changed their mind.
    return false;
  }
  abort = new AbortController();
  exportJob.value = { runId: run.id, progress: null };
  announce(`Saving ${run.name}.`);
  try {
    const { fileName, blob } = await call(
      'exportRun',
      { runId: run.id, ...choice, file },
      {
        signal: abort.signal,
        onProgress: (progress) => {
          exportJob.value = { runId: run.id, progress };
        },
      },
    );
    if (blob !== null) download(blob, fileName);
    announce(`${run.name} has been saved.`);
    return true;
  } catch (thrown) {
    exportError.value = localError(thrown);
    return false;
  } finally {
    exportJob.value = null;
    abort = null;
  }
}

export function cancelExport(): void {
  abort?.abort();
}

/** Null where the browser can't write to a file of the user's: then it is a download. */
async function chooseFile(name: string): Promise<FileSystemFileHandle | null> {
  if (typeof showSaveFilePicker === 'undefined') return null;
  return showSaveFilePicker({
    suggestedName: `mynah-${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'bot'}.zip`,
    types: [{ description: 'ZIP archive', accept: { 'application/zip': ['.zip'] } }],
  });
}

function download(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken hold of the blob by then, however large it is.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
