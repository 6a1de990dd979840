/**
 * Decides which number of dates such as `9/11/2024` is the day. A single row doesn't show it, so the
 * tweets of a table with such dates are held back until the whole column has been read. If that doesn't
 * show it either, an unknown date is better than a wrong one.
 */

import { isNumericDate, orderOfDates, parseOrderedDate, type DateOrder } from './time.ts';
import type { FoundTweet } from './tweet.ts';

/** This many rows are enough to decide it for the rest. */
const MAX_HELD = 50_000;

interface Row {
  readonly found: FoundTweet;
  readonly date: string;
  /** The time of day, where a column of its own has it. */
  readonly clock: string;
}

export class DateColumn {
  private readonly onTweet: (found: FoundTweet) => void;
  private readonly held: Row[] = [];
  private order: DateOrder | null = null;
  private isDecided = false;

  constructor(onTweet: (found: FoundTweet) => void) {
    this.onTweet = onTweet;
  }

  take(row: Row): void {
    if (this.isDecided) this.handOn(row);
    else if (this.held.length === 0 && !isNumericDate(row.date)) this.onTweet(row.found);
    else if (this.held.push(row) === MAX_HELD) this.decide();
  }

  decide(): void {
    this.isDecided = true;
    this.order = orderOfDates(this.held.map(({ date }) => date));
    for (const row of this.held) this.handOn(row);
    this.held.length = 0;
  }

  private handOn({ found, date, clock }: Row): void {
    const { order } = this;
    const createdAt =
      order === null || found.tweet.createdAt !== null
        ? null
        : (parseOrderedDate(`${date} ${clock}`, order) ?? parseOrderedDate(date, order));
    this.onTweet(createdAt === null ? found : { ...found, tweet: { ...found.tweet, createdAt } });
  }
}
