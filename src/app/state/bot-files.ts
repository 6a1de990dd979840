/** Bots as files: saved to the disk, and opened from there. */
import { signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import type {
  ExportChoice,
  ExportExtras,
  ExportProgress,
  RunSummary,
} from '../../protocol/bots.ts';
import type { ModelImportProgress } from '../../protocol/models.ts';
import { fileStem } from '../../domain/file-stem.ts';
import { saveFile } from '../save-file.ts';
import { announce } from './announce.ts';
import { call, localError, refreshStorage } from './engine.ts';
import { libraryError, putRun, selectRun } from './runs.ts';
import { news } from '../texts/en/news.ts';
import { library } from '../texts/en/library.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('news', news);
const libraryTexts = messages('library', library);

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
  choice: ExportChoice,
  extras: ExportExtras,
): Promise<boolean> {
  if (exportJob.value !== null) return false;
  exportError.value = null;
  const fileName = exportFileName(run.name, choice);
  let file: FileSystemFileHandle | null = null;
  try {
    file = await chooseFile(fileName);
  } catch (thrown) {
    const hasChangedTheirMind = thrown instanceof DOMException && thrown.name === 'AbortError';
    if (!hasChangedTheirMind) exportError.value = localError(thrown);
    return false;
  }
  abort = new AbortController();
  exportJob.value = { runId: run.id, progress: null };
  announce(texts.saving(run.name));
  try {
    const { blob } = await call(
      'exportRun',
      { runId: run.id, choice, extras, file },
      {
        signal: abort.signal,
        onProgress: (progress) => {
          exportJob.value = { runId: run.id, progress };
        },
      },
    );
    if (blob !== null) saveFile(blob, fileName);
    announce(texts.saved(run.name));
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
async function chooseFile(suggestedName: string): Promise<FileSystemFileHandle | null> {
  if (typeof showSaveFilePicker === 'undefined') return null;
  return showSaveFilePicker({
    suggestedName,
    types: [{ description: libraryTexts.zipArchive, accept: { 'application/zip': ['.zip'] } }],
  });
}

function exportFileName(botName: string, { what }: ExportChoice): string {
  return `mynah-${fileStem(botName, 'bot')}${what === 'model' ? '' : `-${what}`}.zip`;
}

/* ------------------------------------------------------------------ open */

/** How far the bot that is being opened has been read; null while none is. */
export const botImport = signal<ModelImportProgress | null>(null);
let importAbort: AbortController | null = null;

/** The files of an adapter whose base model has to be chosen. */
export const adapterWithoutBase = signal<readonly File[] | null>(null);

/** @param baseModelId Of an adapter: the model that the user has chosen for it. */
export async function importBot(
  files: readonly File[],
  baseModelId: string | null = null,
): Promise<void> {
  const [first] = files;
  if (first === undefined || botImport.value !== null) return;
  libraryError.value = null;
  adapterWithoutBase.value = null;
  botImport.value = { phase: 'opening', file: first.name, bytesDone: 0, bytesTotal: 0 };
  importAbort = new AbortController();
  try {
    const bot = await call(
      'importBot',
      {
        files: files.map((file) => ({ path: file.webkitRelativePath || file.name, file })),
        baseModelId,
      },
      {
        signal: importAbort.signal,
        onProgress: (progress) => {
          botImport.value = progress;
        },
      },
    );
    putRun(bot);
    selectRun(bot);
    announce(texts.botOpened(bot.name));
  } catch (thrown) {
    const error = localError(thrown);
    libraryError.value = error;
    if (error?.code === 'adapter-base-needed') adapterWithoutBase.value = files;
  } finally {
    botImport.value = null;
    importAbort = null;
  }
  void refreshStorage();
}

export function cancelBotImport(): void {
  importAbort?.abort();
}
