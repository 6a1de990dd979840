/** Charts of a dataset: months, lengths, words and hashtags, with what is kept in front of what was read. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ErrorData } from '../../../core/errors.ts';
import type { BeforeAfter, DatasetPlots, DatasetSummary } from '../../../protocol/datasets.ts';
import { formatEstimate } from '../../estimates.ts';
import { formatCount, plural } from '../../format.ts';
import { call, canAskEngine, localError } from '../../state/engine.ts';
import { chosenModel } from '../../state/base-models.ts';
import { shownPlan } from '../../state/plan.ts';
import { STARTER_ID } from '../../../domain/identifiers.ts';
import { ErrorNote } from '../../ui/error-note.tsx';

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
  if (plots.value === null) return <p class="quiet">Counting…</p>;
  const { months, lengths, words, hashtags, tokens } = plots.value;
  return (
    <div class="plots">
      <p>{describeSize(dataset, tokens)}</p>
      <p class="plot-legend quiet">
        <span class="plot-key plot-key-read">read</span>
        <span class="plot-key plot-key-kept">kept</span>
      </p>
      <div class="plot-grid">
        {months.tweets.length < 2 ? null : <Months {...months} />}
        {dataset.documentCount === 0 ? null : <Lengths {...lengths} />}
        {words.length === 0 ? null : <Ranking title="Most used words" rows={words} />}
        {hashtags.length === 0 ? null : <Ranking title="Most used hashtags" rows={hashtags} />}
      </div>
    </div>
  );
}

/** `About 12,000 tokens in 421 texts. To learn from them … takes about 2 minutes …` */
function describeSize({ documentCount }: DatasetSummary, tokens: number): string {
  const size = `About ${formatCount(tokens)} tokens in ${plural(documentCount, 'text')}.`;
  const plan = shownPlan.value;
  if (plan === null) return size;
  return `${size} To learn from them as chosen below takes ${formatEstimate(plan.estimatedSeconds)} on this computer.`;
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
  const label = `From ${first} to ${last}; most in ${monthAfter(first, busiest)}: ${plural(peak, 'tweet')}`;
  return (
    <Bars
      title="Tweets by month"
      label={label}
      bars={tweets}
      from={first}
      to={last}
      most={`most in ${monthAfter(first, busiest)}: ${formatCount(peak)}`}
    />
  );
}

function Lengths({ width, texts }: DatasetPlots['lengths']) {
  const peak = Math.max(...texts);
  const common = texts.indexOf(peak);
  const range = `${common * width} to ${(common + 1) * width - 1}`;
  return (
    <Bars
      title="Length of what is kept, in tokens"
      label={`Most texts, ${formatCount(peak)}, have ${range} tokens`}
      bars={texts.map((kept) => ({ read: kept, kept }))}
      from="0"
      to={`${(texts.length - 1) * width} and more`}
      most={`most have ${range}`}
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
        aria-label={`${title}. ${label}`}
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
              {formatCount(kept)}
              <span class="visually-hidden"> tweets kept</span>
              {read === kept ? null : (
                <span class="quiet">
                  {' '}
                  of {formatCount(read)}
                  <span class="visually-hidden"> read</span>
                </span>
              )}
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
