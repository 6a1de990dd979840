/** The library: every bot, finished or not, and which one is looked at. */
import { computed, signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import type { BotVersion, RunSummary } from '../../protocol/bots.ts';
import type { Calls } from '../../protocol/calls.ts';
import { joinSentences } from '../format.ts';
import { announce } from './announce.ts';
import { datasets, selectDataset, selectNewestDataset } from './datasets.ts';
import { call, localError, refreshStorage } from './engine.ts';
import { hidesReadyBot, selectedRunId } from './settings.ts';
import { setOpen } from './steps.ts';
import { news } from '../texts/en/news.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('news', news);

export const runs = signal<readonly RunSummary[]>([]);
/** The bot that comes with the page, which is not among the user's; null before it is stored, and once it is deleted. */
export const readyBot = signal<RunSummary | null>(null);
export const libraryError = signal<ErrorData | null>(null);

/** Without records of runs that were trained elsewhere. The newest is first: people come back for it. */
export const botsByDate = computed(() =>
  runs.value
    .filter(({ isRecordOnly }) => !isRecordOnly)
    .toSorted((a, b) => b.updatedAt - a.updatedAt),
);

export const selectedRun = computed(
  () => runs.value.find(({ id }) => id === selectedRunId.value) ?? null,
);

/** The bot that writes: the selected one, or the ready-made one while that is selected. */
export const writingBot = computed(() =>
  readyBot.value !== null && readyBot.value.id === selectedRunId.value
    ? readyBot.value
    : selectedRun.value,
);

export async function refreshRuns(): Promise<void> {
  const all = await call('listRuns', {});
  readyBot.value = all.find(({ isReadyMade }) => isReadyMade) ?? null;
  runs.value = all.filter(({ isReadyMade }) => !isReadyMade);
  if (writingBot.value === null) selectedRunId.value = null;
}

export function putRun(run: RunSummary): void {
  if (run.isReadyMade) {
    readyBot.value = run;
    return;
  }
  runs.value = [run, ...runs.value.filter(({ id }) => id !== run.id)];
}

/** The name if no bot has it, else with the first number that makes it one of its own. */
export function distinctName(name: string): string {
  const taken = new Set(runs.value.map((run) => run.name));
  let distinct = name;
  for (let number = 2; taken.has(distinct); number += 1) distinct = `${name} ${number}`;
  return distinct;
}

/** False once the tweets it learned from have been deleted: it still writes, but can't learn on. */
export function hasTweets(run: RunSummary): boolean {
  return datasets.value.some(({ id }) => id === run.datasetId);
}

export function selectRun(run: RunSummary): void {
  selectedRunId.value = run.id;
  if (run.isReadyMade) {
    // It was made of nobody's tweets: those that are there stay in view, for a bot of the user's own.
    setOpen({ write: true });
    return;
  }
  if (hasTweets(run)) selectDataset(run.datasetId);
  else selectNewestDataset();
  setOpen({ tweets: false, train: run.status !== 'finished', write: true });
}

/** Back to the first two steps, with the tweets that are there. */
export function prepareNewBot(): void {
  selectedRunId.value = null;
  setOpen({ tweets: true, train: true });
}

/** Changes a bot as the user sees it; what goes wrong is said in the library. */
export async function editRun(
  runId: string,
  edit: Omit<Calls['editRun']['params'], 'runId'>,
): Promise<void> {
  await inLibrary(async () => {
    const run = await call('editRun', { runId, ...edit });
    putRun(run);
    if (edit.name !== undefined) announce(texts.renamed(run.name));
  });
}

export async function duplicateRun(run: RunSummary): Promise<void> {
  await inLibrary(async () => {
    const copy = await call('duplicateRun', { runId: run.id, name: distinctName(run.name) });
    putRun(copy);
    selectRun(copy);
    announce(texts.isCopy(copy.name, run.name));
  });
  void refreshStorage();
}

export async function deleteVersion(run: RunSummary, version: BotVersion): Promise<void> {
  await inLibrary(async () => {
    putRun(await call('deleteVersion', { runId: run.id, number: version.number }));
    announce(texts.versionDeleted(version.number));
  });
  void refreshStorage();
}

/* ---------------------------------------------------------- delete, undo */

/** The bot that was deleted last, as long as it can be restored. */
export const deletedRun = signal<RunSummary | null>(null);

/** Hides a bot at once. It is deleted for good when another is deleted, the offer to undo is dismissed, or the page is closed. */
export async function deleteRun(run: RunSummary): Promise<void> {
  await forgetDeleted();
  await inLibrary(async () => {
    const { canRestore } = await call('deleteRun', { runId: run.id, canRestore: true });
    runs.value = runs.value.filter(({ id }) => id !== run.id);
    if (run.isReadyMade) {
      readyBot.value = null;
      hidesReadyBot.value = true;
    }
    if (selectedRunId.value === run.id) prepareNewBot();
    deletedRun.value = canRestore ? run : null;
    announce(joinSentences(texts.deleted(run.name), canRestore ? texts.canUndo : null));
  });
  void refreshStorage();
}

export async function restoreDeleted(): Promise<void> {
  const run = deletedRun.value;
  if (run === null) return;
  deletedRun.value = null;
  await inLibrary(async () => {
    const restored = await call('restoreRun', { runId: run.id });
    putRun(restored);
    if (restored.isReadyMade) hidesReadyBot.value = false;
    selectRun(restored);
    announce(texts.isBack(run.name));
  });
}

/** Frees what the deleted bot takes up. */
export async function forgetDeleted(): Promise<void> {
  const run = deletedRun.value;
  if (run === null) return;
  deletedRun.value = null;
  await inLibrary(async () => {
    await call('deleteRun', { runId: run.id, canRestore: false });
  });
  void refreshStorage();
}

async function inLibrary(work: () => Promise<void>): Promise<void> {
  libraryError.value = null;
  try {
    await work();
  } catch (thrown) {
    libraryError.value = localError(thrown);
  }
}
