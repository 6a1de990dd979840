/** Measures how fast an amount grows, averaged over the last five seconds so that the number is steady. */

const WINDOW_MS = 5000;
const SAMPLE_INTERVAL_MS = 200;

export class Speedometer {
  private samples: { readonly atMs: number; readonly amount: number }[] = [];

  /** Records an amount and returns its growth per second, or 0 until enough is recorded. */
  measure(amount: number, nowMs: number): number {
    const last = this.samples.at(-1);
    if (last !== undefined && amount < last.amount) this.samples = [];
    if (last === undefined || nowMs - last.atMs >= SAMPLE_INTERVAL_MS) {
      this.samples.push({ atMs: nowMs, amount });
    }
    while (this.samples.length > 2 && nowMs - (this.samples[0]?.atMs ?? 0) > WINDOW_MS) {
      this.samples.shift();
    }
    const first = this.samples[0];
    if (first === undefined || nowMs - first.atMs < SAMPLE_INTERVAL_MS) return 0;
    return (1000 * (amount - first.amount)) / (nowMs - first.atMs);
  }
}
