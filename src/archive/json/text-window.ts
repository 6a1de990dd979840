/**
 * The part of a long text that has arrived and not been used yet, and its place in the whole text.
 */

export class TextWindow {
  text = '';
  /** Everything before this index in `text` has been used. */
  at = 0;
  /** Offset of the start of `text` in the whole text. */
  offset = 0;

  get isUsedUp(): boolean {
    return this.at >= this.text.length;
  }

  append(chunk: string): void {
    this.text = this.text === '' ? chunk : this.text + chunk;
  }

  /** Drops what has been used. */
  shift(): void {
    this.offset += this.at;
    this.text = this.text.slice(this.at);
    this.at = 0;
  }

  /** The offset in the whole text of an index in `text`. */
  offsetOf(index: number): number {
    return this.offset + index;
  }
}
