/** Every tweet of a dataset, a page at a time, with the reason where one was dropped. */
import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { ErrorData } from '../../core/errors.ts';
import type { BrowsePage, BrowseParams, BrowseRow, DatasetSummary } from '../../protocol/calls.ts';
import { formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import { call, canAskEngine, localError } from '../state/engine.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';
import { chooseFiles } from './choose-files.ts';
import { splitMatches } from './split-matches.ts';

const PAGE_SIZE = 50;
const SEARCH_DELAY_MS = 200;

type Show = BrowseParams['show'];

interface Query {
  readonly query: string;
  readonly show: Show;
  readonly offset: number;
}

const REASONS: { readonly [reason: string]: string } = { retweet: 'Retweet', short: 'Short' };

export function TweetBrowser({ dataset }: { dataset: DatasetSummary }) {
  const wanted = useSignal<Query>({ query: '', show: 'all', offset: 0 });
  const page = useSignal<BrowsePage | null>(null);
  const error = useSignal<ErrorData | null>(null);
  const attempt = useSignal(0);

  useSignalEffect(() => {
    const { query, show, offset } = wanted.value;
    void attempt.value;
    // An engine that is gone says so at the top of the page; what is shown stays until it is back.
    if (!canAskEngine.value) return;
    const controller = new AbortController();
    const { signal } = controller;
    call(
      'browseTweets',
      { datasetId: dataset.id, offset, limit: PAGE_SIZE, query, show },
      { signal },
    ).then(
      (result) => {
        if (signal.aborted) return;
        page.value = result;
        error.value = null;
      },
      (thrown: unknown) => {
        if (!signal.aborted) error.value = localError(thrown);
      },
    );
    return () => controller.abort();
  });

  return (
    <div class="browser">
      <BrowserFilters dataset={dataset} wanted={wanted} />
      {error.value === null ? null : (
        <ErrorNote
          error={error.value}
          actions={{ 'try-again': () => attempt.value++, 'choose-files': chooseFiles }}
        />
      )}
      {page.value === null ? null : (
        <>
          <TweetRows rows={page.value.rows} wanted={wanted.value} />
          <Pager wanted={wanted} total={page.value.total} />
        </>
      )}
    </div>
  );
}

function BrowserFilters({ dataset, wanted }: { dataset: DatasetSummary; wanted: Signal<Query> }) {
  const name = useId();
  const text = useSignal('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = text.subscribe((value) => {
      clearTimeout(timer);
      if (value === wanted.peek().query) return;
      timer = setTimeout(() => {
        wanted.value = { ...wanted.peek(), query: value, offset: 0 };
      }, SEARCH_DELAY_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [text, wanted]);

  const { counts } = dataset;
  const chips: readonly (readonly [Show, string, number])[] = [
    ['all', 'All', counts.read],
    ['kept', 'Kept', counts.kept],
    ['retweet', 'Retweets', counts.retweets],
    ['short', 'Short', counts.short],
  ];
  return (
    <div class="browser-filters">
      <div class="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label={LABELS.searchTweets}
          placeholder={LABELS.searchTweets}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
      </div>
      <fieldset class="chips">
        <legend class="visually-hidden">Which tweets</legend>
        {chips.map(([show, label, count]) => (
          <label key={show} class="chip">
            <input
              type="radio"
              name={name}
              checked={wanted.value.show === show}
              onChange={() => {
                wanted.value = { ...wanted.value, show, offset: 0 };
              }}
            />
            {label} <span class="chip-count">{formatCount(count)}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function TweetRows({ rows, wanted }: { rows: readonly BrowseRow[]; wanted: Query }) {
  if (rows.length === 0) {
    return (
      <p class="browser-empty">
        {wanted.query === '' ? 'No tweets of this kind.' : `No tweet here says “${wanted.query}”.`}
      </p>
    );
  }
  return (
    // A scrolling region has to be reachable by keyboard to be scrolled by it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see the line above
    <section class="browser-scroll" tabIndex={0} aria-label={LABELS.browser}>
      <ol class="browser-list" start={wanted.offset + 1}>
        {rows.map((row, index) => (
          <li
            // Rows have no identity of their own: a page is replaced as a whole.
            key={index}
            class={row.dropped === null ? 'browser-row' : 'browser-row browser-row-dropped'}
          >
            <span class="browser-text">
              <Matches text={row.text} query={wanted.query} />
            </span>
            {row.dropped === null ? null : (
              <span class="browser-reason">{REASONS[row.dropped]}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Matches({ text, query }: { text: string; query: string }) {
  return (
    <>
      {splitMatches(text, query).map((part, index) =>
        // Odd parts are the matches, by construction.
        index % 2 === 1 ? <mark key={index}>{part}</mark> : part,
      )}
    </>
  );
}

function Pager({ wanted, total }: { wanted: Signal<Query>; total: number }) {
  const { offset } = wanted.value;
  if (total <= PAGE_SIZE) return null;
  const goTo = (next: number) => {
    wanted.value = { ...wanted.value, offset: next };
  };
  const last = Math.min(total, offset + PAGE_SIZE);
  return (
    <nav class="pager" aria-label="Pages of tweets">
      <button
        type="button"
        class="button button-small"
        disabled={offset === 0}
        onClick={() => goTo(offset - PAGE_SIZE)}
      >
        Previous
      </button>
      <span>
        {formatCount(offset + 1)}–{formatCount(last)} of {formatCount(total)}
      </span>
      <button
        type="button"
        class="button button-small"
        disabled={last >= total}
        onClick={() => goTo(offset + PAGE_SIZE)}
      >
        Next
      </button>
    </nav>
  );
}
