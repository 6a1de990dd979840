/** The counts of a dataset, as huggingtweets shows them, and what they mean. */
import { isUsual } from '../../domain/cleaning.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { formatCount, joinSentences } from '../format.ts';
import { LABELS } from '../labels.ts';
import { isRecounting } from '../state/cleaning.ts';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

const MEASURES = ['read', 'retweets', 'short', 'other', 'kept'] as const;

export function CountsTable({ dataset }: { dataset: DatasetSummary }) {
  return (
    <>
      {dataset.accounts.length > 1 ? <ByAccount dataset={dataset} /> : <Strip dataset={dataset} />}
      <CountsMeaning dataset={dataset} />
    </>
  );
}

/** The counts of a dataset with one account, in one row. The last one, which stands out, is what is kept. */
function Strip({ dataset: { counts } }: { dataset: DatasetSummary }) {
  const last = MEASURES.length - 1;
  return (
    <table class="counts" aria-busy={isRecounting.value}>
      <caption class="visually-hidden">{LABELS.countsTable}</caption>
      <thead>
        <tr>
          {MEASURES.map((measure, i) => (
            <th key={measure} scope="col" class={i === last ? 'counts-kept' : ''}>
              {texts.counts[measure]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {MEASURES.map((measure, i) => (
            <td key={measure} class={i === last ? 'counts-kept' : ''}>
              {formatCount(counts[measure])}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

/** The counts of several accounts: a column for each, as in a huggingtweets model card, and one for all. */
function ByAccount({ dataset: { accounts, counts } }: { dataset: DatasetSummary }) {
  const last = MEASURES.length - 1;
  const columns = [...accounts, { name: texts.countsOfAll, counts }];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, by keyboard too
    <section class="counts-scroll" tabIndex={0} aria-label={LABELS.countsTable}>
      <table class="counts counts-by-account" aria-busy={isRecounting.value}>
        <caption class="visually-hidden">{LABELS.countsTable}</caption>
        <thead>
          <tr>
            <td />
            {columns.map(({ name }, i) => (
              <th key={i} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MEASURES.map((measure, row) => (
            <tr key={measure} class={row === last ? 'counts-kept' : ''}>
              <th scope="row">{texts.counts[measure]}</th>
              {columns.map((column, i) => (
                <td key={i}>{formatCount(column.counts[measure])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function CountsMeaning({ dataset }: { dataset: DatasetSummary }) {
  const { counts, options, documentCount } = dataset;
  return (
    <p class="counts-meaning">
      {joinSentences(
        isUsual(options) ? texts.countedUsually : texts.countedOwn,
        documentCount < counts.kept ? texts.threadsJoined(documentCount) : null,
        counts.damaged === 0 ? null : texts.damagedEntries(counts.damaged),
      )}
    </p>
  );
}
