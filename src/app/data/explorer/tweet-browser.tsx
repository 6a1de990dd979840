/** All tweets of a dataset, to search through and to keep or leave out one by one. */
import { type Signal, useSignal } from '@preact/signals';
import { useCallback, useEffect, useId } from 'preact/hooks';
import type { ErrorData } from '../../../core/errors.ts';
import type { BrowsePage, BrowseParams, DatasetSummary } from '../../../protocol/datasets.ts';
import { DROP_REASONS } from '../../../domain/cleaning.ts';
import { formatCount } from '../../format.ts';
import { LABELS } from '../../labels.ts';
import { cleaningError } from '../../state/cleaning.ts';
import { call, canAskEngine, localError } from '../../state/engine.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icons.tsx';
import { chooseFiles } from '../choose-files.ts';
import { PAGE_SIZE, TweetList } from './tweet-list.tsx';
import { explorer } from '../../texts/en/explorer.ts';
import { reasons } from '../../texts/en/reasons.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('explorer', explorer);
const reasonTexts = messages('reasons', reasons);

const SEARCH_DELAY_MS = 200;

type Show = BrowseParams['show'];

interface Query {
  readonly query: string;
  readonly show: Show;
}

interface TweetBrowserProps {
  readonly dataset: DatasetSummary;
  /** Whether the user may keep or leave out single tweets. */
  readonly canDecide: boolean;
}

export function TweetBrowser({ dataset, canDecide }: TweetBrowserProps) {
  const wanted = useSignal<Query>({ query: '', show: 'all' });
  /** The number of results, and the query they belong to. */
  const found = useSignal<{ readonly total: number; readonly of: Query } | null>(null);
  const error = useSignal<ErrorData | null>(null);
  const attempt = useSignal(0);
  const of = wanted.value;
  const isAsked = canAskEngine.value;

  // A new summary means that a filter or a decision about a tweet has changed, and the results with it.
  const fetchRows = useCallback(
    ({ query, show }: Query, offset: number): Promise<BrowsePage> =>
      call('browseTweets', { datasetId: dataset.id, offset, limit: PAGE_SIZE, query, show }),
    [dataset, attempt.value],
  );

  useEffect(() => {
    // If the engine has stopped, the top of the page says so. The results stay until it is back.
    if (!isAsked) return;
    let isGone = false;
    fetchRows(of, 0).then(
      ({ total }) => {
        if (isGone) return;
        found.value = { total, of };
        error.value = null;
      },
      (thrown: unknown) => {
        if (!isGone) error.value = localError(thrown);
      },
    );
    return () => {
      isGone = true;
    };
  }, [fetchRows, of, isAsked]);

  const shownError = error.value ?? cleaningError.value;
  return (
    <div class="browser">
      <BrowserFilters dataset={dataset} wanted={wanted} />
      {shownError === null ? null : (
        <ErrorNote
          error={shownError}
          actions={{ 'try-again': () => attempt.value++, 'choose-files': chooseFiles }}
        />
      )}
      {found.value === null ? null : (
        <Found
          dataset={dataset}
          canDecide={canDecide}
          found={found.value}
          fetchRows={fetchRows}
          onError={(thrown) => {
            error.value = localError(thrown);
          }}
        />
      )}
    </div>
  );
}

interface FoundProps extends TweetBrowserProps {
  readonly found: { readonly total: number; readonly of: Query };
  readonly fetchRows: (of: Query, offset: number) => Promise<BrowsePage>;
  readonly onError: (thrown: unknown) => void;
}

function Found({ dataset, canDecide, found: { total, of }, fetchRows, onError }: FoundProps) {
  const { query, show } = of;
  const fetchPage = useCallback((offset: number) => fetchRows(of, offset), [fetchRows, of]);
  if (total === 0) {
    return <p class="browser-empty">{query === '' ? texts.noneOfKind : texts.noneWith(query)}</p>;
  }
  return (
    <>
      <p class="quiet" role="status">
        {query === '' ? texts.found(total) : texts.foundWith(total, query)}
      </p>
      <TweetList
        key={`${show} ${query}`}
        dataset={dataset}
        canDecide={canDecide}
        query={query}
        total={total}
        fetchPage={fetchPage}
        onError={onError}
      />
    </>
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
        wanted.value = { ...wanted.peek(), query: value };
      }, SEARCH_DELAY_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [text, wanted]);

  const { read, kept, reasons } = dataset.counts;
  const chips: readonly (readonly [Show, string, number])[] = [
    ['all', texts.all, read],
    ['kept', texts.keptOnes, kept],
    ['dropped', texts.leftOutOnes, read - kept],
    ...DROP_REASONS.flatMap((reason): [Show, string, number][] => {
      const count = reasons[reason] ?? 0;
      // The selected reason stays, even when it has no tweets any more.
      const isShown = count > 0 || wanted.value.show === reason;
      return isShown ? [[reason, reasonTexts[reason].all, count]] : [];
    }),
  ];
  return (
    <div class="browser-filters">
      <div class="search">
        <Icon name="search" />
        <input
          type="search"
          enterKeyHint="search"
          aria-label={LABELS.searchTweets}
          placeholder={LABELS.searchTweets}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
      </div>
      <fieldset class="chips">
        <legend class="visually-hidden">{texts.which}</legend>
        {chips.map(([show, label, count]) => (
          <label key={show} class="chip">
            <input
              type="radio"
              name={name}
              checked={wanted.value.show === show}
              onChange={() => {
                wanted.value = { ...wanted.value, show };
              }}
            />
            {label} <span class="chip-count">{formatCount(count)}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}
