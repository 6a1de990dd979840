/** The ready-made bot: fetched and stored when it is first used, or before that when the page has nothing else to do. */
import { effect, signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import { ready } from '../texts/en/ready.ts';
import { messages } from '../texts/messages.ts';
import { activity } from './activity.ts';
import { announce } from './announce.ts';
import { call, isEngineReady, localError, refreshStorage } from './engine.ts';
import { deletedRun, deleteRun, readyBot, selectRun } from './runs.ts';
import { hidesReadyBot } from './settings.ts';
import { prepareWhenIdle } from './prepare.ts';
import { whenIdle } from './when-idle.ts';
import { writeTweets } from './writing.ts';

const texts = messages('ready', ready);

/** The number of tweets that are written in the first screen. */
export const FIRST_TWEETS = 3;

/** Whether the user waits for it. */
export const isOpening = signal(false);
export const openingError = signal<ErrorData | null>(null);

let opening: Promise<RunSummary> | null = null;

function open(): Promise<RunSummary> {
  if (readyBot.value !== null) return Promise.resolve(readyBot.value);
  opening ??= call('openReadyBot', {})
    .then((run) => {
      readyBot.value = run;
      void refreshStorage();
      return run;
    })
    .finally(() => {
      opening = null;
    });
  return opening;
}

/** Opens it because the user wants it. Null if that fails, which is then said beside it. */
async function openNow(): Promise<RunSummary | null> {
  openingError.value = null;
  isOpening.value = true;
  try {
    return await open();
  } catch (thrown) {
    openingError.value = localError(thrown);
    return null;
  } finally {
    isOpening.value = false;
  }
}

/** Writes a few tweets that begin with the prompt. */
export async function tryIt(): Promise<void> {
  if (isOpening.value || activity.value !== null || !isEngineReady.value) return;
  const run = await openNow();
  if (run === null) return;
  selectRun(run);
  await writeTweets(run, FIRST_TWEETS);
}

/** Shows it where bots write. */
export async function selectReadyBot(): Promise<void> {
  if (isOpening.value) return;
  const run = await openNow();
  if (run !== null) selectRun(run);
}

/** Deletes it with all that it wrote, which can be undone, and keeps it off the page. */
export async function removeReadyBot(): Promise<void> {
  hidesReadyBot.value = true;
  // It may just be being stored.
  const run = readyBot.value ?? (await opening?.catch(() => null)) ?? null;
  if (run !== null) await deleteRun(run);
}

export async function bringBackReadyBot(): Promise<void> {
  hidesReadyBot.value = false;
  // The engine restores it.
  if (deletedRun.value?.isReadyMade === true) deletedRun.value = null;
  announce(texts.isBack);
  await openNow();
}

/**
 * Opens it once the engine is ready and the page idle, and loads its model, so that its first word comes at once. If
 * that fails, the page says so only when the user asks for the bot. Returns a function that ends the waiting.
 */
export function openWhenIdle(): () => void {
  const ends = [
    effect(() => {
      if (!isEngineReady.value || hidesReadyBot.value || readyBot.value !== null) return;
      return whenIdle(() => {
        if (activity.peek() === null) open().catch(() => undefined);
      });
    }),
    prepareWhenIdle(() => (hidesReadyBot.value ? null : readyBot.value), FIRST_TWEETS),
  ];
  return () => {
    for (const end of ends) end();
  };
}
