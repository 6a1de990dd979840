/**
 * A scrollable list of any length. Only the rows near the visible part are rendered and requested
 * from the engine.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { BrowsePage, BrowseRow, DatasetSummary } from '../../../protocol/datasets.ts';
import { LABELS } from '../../labels.ts';
import { PageHeights } from './page-window.ts';
import { TweetRow } from './tweet-row.tsx';

export const PAGE_SIZE = 40;
/** Rows up to this distance outside of the visible part are rendered in advance. */
const MARGIN_PX = 600;

interface TweetListProps {
  readonly dataset: DatasetSummary;
  readonly canDecide: boolean;
  readonly query: string;
  readonly total: number;
  /** Returns the page of rows that starts at an offset. Rejects if it is no longer needed. */
  readonly fetchPage: (offset: number) => Promise<BrowsePage>;
  readonly onError: (thrown: unknown) => void;
}

/** Shows one list. Needs another `key` when the list is another one. */
export function TweetList(props: TweetListProps) {
  const { dataset, canDecide, query, total, fetchPage, onError } = props;
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const heights = useMemo(() => new PageHeights(total, PAGE_SIZE), []);
  heights.total = total;
  const hasFocus = useRef(false);
  const pages = useSignal<ReadonlyMap<number, readonly BrowseRow[]>>(new Map());
  const place = useSignal({ top: 0, height: 400 });
  const shown = heights.window(
    place.value.top - MARGIN_PX,
    place.value.top + place.value.height + MARGIN_PX,
  );

  // A new function means that the results have changed. The old rows stay until the new ones arrive.
  useEffect(() => {
    let isGone = false;
    for (let page = shown.first; page <= shown.last; page++) {
      fetchPage(page * PAGE_SIZE).then(
        ({ rows }) => {
          if (!isGone) pages.value = new Map(pages.value).set(page, rows);
        },
        (thrown: unknown) => {
          if (!isGone) onError(thrown);
        },
      );
    }
    return () => {
      isGone = true;
    };
  }, [fetchPage, shown.first, shown.last]);

  useLayoutEffect(() => {
    const [outer, inner] = [scroller.current, list.current];
    if (outer === null || inner === null) return;
    let above = 0;
    for (let page = shown.first; page <= shown.last; page++) {
      if (!pages.value.has(page)) continue;
      const height = pageHeight(inner, page);
      if (height === null) continue;
      const isAbove = heights.top(page + 1) <= outer.scrollTop;
      const more = heights.measure(page, height);
      if (isAbove) above += more;
    }
    // Keep the visible rows in place when rows above them turn out to be higher than estimated.
    if (above !== 0) outer.scrollTop += above;
    // The row with the button that was just pressed may not be in the list any more.
    const isLost = hasFocus.current && document.activeElement === document.body;
    if (isLost) outer.focus({ preventScroll: true });
  });

  useEffect(() => {
    const outer = scroller.current;
    if (outer === null) return;
    const observer = new ResizeObserver(() => {
      place.value = { top: outer.scrollTop, height: outer.clientHeight };
    });
    observer.observe(outer);
    return () => observer.disconnect();
  }, []);

  const numbers = Array.from({ length: shown.last - shown.first + 1 }, (_, i) => shown.first + i);
  return (
    <section
      ref={scroller}
      class="browser-scroll"
      // A region that scrolls has to be focusable, so that it can be scrolled with the keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see the line above
      tabIndex={0}
      aria-label={LABELS.browser}
      onFocusIn={() => {
        hasFocus.current = true;
      }}
      onFocusOut={({ target, relatedTarget }) => {
        const isRemoved = target instanceof Element && !target.isConnected;
        const isInside = relatedTarget instanceof Node && list.current?.contains(relatedTarget);
        if (!isRemoved && !isInside) hasFocus.current = false;
      }}
      onScroll={({ currentTarget }) => {
        place.value = { top: currentTarget.scrollTop, height: currentTarget.clientHeight };
      }}
    >
      <ol
        ref={list}
        class="browser-list"
        style={{ paddingTop: `${shown.before}px`, paddingBottom: `${shown.after}px` }}
      >
        {numbers.map((page) => {
          const rows = pages.value.get(page);
          if (rows === undefined) {
            const height = `${heights.height(page)}px`;
            return <li key={`page ${page}`} class="browser-waiting" style={{ height }} />;
          }
          return rows.map((row, i) => (
            <TweetRow
              key={row.index}
              dataset={dataset}
              canDecide={canDecide}
              row={row}
              query={query}
              page={page}
              position={page * PAGE_SIZE + i + 1}
              total={total}
            />
          ));
        })}
      </ol>
    </section>
  );
}

function pageHeight(list: HTMLOListElement, page: number): number | null {
  const rows = list.querySelectorAll<HTMLElement>(`[data-page="${page}"]`);
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (first === undefined || last === undefined) return null;
  return last.offsetTop + last.offsetHeight - first.offsetTop;
}
