/** Rests between the steps of a training, so that a hot device cools down and a battery lasts longer. */

/** Resolves after this many milliseconds, or as soon as the signal is aborted. */
export function restFor(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
