/** The counts of a dataset, as huggingtweets shows them, and what they mean. */
import { isUsual } from '../../domain/cleaning.ts';
import type { DatasetCounts, DatasetSummary } from '../../protocol/datasets.ts';
import { formatCount, plural } from '../format.ts';
import { LABELS } from '../labels.ts';
import { isRecounting } from '../state/cleaning.ts';

const MEASURES: readonly { readonly name: string; readonly of: (c: DatasetCounts) => number }[] = [
  { name: 'Tweets read', of: ({ read }) => read },
  { name: 'Retweets', of: ({ retweets }) => retweets },
  { name: 'Short tweets', of: ({ short }) => short },
  { name: 'Other left out', of: ({ other }) => other },
  { name: 'Tweets kept', of: ({ kept }) => kept },
];

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
          {MEASURES.map(({ name }, i) => (
            <th key={name} scope="col" class={i === last ? 'counts-kept' : ''}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {MEASURES.map(({ name, of }, i) => (
            <td key={name} class={i === last ? 'counts-kept' : ''}>
              {formatCount(of(counts))}
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
  const columns = [...accounts, { name: 'Together', counts }];
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
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MEASURES.map(({ name, of }, row) => (
            <tr key={name} class={row === last ? 'counts-kept' : ''}>
              <th scope="row">{name}</th>
              {columns.map((column, i) => (
                <td key={i}>{formatCount(of(column.counts))}</td>
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
      {isUsual(options)
        ? 'Retweets are someone else’s words and tweets under three words say too little, so the bird doesn’t learn from them.'
        : 'Counted with your own filters.'}
      {documentCount < counts.kept
        ? ` Threads are joined, so they are ${plural(documentCount, 'text')}.`
        : null}
      {counts.damaged === 0
        ? null
        : ` ${plural(counts.damaged, 'entry', 'entries')} in the file couldn’t be read as tweets and ${counts.damaged === 1 ? 'was' : 'were'} skipped.`}
    </p>
  );
}
