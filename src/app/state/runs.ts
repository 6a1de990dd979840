/** The library: every bot, finished or not, and which one is looked at. */
import { computed, signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import type { RunSummary } from '../../protocol/calls.ts';
import { announce } from './announce.ts';
import { datasets, selectDataset, selectNewestDataset } from './datasets.ts';
import { call, localError, refreshStorage } from './engine.ts';
import { selectedRunId } from './settings.ts';
import { setOpen } from './steps.ts';

export const runs = signal<readonly RunSummary[]>([]);
export const libraryError = signal<ErrorData | null>(null);

/** The newest is first: it is the one people come back for. */
export const runsByDate = computed(() => runs.value.toSorted((a, b) => b.updatedAt - a.updatedAt));

export const selectedRun = computed(
  () => runs.value.find(({ id }) => id === selectedRunId.value) ?? null,
);

export async function refreshRuns(): Promise<void> {
  runs.value = await call('listRuns', {});
  if (selectedRun.value === null) selectedRunId.value = null;
}

export function putRun(run: RunSummary): void {
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
  if (hasTweets(run)) selectDataset(run.datasetId);
  else selectNewestDataset();
  setOpen({ tweets: false, train: run.status !== 'finished', write: true });
}

/** Back to the first two steps, with the tweets that are there. */
export function prepareNewBot(): void {
  selectedRunId.value = null;
  setOpen({ tweets: true, train: true });
}

export async function renameRun(runId: string, name: string): Promise<void> {
  libraryError.value = null;
  try {
    putRun(await call('renameRun', { runId, name }));
    announce(`Renamed to ${name}.`);
  } catch (thrown) {
    libraryError.value = localError(thrown);
  }
}

export async function deleteRun(run: RunSummary): Promise<void> {
  libraryError.value = null;
  try {
    await call('deleteRun', { runId: run.id });
    runs.value = runs.value.filter(({ id }) => id !== run.id);
    if (selectedRunId.value === run.id) prepareNewBot();
    announce(`${run.name} deleted.`);
  } catch (thrown) {
    libraryError.value = localError(thrown);
  }
  void refreshStorage();
}
