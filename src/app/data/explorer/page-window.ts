/**
 * A list too long for the page, in pages of rows: how high each is, which of them show. Rows are as
 * high as their text; a page that has not been seen yet is taken for an average one.
 */

export interface PageWindow {
  readonly first: number;
  readonly last: number;
  /** Height of the pages before the first and after the last, px. */
  readonly before: number;
  readonly after: number;
}

export class PageHeights {
  readonly pageSize: number;
  /** Rows there are; may change while what is known of heights still holds by and large. */
  total: number;
  private readonly measured = new Map<number, number>();

  constructor(total: number, pageSize: number) {
    this.total = total;
    this.pageSize = pageSize;
  }

  get pages(): number {
    return Math.ceil(this.total / this.pageSize);
  }

  rowsOf(page: number): number {
    return Math.min(this.pageSize, this.total - page * this.pageSize);
  }

  /** Of a page as it is known or guessed, px. */
  height(page: number): number {
    return this.measured.get(page) ?? this.rowHeight() * this.rowsOf(page);
  }

  /** Returns by how much the page is higher than it was taken for. */
  measure(page: number, height: number): number {
    const before = this.height(page);
    this.measured.set(page, height);
    return height - before;
  }

  /** Where a page begins, px. */
  top(page: number): number {
    let top = 0;
    for (let p = 0; p < page; p++) top += this.height(p);
    return top;
  }

  /** The pages that show between two places of the list. */
  window(from: number, to: number): PageWindow {
    let first = 0;
    let before = 0;
    while (first < this.pages - 1 && before + this.height(first) <= from) {
      before += this.height(first);
      first++;
    }
    let last = first;
    let end = before + this.height(first);
    while (last < this.pages - 1 && end < to) {
      last++;
      end += this.height(last);
    }
    let after = 0;
    for (let p = last + 1; p < this.pages; p++) after += this.height(p);
    return { first, last, before, after };
  }

  private rowHeight(): number {
    let height = 0;
    let rows = 0;
    for (const [page, known] of this.measured) {
      height += known;
      rows += this.rowsOf(page);
    }
    return rows === 0 ? GUESSED_ROW_PX : height / rows;
  }
}

/** Two lines of text. */
const GUESSED_ROW_PX = 72;
