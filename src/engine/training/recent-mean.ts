/** A mean that forgets. */

/** The mean of the last ten values, so that the first steps, which compile shaders, don't count for long. */
export class RecentMean {
  private readonly values: number[] = [];

  get isEmpty(): boolean {
    return this.values.length === 0;
  }

  get mean(): number {
    return this.values.reduce((sum, value) => sum + value, 0) / Math.max(1, this.values.length);
  }

  add(value: number): void {
    this.values.push(value);
    if (this.values.length > 10) this.values.shift();
  }
}
