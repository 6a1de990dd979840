/** The counts of a dataset, as huggingtweets shows them, and what they mean for the bot. */
import type { DatasetSummary } from '../../protocol/calls.ts';
import { formatCount, plural } from '../format.ts';
import { LABELS } from '../labels.ts';
import { Icon } from '../ui/icons.tsx';

export function CountsTable({ dataset }: { dataset: DatasetSummary }) {
  const { counts } = dataset;
  return (
    <>
      <table class="counts">
        <caption class="visually-hidden">{LABELS.countsTable}</caption>
        <thead>
          <tr>
            <th scope="col">Tweets read</th>
            <th scope="col">Retweets</th>
            <th scope="col">Short tweets</th>
            <th scope="col" class="counts-kept">
              Tweets kept
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{formatCount(counts.read)}</td>
            <td>{formatCount(counts.retweets)}</td>
            <td>{formatCount(counts.short)}</td>
            <td class="counts-kept">{formatCount(counts.kept)}</td>
          </tr>
        </tbody>
      </table>
      <p class="counts-meaning">
        Retweets are someone else’s words and tweets under three words say too little, so the bird
        doesn’t learn from them.
        {counts.damaged === 0 ? null : (
          <>
            {' '}
            {plural(counts.damaged, 'entry', 'entries')} in the file couldn’t be read as tweets and{' '}
            {counts.damaged === 1 ? 'was' : 'were'} skipped.
          </>
        )}
      </p>
      {dataset.isSmall ? (
        <div class="note note-warning">
          <Icon name="warning" />
          <p class="note-text">
            <strong>
              That is little to learn from: {formatCount(dataset.characters)} characters.
            </strong>{' '}
            Under 40,000 the bird may learn some tweets by heart and repeat them.
          </p>
        </div>
      ) : null}
    </>
  );
}
