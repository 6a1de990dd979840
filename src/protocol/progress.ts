/**
 * Thinning progress to what a page can use, without losing what only one report carries.
 *
 * A handler wraps its `report`, and flushes before it returns:
 *
 * ```ts
 * const progress = throttleProgress(report, mergeTrainProgress);
 * try {
 *   return await train(…, progress.report);
 * } finally {
 *   progress.flush();
 * }
 * ```
 */
import type { GenerateProgress, TrainProgress } from './calls.ts';

/** At most ten reports a second. */
export const PROGRESS_INTERVAL_MS = 100;

export interface ThrottledProgress<P> {
  /** Passes on now when the last report is at least the interval ago, else holds it back. */
  readonly report: (progress: P) => void;
  /** Passes on what is held back, if anything. For the end of a call. */
  readonly flush: () => void;
}

/**
 * Holds reports back so that at least `intervalMs` lies between two of them.
 *
 * @param merge Folds a newer report into the one that waits. Without it the newest wins and the
 *   others are dropped, which is right only for reports that carry a whole state.
 */
export function throttleProgress<P>(
  report: (progress: P) => void,
  merge: (older: P, newer: P) => P = (_older, newer) => newer,
  intervalMs = PROGRESS_INTERVAL_MS,
): ThrottledProgress<P> {
  let waiting: { readonly progress: P } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastSentMs = Number.NEGATIVE_INFINITY;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === null) return;
    const { progress } = waiting;
    waiting = null;
    lastSentMs = performance.now();
    report(progress);
  }

  return {
    flush,
    report(progress) {
      waiting = { progress: waiting === null ? progress : merge(waiting.progress, progress) };
      // The clock decides, not the timer alone: a training step that keeps the thread busy keeps
      // timers from firing, and its reports should still get out.
      const waitMs = lastSentMs + intervalMs - performance.now();
      if (waitMs <= 0) flush();
      else timer ??= setTimeout(flush, waitMs);
    },
  };
}

/** Points add up; the newest sample of the two stays; all else is the newer report's. */
export function mergeTrainProgress(older: TrainProgress, newer: TrainProgress): TrainProgress {
  return {
    ...newer,
    points: [...older.points, ...newer.points],
    sample: newer.sample ?? older.sample,
  };
}

/** Tweets merge by index, in order of index; the newer text wins. */
export function mergeGenerateProgress(
  older: GenerateProgress,
  newer: GenerateProgress,
): GenerateProgress {
  const tweets = new Map(older.tweets.map((tweet) => [tweet.index, tweet]));
  for (const tweet of newer.tweets) tweets.set(tweet.index, tweet);
  return { ...newer, tweets: [...tweets.values()].sort((a, b) => a.index - b.index) };
}
