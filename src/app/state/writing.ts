/** Writing: what the bot is asked for, and the batch that it is writing now. */
import { computed, signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import {
  MAX_TWEETS_AT_ONCE,
  type MoodName,
  WRITING_DEFAULTS,
  WRITING_MOODS,
  type WritingSettings,
} from '../../domain/writing.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { GenerateProgress, WrittenTweet } from '../../protocol/writing.ts';
import { activity } from './activity.ts';
import { announce } from './announce.ts';
import { call, isEngineReady, localError } from './engine.ts';
import { selectedRunId } from './settings.ts';
import { addWritten, putInstead, undoable, writtenFilter, writtenQuery } from './written.ts';
import { news } from '../texts/en/news.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('news', news);

export interface WritingStyle extends WritingSettings {
  readonly count: number;
  /** Undefined for another one each time. */
  readonly seed: number | undefined;
}

/** A tweet that isn't finished yet. */
export interface Draft {
  readonly text: string;
  readonly isDone: boolean;
}

interface WritingJob {
  readonly runId: string;
  readonly prompt: string;
  readonly total: number;
  /** The number of tweets that are finished and listed. */
  readonly finished: number;
  /** What is being written, by number: up to a few dozen at a time. */
  readonly drafts: ReadonlyMap<number, Draft>;
  /** When the first token came. */
  readonly firstAt: number | null;
  /** Whether two write the same, one after the other, which are shown side by side. */
  readonly isComparison: boolean;
  /** The user has asked for it; the engine hears of it between two tokens. */
  readonly isStopping: boolean;
  readonly cancel: () => void;
}

export const DEFAULT_STYLE: WritingStyle = { ...WRITING_DEFAULTS, count: 5, seed: undefined };

export const prompt = signal('My dream is');
/** The tweet that the bot is to answer; null while it writes on its own. */
export const replyTo = signal<string | null>(null);
export const style = signal<WritingStyle>(DEFAULT_STYLE);
/** Counts changes of the style that were not typed into its fields, which then show them. */
export const styleRevision = signal(0);
export const writingJob = signal<WritingJob | null>(null);

/** The second click of a double click lands on the button that took the first one's place. */
const DOUBLE_CLICK_MS = 500;

/** The error of each bot's last writing, shown only with that bot. */
const errors = signal<ReadonlyMap<string, ErrorData>>(new Map());
export const writingError = computed(() => errors.value.get(selectedRunId.value ?? '') ?? null);
/** Whether the last batch was stopped before anything of it was finished. */
export const isStoppedEmpty = signal(false);

function setError(runId: string, error: ErrorData | null): void {
  const next = new Map(errors.value);
  if (error === null) next.delete(runId);
  else next.set(runId, error);
  errors.value = next;
}

export function dismissWritingError(run: RunSummary): void {
  setError(run.id, null);
}

/** The account that a bot writes like; null if it isn't known, or is the bot's name. */
export function handleOf({ name, dataset }: RunSummary): string | null {
  const handle = dataset.username === null ? null : `@${dataset.username}`;
  return handle === name ? null : handle;
}

/** Changes settings from outside their fields. */
export function setStyle(changes: Partial<WritingStyle>): void {
  style.value = { ...style.value, ...changes };
  styleRevision.value += 1;
}

export function chooseMood(name: MoodName): void {
  setStyle(WRITING_MOODS[name]);
}

/** What a bot is asked for. */
export interface Request {
  readonly run: RunSummary;
  readonly prompt: string;
  readonly settings: WritingSettings;
  readonly count: number;
  readonly seed?: number | undefined;
  readonly minNewTokens?: number;
  readonly insteadOf?: WrittenTweet;
  readonly replyTo?: string | undefined;
  /** Called with each group of tweets that is finished and stored. */
  readonly onFinished?: (tweets: readonly WrittenTweet[]) => void;
}

/** Writes what the composer asks for. */
export function writeTweets(run: RunSummary, count = style.value.count): Promise<void> {
  return write([{ ...composed(run), count }]);
}

/** What the composer asks a bot for. The list below then shows all that it wrote. */
export function composed(run: RunSummary): Request {
  const { count, seed, ...settings } = style.value;
  writtenFilter.value = 'all';
  writtenQuery.value = '';
  const given = replyTo.value?.trim() || undefined;
  return { run, prompt: prompt.value, settings, count, seed, replyTo: given };
}

/** How many tweets {@link moreLike} and {@link continueTweet} ask for. */
const MORE = 5;
/** The fewest new tokens of a continued tweet, which the model may otherwise take for complete. */
const MIN_CONTINUATION_TOKENS = 8;

/** The prompt of {@link moreLike}: the first third of the words, and at least the tweet's own prompt. */
export function beginningOf({ text, prompt: start }: WrittenTweet): string {
  const words = text.split(/(?<=\s)(?=\S)/u);
  const third = words
    .slice(0, Math.max(2, Math.ceil(words.length / 3)))
    .join('')
    .trimEnd();
  const given = start.trim();
  return text.startsWith(given) && given.length >= third.length ? given : third;
}

/** Writes more tweets that begin as this one does. */
export function moreLike(run: RunSummary, tweet: WrittenTweet): Promise<void> {
  return write([
    {
      ...{ run, prompt: beginningOf(tweet), settings: tweet.settings, count: MORE },
      replyTo: tweet.replyTo,
    },
  ]);
}

/** Writes tweets that go on where this one ends. */
export function continueTweet(run: RunSummary, tweet: WrittenTweet): Promise<void> {
  const { text, settings } = tweet;
  // There has to be room for something new.
  const maxCharacters = Math.max(settings.maxCharacters, [...text].length + 140);
  return write([
    {
      ...{ run, prompt: text, settings: { ...settings, maxCharacters }, count: MORE },
      ...{ replyTo: tweet.replyTo, minNewTokens: MIN_CONTINUATION_TOKENS },
    },
  ]);
}

/** Writes another tweet in the place of this one. */
export function tryAgain(run: RunSummary, tweet: WrittenTweet): Promise<void> {
  const { prompt: start, settings } = tweet;
  const { replyTo: given } = tweet;
  return write([{ run, prompt: start, settings, count: 1, insteadOf: tweet, replyTo: given }]);
}

/** Does what is asked for, one request after the other. What goes wrong is said with the first one's bot. */
export async function write(requests: readonly Request[]): Promise<void> {
  const [first] = requests;
  if (first === undefined || activity.value !== null || !isEngineReady.value) return;
  const controller = new AbortController();
  const startedAt = performance.now();
  const cancel = () => {
    const job = writingJob.value;
    if (job === null || performance.now() - startedAt < DOUBLE_CLICK_MS) return;
    writingJob.value = { ...job, isStopping: true };
    controller.abort();
  };
  const total = requests.reduce((sum, { count }) => sum + Math.min(MAX_TWEETS_AT_ONCE, count), 0);
  activity.value = 'writing';
  isStoppedEmpty.value = false;
  undoable.value = null;
  setError(first.run.id, null);
  writingJob.value = {
    runId: first.run.id,
    prompt: first.prompt,
    total,
    finished: 0,
    drafts: new Map(),
    firstAt: null,
    isComparison: requests.length > 1,
    isStopping: false,
    cancel,
  };
  let finished = 0;
  let begun = 0;
  try {
    for (const { run, settings, insteadOf, onFinished, ...more } of requests) {
      const before = begun;
      begun += more.count;
      await call(
        'generate',
        { runId: run.id, ...settings, ...more, insteadOf: insteadOf?.id },
        {
          signal: controller.signal,
          onProgress: (progress) => {
            finished += progress.finished.length;
            if (insteadOf !== undefined && progress.finished.length > 0) void putInstead(insteadOf);
            onFinished?.(progress.finished);
            addWritten(run.id, progress.finished);
            applyProgress(progress, before);
          },
        },
      );
    }
    announce(texts.written(finished));
  } catch (thrown) {
    const isStopped = toErrorData(thrown).code === 'cancelled';
    setError(first.run.id, localError(thrown));
    isStoppedEmpty.value = isStopped && finished === 0;
    if (isStopped) announce(texts.writingStopped(finished));
  } finally {
    writingJob.value = null;
    activity.value = null;
  }
}

/** @param before How many tweets the requests before this one asked for. */
function applyProgress({ tweets, finished }: GenerateProgress, before: number): void {
  const job = writingJob.value;
  if (job === null) return;
  const drafts = new Map(job.drafts);
  for (const { index, text, isDone } of tweets) drafts.set(before + index, { text, isDone });
  // Tweets are finished in the order of their numbers.
  const done = Math.max(job.finished, before) + finished.length;
  for (const index of drafts.keys()) if (index < done) drafts.delete(index);
  const firstAt = job.firstAt ?? (tweets.length > 0 ? performance.now() : null);
  writingJob.value = { ...job, drafts, finished: done, firstAt };
}
