/**
 * Limits how often progress is reported, without losing information that only one report contains.
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
import type { MetricPoint, TrainProgress } from './training.ts';
import type { GenerateProgress } from './writing.ts';

/** At most ten reports per second. */
const PROGRESS_INTERVAL_MS = 100;

export interface ThrottledProgress<P> {
  /** Sends the report now if the last one was at least the interval ago; otherwise sends it later. */
  readonly report: (progress: P) => void;
  /** Sends the report that is waiting, if any. Call this at the end of a call. */
  readonly flush: () => void;
}

/**
 * Delays reports so that there are at least `intervalMs` between two of them.
 *
 * @param merge Merges a newer report into the one that is waiting. By default the newer one replaces it,
 *   which is right only if every report contains the whole state.
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
      // The timer alone is not enough: it can't fire during a training step that keeps the thread busy,
      // and the reports of that step should still be sent.
      const waitMs = lastSentMs + intervalMs - performance.now();
      if (waitMs <= 0) flush();
      else timer ??= setTimeout(flush, waitMs);
    },
  };
}

/**
 * Joins the points of a run. After a device was lost, the steps since the last checkpoint come a second
 * time, and replace what was reported of them.
 */
export function joinPoints(
  older: readonly MetricPoint[],
  newer: readonly MetricPoint[],
): readonly MetricPoint[] {
  const [first] = newer;
  if (first === undefined) return older;
  return [...older.filter(({ step }) => step < first.step), ...newer];
}

/** Joins the points, keeps the newer sample, and takes everything else from the newer report. */
export function mergeTrainProgress(older: TrainProgress, newer: TrainProgress): TrainProgress {
  return {
    ...newer,
    points: joinPoints(older.points, newer.points),
    sample: newer.sample ?? older.sample,
  };
}

/** Joins the tweets in the order of their indices; a newer text replaces an older one. Joins what is finished. */
export function mergeGenerateProgress(
  older: GenerateProgress,
  newer: GenerateProgress,
): GenerateProgress {
  const tweets = new Map(older.tweets.map((tweet) => [tweet.index, tweet]));
  for (const tweet of newer.tweets) tweets.set(tweet.index, tweet);
  return {
    ...newer,
    tweets: [...tweets.values()].sort((a, b) => a.index - b.index),
    finished: [...older.finished, ...newer.finished],
  };
}
