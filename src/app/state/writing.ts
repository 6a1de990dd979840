/** Tweets that are being written, and those the user keeps. */
import { computed, signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import { WRITING_DEFAULTS } from '../../domain/writing.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { GenerateParams, GenerateProgress, TweetCopy } from '../../protocol/writing.ts';
import { plural } from '../format.ts';
import { activity } from './activity.ts';
import { announce } from './announce.ts';
import { call, isEngineReady, localError } from './engine.ts';
import { selectedRunId } from './settings.ts';

export interface WrittenTweet {
  readonly text: string;
  readonly isDone: boolean;
  /** What of it stands in a real tweet; known once all are done. */
  readonly copy?: TweetCopy | null | undefined;
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
  /** The user stopped it: it has fewer tweets than asked for, or none. */
  readonly isStopped: boolean;
}

interface WritingJob {
  readonly phase: GenerateProgress['phase'] | null;
  /** The user has asked for it; the engine hears of it between two tokens. */
  readonly isStopping: boolean;
  readonly cancel: () => void;
}

export const DEFAULT_STYLE: WritingStyle = {
  count: 5,
  ...WRITING_DEFAULTS,
  seed: undefined,
};

export type WritingStyle = Omit<GenerateParams, 'runId' | 'prompt'>;

export const prompt = signal('My dream is');
export const style = signal<WritingStyle>(DEFAULT_STYLE);
export const writingJob = signal<WritingJob | null>(null);

/** The second click of a double click lands on the button that took the first one's place. */
const DOUBLE_CLICK_MS = 500;

/** What came of a bot's last writing. */
interface Outcome {
  readonly batch: Batch | null;
  readonly error: ErrorData | null;
}

const NOTHING_WRITTEN: Outcome = { batch: null, error: null };
/** By run: no bot is shown with what another wrote. */
const outcomes = signal<ReadonlyMap<string, Outcome>>(new Map());

const shownOutcome = computed(
  () => outcomes.value.get(selectedRunId.value ?? '') ?? NOTHING_WRITTEN,
);
export const batch = computed(() => shownOutcome.value.batch);
export const writingError = computed(() => shownOutcome.value.error);

function setOutcome(runId: string, changes: Partial<Outcome>): void {
  const before = outcomes.value.get(runId) ?? NOTHING_WRITTEN;
  outcomes.value = new Map(outcomes.value).set(runId, { ...before, ...changes });
}

export function dismissWritingError(run: RunSummary): void {
  setOutcome(run.id, { error: null });
}

export function handleOf(run: RunSummary): string | null {
  return run.dataset.username === null ? null : `@${run.dataset.username}`;
}

export async function writeTweets(run: RunSummary): Promise<void> {
  if (activity.value !== null || !isEngineReady.value) return;
  const controller = new AbortController();
  const startedAt = performance.now();
  const cancel = () => {
    const job = writingJob.value;
    if (job === null || performance.now() - startedAt < DOUBLE_CLICK_MS) return;
    writingJob.value = { ...job, isStopping: true };
    controller.abort();
  };
  const chosen = style.value;
  const start: Batch = {
    botName: run.name,
    handle: handleOf(run),
    prompt: prompt.value,
    tweets: Array.from({ length: chosen.count }, () => ({ text: prompt.value, isDone: false })),
    seed: null,
    tokensPerSecond: null,
    isStopped: false,
  };
  activity.value = 'writing';
  writingJob.value = { phase: null, isStopping: false, cancel };
  setOutcome(run.id, { batch: start, error: null });
  try {
    const result = await call(
      'generate',
      { runId: run.id, prompt: start.prompt, ...chosen },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          const isStopping = controller.signal.aborted;
          writingJob.value = { phase: progress.phase, isStopping, cancel };
          applyProgress(run.id, progress);
        },
      },
    );
    setOutcome(run.id, {
      batch: {
        ...start,
        tweets: result.tweets.map((text, i) => ({ text, isDone: true, copy: result.copies?.[i] })),
        seed: result.seed,
        tokensPerSecond: result.tokensPerSecond,
      },
    });
    announce(`${plural(result.tweets.length, 'tweet')} written.`);
  } catch (thrown) {
    const isStopped = toErrorData(thrown).code === 'cancelled';
    setOutcome(run.id, { batch: whatIsWritten(run.id, isStopped), error: localError(thrown) });
    if (isStopped) announce('Stopped.');
  } finally {
    writingJob.value = null;
    activity.value = null;
  }
}

function applyProgress(runId: string, { tweets }: GenerateProgress): void {
  const current = outcomes.value.get(runId)?.batch ?? null;
  if (current === null || tweets.length === 0) return;
  const next = [...current.tweets];
  for (const { index, text, isDone } of tweets) next[index] = { text, isDone };
  setOutcome(runId, { batch: { ...current, tweets: next } });
}

/** After a stop: what has been written stays, cards that hold nothing but the prompt go. */
function whatIsWritten(runId: string, isStopped: boolean): Batch | null {
  const current = outcomes.value.get(runId)?.batch ?? null;
  if (current === null) return null;
  const tweets = current.tweets
    .filter(({ text }) => text.length > current.prompt.length)
    .map(({ text }) => ({ text, isDone: true }));
  return tweets.length === 0 && !isStopped ? null : { ...current, tweets, isStopped };
}
