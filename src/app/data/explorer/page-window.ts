/**
 * Divides a list that is too long to render into pages of rows. Computes how high each page is and
 * which pages are visible. The height of a row depends on its text, so a page that has not been
 * rendered yet is assumed to have the average height.
 */

export interface PageWindow {
  readonly first: number;
  readonly last: number;
  /** The height of all pages before the first and after the last, in px. */
  readonly before: number;
  readonly after: number;
}

export class PageHeights {
  readonly pageSize: number;
  /** The number of rows. It may change; the measured heights are kept, as most of them stay right. */
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

  /** The measured or estimated height of a page, in px. */
  height(page: number): number {
    return this.measured.get(page) ?? this.rowHeight() * this.rowsOf(page);
  }

  /** Stores the measured height of a page, and returns how much higher it is than the estimate. */
  measure(page: number, height: number): number {
    const before = this.height(page);
    this.measured.set(page, height);
    return height - before;
  }

  /** The position of the top of a page, in px. */
  top(page: number): number {
    let top = 0;
    for (let p = 0; p < page; p++) top += this.height(p);
    return top;
  }

  /** The pages that are visible between two positions of the list. */
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

/** The height of two lines of text, in px. */
const GUESSED_ROW_PX = 72;
