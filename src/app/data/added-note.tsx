/** What came of adding tweets to those that were there. */
import { plural } from '../format.ts';
import { addedTweets } from '../state/brought.ts';
import { runs } from '../state/runs.ts';
import { selectedDatasetId } from '../state/settings.ts';
import { Icon } from '../ui/icons.tsx';

export function AddedNote() {
  const added = addedTweets.value;
  if (added === null) return null;
  const { tweets, repeated, lengthened } = added;
  const hasBots = runs.value.some(({ datasetId }) => datasetId === selectedDatasetId.value);
  const parts = [
    ...(repeated > 0 ? [`${plural(repeated, 'tweet was', 'tweets were')} there already.`] : []),
    ...(lengthened > 0 ? [`${plural(lengthened, 'tweet has', 'tweets have')} more text now.`] : []),
    ...(tweets > 0 && hasBots
      ? ['To train a bot on the new tweets too, press Train more under Your bots.']
      : []),
  ];
  return (
    <div class="note note-info" role="status">
      <Icon name="check" />
      <p class="note-text">
        <strong>
          {tweets === 0 ? 'No tweet was new.' : `${plural(tweets, 'new tweet')} added.`}
        </strong>{' '}
        {parts.join(' ')}
      </p>
      <button
        type="button"
        class="icon-button"
        aria-label="Dismiss this message"
        onClick={() => {
          addedTweets.value = null;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
