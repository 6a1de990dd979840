/** The part of a long text that isn't used up yet, and where in the whole text it lies. */

export class TextWindow {
  text = '';
  /** Index in `text` up to which it is used up. */
  at = 0;
  /** Of the start of `text`, in the whole text. */
  private startOffset = 0;

  get offset(): number {
    return this.startOffset;
  }

  get isUsedUp(): boolean {
    return this.at >= this.text.length;
  }

  append(chunk: string): void {
    this.text = this.text === '' ? chunk : this.text + chunk;
  }

  /** Lets go of what is used up. */
  shift(): void {
    this.startOffset += this.at;
    this.text = this.text.slice(this.at);
    this.at = 0;
  }

  /** Of an index in `text`, in the whole text. */
  offsetOf(index: number): number {
    return this.startOffset + index;
  }
}
