/**
 * How fast this machine trains, as far as that is known: one speed for each model, way to train and adapter.
 *
 * A measurement of a second or two is noisy, but two plans of the same training should show the same time. So a speed is
 * kept for a while, and a later measurement changes it only within limits.
 */

export interface KnownSpeed {
  /** Identifies the model, the way to train it, and what computes. */
  readonly key: string;
  readonly tokensPerSecond: number;
  /** When it was measured, in milliseconds since 1970. */
  readonly atMs: number;
}

/** Keeps speeds while the page is closed. */
export interface KeptSpeeds {
  /** Null if there is none. */
  read(key: string): Promise<KnownSpeed | null>;
  note(speed: KnownSpeed): Promise<void>;
}

/** A speed isn't measured again before it is this old. */
export const FRESH_MS = 10 * 60_000;
/** A speed that is older than this is replaced by a new measurement. */
export const STALE_MS = 60 * 60_000;
/** Until then, a new measurement changes it by this factor at most. */
export const MAX_MOVE = 1.2;

export class SpeedBook {
  private readonly kept: KeptSpeeds;
  private readonly now: () => number;
  private readonly known = new Map<string, KnownSpeed>();

  constructor(kept: KeptSpeeds, now: () => number = Date.now) {
    this.kept = kept;
    this.now = now;
  }

  /** @param measure Measures the speed in tokens per second. It is called if no known speed is fresh enough. */
  async speedOf(key: string, measure: () => Promise<number>): Promise<number> {
    const before = this.known.get(key) ?? (await this.kept.read(key));
    // A clock that was set back makes a speed look as if it came from the future.
    const ageMs = before === null ? Infinity : Math.abs(this.now() - before.atMs);
    if (before !== null && ageMs < FRESH_MS) {
      this.known.set(key, before);
      return before.tokensPerSecond;
    }
    const measured = await measure();
    return this.note(
      key,
      before === null || ageMs > STALE_MS ? measured : moved(before.tokensPerSecond, measured),
    );
  }

  /** Keeps the speed of a whole training, which says more than a measurement of a few steps. */
  async note(key: string, tokensPerSecond: number): Promise<number> {
    const speed = { key, tokensPerSecond, atMs: this.now() };
    this.known.set(key, speed);
    await this.kept.note(speed);
    return tokensPerSecond;
  }
}

function moved(from: number, to: number): number {
  return Math.min(from * MAX_MOVE, Math.max(from / MAX_MOVE, to));
}
