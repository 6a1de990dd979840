/** From nothing to a page that shows what is stored; again after the engine was lost. */
import { effect, signal } from '@preact/signals';
import { toErrorData } from '../../core/errors.ts';
import type { BackendPreference } from '../../protocol/engine.ts';
import { noticeIfOutdated } from '../outdated.ts';
import { activity } from './activity.ts';
import { refreshDatasets } from './datasets.ts';
import {
  endEngine,
  enginePhase,
  keeping,
  refreshStorage,
  startEngine,
  watchForOtherTab,
} from './engine.ts';
import { noticeLostPage } from './lost-pages.ts';
import { refreshModels } from './models.ts';
import { refreshRuns, runs, selectedRun, selectRun } from './runs.ts';
import { backendPreference } from './settings.ts';
import { siteDataWereCleared } from './training.ts';

/** False until the stored tweets and bots are known. */
export const isLoaded = signal(false);

export async function boot(): Promise<void> {
  void watchForOtherTab();
  if (!(await startEngine())) return;
  noticeLostPage();
  try {
    await Promise.all([refreshDatasets(), refreshRuns(), refreshModels()]);
    const run = selectedRun.value;
    if (run !== null) selectRun(run);
    isLoaded.value = true;
  } catch (thrown) {
    const { kind } = enginePhase.value;
    if (kind === 'ready' || kind === 'unavailable') {
      enginePhase.value = { kind: 'lost', error: toErrorData(thrown) };
    }
    return;
  }
  await refreshStorage();
}

/** If the engine's script can't be loaded, the whole page may be out of date. */
export function startNoticingLostEngine(): void {
  effect(() => {
    const phase = enginePhase.value;
    if (phase.kind !== 'lost' || phase.error.code !== 'worker-lost') return;
    if (phase.error.details.reason === 'not-loaded') void noticeIfOutdated();
  });
}

/** What was stored besides the bot in training is gone, so the page looks at what there is now. */
export function startNoticingClearedData(): void {
  effect(() => {
    if (!siteDataWereCleared.value) return;
    void Promise.all([refreshDatasets(), refreshRuns(), refreshModels()]).catch(() => undefined);
  });
}

/** The browser asks before it closes a page whose bots are in memory only. */
export function startAskingBeforeClose(): void {
  addEventListener('beforeunload', (event) => {
    if (keeping.value.notKept !== null && runs.value.length > 0) event.preventDefault();
  });
}

export async function restartEngine(): Promise<void> {
  endEngine();
  await boot();
}

/** Moves the engine to another backend, or says why it can't. */
export async function chooseBackend(preference: BackendPreference): Promise<void> {
  if (activity.value !== null) return;
  backendPreference.value = preference;
  await startEngine();
}
