/**
 * Generates tweets with a trained bot: some at a time, each group checked for copies and stored before the next
 * is begun, so that a long batch can be watched, cancelled and interrupted.
 */

import { hasCode } from '../../core/errors.ts';
import { drawSeed } from '../../core/random.ts';
import {
  MAX_TWEETS_AT_ONCE,
  MIN_TWEET_TOKENS,
  parseWritingSettings,
} from '../../domain/writing.ts';
import { TextIndex } from '../../generate/novelty.ts';
import { newTries } from '../../generate/new-tries.ts';
import { type WriteOptions, writeTweets } from '../../generate/write.ts';
import type {
  GenerateParams,
  GenerateProgress,
  GenerateResult,
  WrittenTweet,
} from '../../protocol/writing.ts';
import { mergeGenerateProgress, throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import { getRun } from '../../storage/runs.ts';
import { addWritten, retryId, type WrittenRecord, writtenId } from '../../storage/written.ts';
import type { EngineContext } from '../runtime/context.ts';
import { loadBot, type TrainingTexts, trainingTexts } from './load-bot.ts';

/** Tweets that are written, checked and stored together. What is drawn doesn't depend on it. */
const TWEETS_PER_GROUP = 25;

export function generate(context: EngineContext): Handler<'generate'> {
  return async (params, { signal, report }) => {
    const progress = throttleProgress(report, mergeGenerateProgress);
    // Outside of the work, which begins again if a device is lost.
    const batch = new Batch(context, params, signal, progress.report);
    try {
      return await context.exclusive('generating', () => batch.write());
    } finally {
      progress.flush();
    }
  };
}

/** A finished tweet, and its number among all that this seed gives. */
interface Finished {
  readonly text: string;
  readonly number: number;
}

const NO_TEXTS = Promise.resolve(null);

/** One press of the button: which of its tweets are finished, and how to go on. */
class Batch {
  private readonly context: EngineContext;
  private readonly params: GenerateParams;
  private readonly signal: AbortSignal;
  private readonly report: (progress: GenerateProgress) => void;
  private readonly count: number;
  private readonly seed: number;
  private readonly createdAt = Date.now();
  private readonly tweets: string[] = [];
  private texts: Promise<TrainingTexts | null> | null = null;
  /** The tweet that is answered, so that an answer that only repeats it is found. */
  private given: TextIndex | null = null;
  private tokens = 0;
  private seconds = 0;

  constructor(
    context: EngineContext,
    params: GenerateParams,
    signal: AbortSignal,
    report: (progress: GenerateProgress) => void,
  ) {
    this.context = context;
    this.params = params;
    this.signal = signal;
    this.report = report;
    this.count = Math.min(MAX_TWEETS_AT_ONCE, Math.max(1, Math.floor(params.count)));
    this.seed = params.seed ?? drawSeed();
  }

  async write(): Promise<GenerateResult> {
    const { context, params, signal } = this;
    const { model, tokenizer } = await loadBot(context, params.runId, signal);
    const run = await getRun(await context.storage(), params.runId);
    // When the first tweets are there: the first word shouldn't wait for it.
    const compared = () => (this.texts ??= run ? trainingTexts(context, run) : NO_TEXTS);
    const { replyTo } = params;
    if (replyTo !== undefined) this.given = await TextIndex.of([replyTo]);
    const endsAtNewLine = run?.dataset.options.newLines !== 'keep';
    while (this.tweets.length < this.count) {
      const first = this.tweets.length;
      const startedMs = performance.now();
      const options: WriteOptions = {
        ...params,
        count: Math.min(TWEETS_PER_GROUP, this.count - first),
        firstSequence: first,
        minTokens: MIN_TWEET_TOKENS,
        seed: this.seed,
        endsAtNewLine,
        replyContext: run?.recipe.replyContext,
        signal,
      };
      const write = (changes: Partial<WriteOptions>) =>
        writeTweets(context.runtime.ops, model, tokenizer, { ...options, ...changes });
      const done = new Map<number, Finished>();
      try {
        const drafts = write({});
        let next = await drafts.next();
        for (; !next.done; next = await drafts.next()) {
          const tweets = next.value.map((draft) => ({ ...draft, index: first + draft.index }));
          for (const { index, text, isDone } of tweets)
            if (isDone) done.set(index, { text: text.trim(), number: index });
          this.report({ tweets, finished: [] });
        }
        this.tokens += next.value.tokens;
        const texts = await compared();
        const known = params.avoidCopies ? texts : null;
        if (known !== null || this.given !== null) {
          const isCopy = (text: string) =>
            known?.index.find(this.written(text))?.isWhole === true || this.isGiven(text);
          for (const [index, { text }] of done) {
            if (!isCopy(text)) continue;
            const other = await newTries(index, isCopy, async (number) => {
              const again = write({ count: 1, firstSequence: number });
              let last = await again.next();
              while (!last.done) last = await again.next();
              this.tokens += last.value.tokens;
              return last.value.tweets[0] ?? '';
            });
            if (other !== null) done.set(index, other);
          }
        }
      } catch (error) {
        // After a lost device, the whole group is written again.
        if (!hasCode(error, 'device-lost')) await this.store(done, await compared());
        throw error;
      }
      this.seconds += (performance.now() - startedMs) / 1000;
      await this.store(done, await compared());
      for (let i = first; i < first + done.size; i++) {
        const text = done.get(i)?.text ?? '';
        this.tweets.push(this.isGiven(text) ? '' : text);
      }
    }
    // The cache of many tweets is large, and the next ones may be fewer.
    context.runtime.ops.trim();
    const { seed, tweets, tokens, seconds } = this;
    return { seed, tweets, tokens, tokensPerSecond: tokens / seconds };
  }

  /** A text of this batch as it is compared with the training texts. */
  private written(text: string) {
    const start = this.params.prompt.trim();
    return { text, promptLength: text.startsWith(start) ? start.length : 0 };
  }

  /** Whether a text only repeats the tweet that it should answer. */
  private isGiven(text: string): boolean {
    return this.given?.find(this.written(text))?.isWhole === true;
  }

  /** Compares finished tweets, by their place in the batch, with the training texts; stores and reports them. */
  private async store(
    done: ReadonlyMap<number, Finished>,
    texts: TrainingTexts | null,
  ): Promise<void> {
    if (done.size === 0) return;
    const { params, createdAt, seed } = this;
    const { runId, insteadOf, replyTo } = params;
    const settings = parseWritingSettings(params, 'settings');
    const records: WrittenRecord[] = [];
    const finished: WrittenTweet[] = [];
    for (const [index, { text, number }] of [...done].sort(([a], [b]) => a - b)) {
      if (this.isGiven(text)) continue;
      const id =
        insteadOf === undefined
          ? writtenId(runId, createdAt, index)
          : retryId(insteadOf, createdAt);
      const tweet = {
        ...{ id, runId, createdAt, prompt: params.prompt, text, isEdited: false, seed, number },
        ...(replyTo === undefined ? {} : { replyTo }),
        ...{ settings, mark: 'new' as const, isPinned: false },
      };
      // Undefined where there is nothing to compare it with.
      const copy = texts?.index.find(this.written(text));
      if (!copy || texts === null) {
        records.push({ ...tweet, copy: texts === null ? undefined : null });
        finished.push({ ...tweet, copy: texts === null ? undefined : null });
        continue;
      }
      const { start, end, isWhole, document, original } = copy;
      const { snapshotId } = texts;
      records.push({ ...tweet, copy: { start, end, isWhole, snapshotId, document } });
      finished.push({ ...tweet, copy: { start, end, isWhole, original } });
    }
    try {
      await addWritten(await this.context.storage(), runId, records);
    } finally {
      // Even if the disk is full, the user sees what was written.
      this.report({ tweets: [], finished });
    }
  }
}
