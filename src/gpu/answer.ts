/** Waiting for answers of the browser that may never come. */

/** How long the browser may take for an answer that needs no work of the graphics card. */
const ANSWER_MS = 5000;
/** How long a device may be at work without a sign of life. What it is given at a time takes it a twentieth of a second. */
export const WORK_MS = 120_000;
const SLICES = 50;

/**
 * Throws `silence()` if the answer doesn't come within five seconds, or another time. It is counted in slices, so that a
 * thread that is itself held up doesn't take that for silence.
 */
export async function answerTo<T>(
  request: Promise<T>,
  silence: () => Error,
  ms = ANSWER_MS,
): Promise<T> {
  let isWaiting = true;
  const patience = async (): Promise<never> => {
    for (let slice = 0; slice < SLICES && isWaiting; slice++) await pause(ms / SLICES);
    throw silence();
  };
  try {
    return await Promise.race([request, patience()]);
  } finally {
    isWaiting = false;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Notices when something that is at work gives no sign of life for a while, which is counted as above. */
export class Watch {
  private readonly ms: number;
  private readonly onSilence: () => void;
  private timer: ReturnType<typeof setInterval> | undefined;
  private silentSlices = 0;

  constructor(ms: number, onSilence: () => void) {
    this.ms = ms;
    this.onSilence = onSilence;
  }

  /** It is at work from now on. */
  begin(): void {
    this.silentSlices = 0;
    this.timer ??= setInterval(() => {
      this.silentSlices += 1;
      if (this.silentSlices < SLICES) return;
      this.end();
      this.onSilence();
    }, this.ms / SLICES);
  }

  /** It has given a sign of life. */
  heard(): void {
    this.silentSlices = 0;
  }

  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
