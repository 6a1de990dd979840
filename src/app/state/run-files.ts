/** What can be done with runs: exporting and importing them, making bots of them, and noting something about them. */
import { signal } from '@preact/signals';
import { fileStem } from '../../domain/file-stem.ts';
import type { ErrorData } from '../../core/errors.ts';
import type { KeptCheckpoint, RunFileKind, RunSummary } from '../../protocol/bots.ts';
import { joinSentences } from '../format.ts';
import { saveFile } from '../save-file.ts';
import { announce } from './announce.ts';
import { call, localError, refreshStorage } from './engine.ts';
import { distinctName, putRun, runs, selectRun } from './runs.ts';
import { showBots, showRuns } from './view.ts';
import { news } from '../texts/en/news.ts';
import { runs as runTexts } from '../texts/en/runs.ts';
import { withoutMarks } from '../texts/isolate.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('news', news);
const runsTexts = messages('runs', runTexts);

export const runsError = signal<ErrorData | null>(null);

/** What an import of runs has brought, and how many of the file's runs were here already. */
interface ImportedRuns {
  readonly imported: number;
  readonly known: number;
  readonly file: string;
}

/** What the last import has brought. */
export const runsNews = signal<ImportedRuns | null>(null);
/** True while a file is written or read. */
export const isBusyWithFile = signal(false);

/** More would have no colours of their own in the chart. */
const MAX_SHOWN_AT_ONCE = 8;

const ENDINGS: { readonly [K in RunFileKind]: string } = {
  json: '.json',
  csv: '-csv.zip',
  tensorboard: '-tensorboard.zip',
  wandb: '-wandb.zip',
};

export async function exportRuns(of: readonly RunSummary[], kind: RunFileKind): Promise<void> {
  await withFile(async () => {
    const { file } = await call('exportRunFiles', { runIds: of.map(({ id }) => id), kind });
    const [only] = of;
    const stem = of.length === 1 && only ? `mynah-run-${fileStem(only.name, 'run')}` : 'mynah-runs';
    saveFile(file, `${stem}${ENDINGS[kind]}`);
    announce(texts.runsExported(of.length));
  });
}

export async function importRuns(file: File): Promise<void> {
  await withFile(async () => {
    const { imported, known } = await call('importRunFile', { file });
    for (const run of imported) putRun(run);
    const ids = imported.map(({ id }) => id);
    if (ids.length > 0) showRuns(ids.slice(0, MAX_SHOWN_AT_ONCE));
    runsNews.value = { imported: imported.length, known, file: file.name };
    announce(importedText(runsNews.value));
  });
}

export function importedText({ imported, known, file }: ImportedRuns): string {
  return joinSentences(
    runsTexts.imported(imported, file),
    known === 0 ? null : runsTexts.known(known),
  );
}

/** Makes a bot of a checkpoint's weights, and shows it. */
export async function makeBot(run: RunSummary, checkpoint: KeptCheckpoint): Promise<void> {
  await withFile(async () => {
    const { checkpointId, completedSteps } = checkpoint;
    const notes = withoutMarks(texts.madeOf(run.name, completedSteps));
    const name = distinctName(withoutMarks(texts.botOfStep(run.name, completedSteps)));
    const bot = await call('botOfCheckpoint', { runId: run.id, checkpointId, name, notes });
    putRun(bot);
    selectRun(bot);
    showBots();
    announce(texts.canWrite(bot.name));
  });
  void refreshStorage();
}

export async function saveNotes(run: RunSummary, notes: string): Promise<void> {
  runsError.value = null;
  try {
    putRun(await call('editRun', { runId: run.id, notes }));
  } catch (thrown) {
    runsError.value = localError(thrown);
  }
}

/** Deletes the record of a run that was trained elsewhere. */
export async function deleteRecord(run: RunSummary): Promise<void> {
  await withFile(async () => {
    await call('deleteRun', { runId: run.id, canRestore: false });
    runs.value = runs.value.filter(({ id }) => id !== run.id);
    showRuns([]);
    announce(texts.recordDeleted(run.name));
  });
}

async function withFile(work: () => Promise<void>): Promise<void> {
  if (isBusyWithFile.value) return;
  isBusyWithFile.value = true;
  runsError.value = null;
  runsNews.value = null;
  try {
    await work();
  } catch (thrown) {
    runsError.value = localError(thrown);
  } finally {
    isBusyWithFile.value = false;
  }
}
