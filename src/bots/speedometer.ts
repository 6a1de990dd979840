/** How fast something grows, over the last seconds: steady enough to read, quick to notice a change. */

const windowMs = 5000;
const betweenSamplesMs = 200;

export class Speedometer {
  private samples: { readonly atMs: number; readonly amount: number }[] = [];

  /** Notes an amount and returns its growth per second; 0 while there is too little to tell. */
  measure(amount: number, nowMs: number): number {
    const last = this.samples.at(-1);
    if (last !== undefined && amount < last.amount) this.samples = [];
    if (last === undefined || nowMs - last.atMs >= betweenSamplesMs) {
      this.samples.push({ atMs: nowMs, amount });
    }
    while (this.samples.length > 2 && nowMs - (this.samples[0]?.atMs ?? 0) > windowMs) {
      this.samples.shift();
    }
    const first = this.samples[0];
    if (first === undefined || nowMs - first.atMs < betweenSamplesMs) return 0;
    return (1000 * (amount - first.amount)) / (nowMs - first.atMs);
  }
}
