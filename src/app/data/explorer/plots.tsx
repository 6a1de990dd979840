/** Charts of a dataset: months, lengths, words and hashtags, with what is kept in front of what was read. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ErrorData } from '../../../core/errors.ts';
import type { BeforeAfter, DatasetPlots, DatasetSummary } from '../../../protocol/datasets.ts';
import { formatEstimate } from '../../estimates.ts';
import { formatCount, joinSentences } from '../../format.ts';
import { call, canAskEngine, localError } from '../../state/engine.ts';
import { chosenModel } from '../../state/base-models.ts';
import { shownPlan } from '../../state/plan.ts';
import { STARTER_ID } from '../../../domain/identifiers.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { explorer } from '../../texts/en/explorer.ts';
import { hidden } from '../../texts/inline.tsx';
import { messages } from '../../texts/messages.ts';

const texts = messages('explorer', explorer);

/** Waits for a pause in typing, because counting the words of 100,000 tweets takes a moment. */
const DELAY_MS = 500;

export function Plots({ dataset }: { dataset: DatasetSummary }) {
  const plots = useSignal<DatasetPlots | null>(null);
  const error = useSignal<ErrorData | null>(null);
  const attempt = useSignal(0);
  const isAsked = canAskEngine.value;
  // Tokens are counted as the model that will be trained counts them.
  const baseModelId = chosenModel.value?.id ?? STARTER_ID;

  useEffect(() => {
    if (!isAsked) return;
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(
      () => {
        const params = { datasetId: dataset.id, baseModelId };
        call('datasetPlots', params, { signal }).then(
          (found) => {
            if (signal.aborted) return;
            plots.value = found;
            error.value = null;
          },
          (thrown: unknown) => {
            if (!signal.aborted) error.value = localError(thrown);
          },
        );
      },
      plots.peek() === null ? 0 : DELAY_MS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [dataset, baseModelId, isAsked, attempt.value]);

  if (error.value !== null) {
    return <ErrorNote error={error.value} actions={{ 'try-again': () => attempt.value++ }} />;
  }
  if (plots.value === null) return <p class="quiet">{texts.counting}</p>;
  const { months, lengths, words, hashtags, tokens } = plots.value;
  return (
    <div class="plots">
      <p>{describeSize(dataset, tokens)}</p>
      <p class="plot-legend quiet">
        <span class="plot-key plot-key-read">{texts.read}</span>
        <span class="plot-key plot-key-kept">{texts.kept}</span>
      </p>
      <div class="plot-grid">
        {months.tweets.length < 2 ? null : <Months {...months} />}
        {dataset.documentCount === 0 ? null : <Lengths {...lengths} />}
        {words.length === 0 ? null : <Ranking title={texts.usedWords} rows={words} />}
        {hashtags.length === 0 ? null : <Ranking title={texts.usedHashtags} rows={hashtags} />}
      </div>
    </div>
  );
}

/** `About 12,000 tokens in 421 texts. To learn from them … takes about 2 minutes …` */
function describeSize({ documentCount }: DatasetSummary, tokens: number): string {
  const plan = shownPlan.value;
  return joinSentences(
    texts.size(tokens, documentCount),
    plan === null ? null : texts.takes(formatEstimate(plan.estimatedSeconds)),
  );
}

const CHART_WIDTH = 320;
const CHART_HEIGHT = 96;

function Months({ first, tweets }: DatasetPlots['months']) {
  const last = monthAfter(first, tweets.length - 1);
  const busiest = tweets.reduce(
    (most, { read }, i) => (read > (tweets[most]?.read ?? 0) ? i : most),
    0,
  );
  const peak = tweets[busiest]?.read ?? 0;
  const month = monthAfter(first, busiest);
  return (
    <Bars
      title={texts.byMonth}
      label={texts.months(first, last, month, peak)}
      bars={tweets}
      from={first}
      to={last}
      most={texts.busiest(month, peak)}
    />
  );
}

function Lengths({ width, texts: kept }: DatasetPlots['lengths']) {
  const peak = Math.max(...kept);
  const common = kept.indexOf(peak);
  const last = kept.length - 1;
  const range =
    common === last
      ? texts.andMore(last * width)
      : texts.lengthRange(common * width, (common + 1) * width - 1);
  return (
    <Bars
      title={texts.lengths}
      label={texts.lengthsLabel(peak, range)}
      bars={kept.map((count) => ({ read: count, kept: count }))}
      from={formatCount(0)}
      to={texts.andMore(last * width)}
      most={texts.commonLength(range)}
    />
  );
}

interface BarsProps {
  readonly title: string;
  readonly label: string;
  readonly bars: readonly BeforeAfter[];
  readonly from: string;
  readonly to: string;
  readonly most: string;
}

function Bars({ title, label, bars, from, to, most }: BarsProps) {
  const peak = Math.max(1, ...bars.map(({ read }) => read));
  const step = CHART_WIDTH / bars.length;
  const gap = step > 3 ? 1 : 0;
  const bar = (value: number, i: number, name: string) => {
    const height = (CHART_HEIGHT * value) / peak;
    return height === 0 ? null : (
      <rect
        key={`${name} ${i}`}
        class={name}
        x={i * step}
        y={CHART_HEIGHT - height}
        width={step - gap}
        height={height}
      />
    );
  };
  return (
    <figure class="plot">
      <figcaption>
        <span class="small-heading">{title}</span> <span class="quiet">{most}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${CHART_WIDTH} ${CHART_HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map(({ read }, i) => bar(read, i, 'plot-read'))}
        {bars.map(({ kept }, i) => bar(kept, i, 'plot-kept'))}
      </svg>
      <p class="plot-axis" aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </p>
    </figure>
  );
}

interface RankingProps {
  readonly title: string;
  readonly rows: DatasetPlots['words'];
}

function Ranking({ title, rows }: RankingProps) {
  const peak = rows[0]?.read ?? 1;
  const percent = (value: number) => `${(100 * value) / peak}%`;
  return (
    <figure class="plot">
      <figcaption class="small-heading">{title}</figcaption>
      <ol class="ranking">
        {rows.map(({ word, read, kept }) => (
          <li key={word}>
            <span class="ranking-word">
              <bdi>{word}</bdi>
            </span>
            <span class="ranking-bar" aria-hidden="true">
              <span class="ranking-read" style={{ width: percent(read) }} />
              <span class="ranking-kept" style={{ width: percent(kept) }} />
            </span>
            <span class="ranking-count">
              {texts.keptWith(hidden, kept)}
              {read === kept ? null : <span class="quiet">{texts.ofRead(hidden, read)}</span>}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

/** `2024-11` and 3 → `2025-02` */
function monthAfter(first: string, months: number): string {
  const [year = 0, month = 1] = first.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7);
}
