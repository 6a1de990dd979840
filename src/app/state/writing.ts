/** Tweets that are being written, and those the user keeps. */
import { signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import type { GenerateParams, GenerateProgress, RunSummary } from '../../protocol/calls.ts';
import { plural } from '../format.ts';
import { activity } from './activity.ts';
import { announce } from './announce.ts';
import { call, isEngineReady, localError } from './engine.ts';
import { endPlanning } from './plan.ts';

export interface WrittenTweet {
  readonly text: string;
  readonly isDone: boolean;
}

/** One press of the button: its tweets, and who wrote them from what. */
export interface Batch {
  readonly botName: string;
  readonly handle: string | null;
  readonly prompt: string;
  readonly tweets: readonly WrittenTweet[];
  /** Known once it is done. */
  readonly seed: number | null;
  readonly tokensPerSecond: number | null;
}

interface WritingJob {
  readonly phase: GenerateProgress['phase'] | null;
  readonly cancel: () => void;
}

/** How a bot writes unless told otherwise: the values huggingtweets users know. */
export const DEFAULT_STYLE: WritingStyle = {
  count: 5,
  temperature: 1,
  topP: 0.95,
  topK: 50,
  maxTokens: 160,
  seed: undefined,
};

export type WritingStyle = Omit<GenerateParams, 'runId' | 'prompt'>;

export const prompt = signal('My dream is');
export const style = signal<WritingStyle>(DEFAULT_STYLE);
export const batch = signal<Batch | null>(null);
export const writingJob = signal<WritingJob | null>(null);
export const writingError = signal<ErrorData | null>(null);

export function handleOf(run: RunSummary): string | null {
  return run.dataset.username === null ? null : `@${run.dataset.username}`;
}

export async function writeTweets(run: RunSummary): Promise<void> {
  if (activity.value !== null || !isEngineReady.value) return;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  const { count } = style.value;
  const start: Batch = {
    botName: run.name,
    handle: handleOf(run),
    prompt: prompt.value,
    tweets: Array.from({ length: count }, () => ({ text: prompt.value, isDone: false })),
    seed: null,
    tokensPerSecond: null,
  };
  activity.value = 'writing';
  writingError.value = null;
  writingJob.value = { phase: null, cancel };
  batch.value = start;
  try {
    await endPlanning();
    const result = await call(
      'generate',
      { runId: run.id, prompt: prompt.value, ...style.value },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          writingJob.value = { phase: progress.phase, cancel };
          applyProgress(progress);
        },
      },
    );
    batch.value = {
      ...start,
      tweets: result.tweets.map((text) => ({ text, isDone: true })),
      seed: result.seed,
      tokensPerSecond: result.tokensPerSecond,
    };
    announce(`${plural(result.tweets.length, 'tweet')} written.`);
  } catch (thrown) {
    writingError.value = localError(thrown);
    dropUnwritten(start.prompt);
  } finally {
    writingJob.value = null;
    activity.value = null;
  }
}

function applyProgress({ tweets }: GenerateProgress): void {
  const current = batch.value;
  if (current === null || tweets.length === 0) return;
  const next = [...current.tweets];
  for (const { index, text, isDone } of tweets) next[index] = { text, isDone };
  batch.value = { ...current, tweets: next };
}

/** After a stop: what has been written stays, cards that hold nothing but the prompt go. */
function dropUnwritten(promptText: string): void {
  const current = batch.value;
  if (current === null) return;
  const tweets = current.tweets
    .filter(({ text }) => text.length > promptText.length)
    .map(({ text }) => ({ text, isDone: true }));
  batch.value = tweets.length === 0 ? null : { ...current, tweets };
}
