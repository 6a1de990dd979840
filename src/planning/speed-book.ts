/**
 * How fast this machine trains, as far as that is known: one speed for each model, way to train and adapter.
 *
 * A measurement of a second or two is noisy, and who looks at two plans of the same training must not see two
 * different times. So a speed is kept for a while, and a later measurement moves it only so far.
 */

export interface KnownSpeed {
  /** Identifies the model, the way to train it, and what computes. */
  readonly key: string;
  readonly tokensPerSecond: number;
  /** When it was measured, in milliseconds since 1970. */
  readonly atMs: number;
}

/** Where speeds stay when the page is closed. */
export interface KeptSpeeds {
  /** Null if there is none. */
  read(key: string): Promise<KnownSpeed | null>;
  note(speed: KnownSpeed): Promise<void>;
}

/** A speed that is younger isn't measured again. */
export const FRESH_MS = 10 * 60_000;
/** A measurement replaces a speed that is older, whatever it was. */
export const STALE_MS = 60 * 60_000;
/** Until then, it moves it by this factor at most. */
export const MAX_MOVE = 1.2;

export class SpeedBook {
  private readonly kept: KeptSpeeds;
  private readonly now: () => number;
  private readonly known = new Map<string, KnownSpeed>();

  constructor(kept: KeptSpeeds, now: () => number = Date.now) {
    this.kept = kept;
    this.now = now;
  }

  /** @param measure Called where no speed is fresh enough; in tokens per second. */
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

  /** Keeps what a whole training has shown, which is better than any measurement. */
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
