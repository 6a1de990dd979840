/** A text file with one tweet a line. */

import { NO_FIELDS, type RawTweet } from './tweet.ts';

/** Far longer than any tweet, and than a line of a file that only looks like text. */
export const MAX_LINE_LENGTH = 100_000;

export class LineReader {
  readonly #onTweet: (tweet: RawTweet) => void;
  readonly #onDamage: (offset: number) => void;
  #rest = '';
  /** Of the unfinished line. */
  #offset = 0;
  #isTooLong = false;

  /** Lines longer than {@link MAX_LINE_LENGTH} are damage; blank ones are nothing. */
  constructor(onTweet: (tweet: RawTweet) => void, onDamage: (offset: number) => void) {
    this.#onTweet = onTweet;
    this.#onDamage = onDamage;
  }

  push(chunk: string): void {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      this.#line(chunk.slice(start, end));
      this.#offset += 1;
      start = end + 1;
    }
    if (this.#isTooLong) this.#offset += chunk.length - start;
    else this.#rest += chunk.slice(start);
    if (this.#rest.length > MAX_LINE_LENGTH) {
      this.#onDamage(this.#offset);
      this.#offset += this.#rest.length;
      this.#rest = '';
      this.#isTooLong = true;
    }
  }

  end(): void {
    this.#line('');
  }

  #line(last: string): void {
    const line = this.#rest + last;
    const text = line.trim();
    if (!this.#isTooLong && line.length > MAX_LINE_LENGTH) this.#onDamage(this.#offset);
    else if (!this.#isTooLong && text !== '') this.#onTweet({ ...NO_FIELDS, text });
    this.#offset += line.length;
    this.#rest = '';
    this.#isTooLong = false;
  }
}
