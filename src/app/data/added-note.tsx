/** What came of adding tweets to those that were there. */
import { joinSentences, sentenceGap } from '../format.ts';
import { LABELS } from '../labels.ts';
import { addedTweets } from '../state/brought.ts';
import { runs } from '../state/runs.ts';
import { selectedDatasetId } from '../state/settings.ts';
import { Icon } from '../ui/icons.tsx';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

export function AddedNote() {
  const added = addedTweets.value;
  if (added === null) return null;
  const { tweets, repeated, lengthened } = added;
  const hasBots = runs.value.some(({ datasetId }) => datasetId === selectedDatasetId.value);
  return (
    <div class="note note-info" role="status">
      <Icon name="check" />
      <p class="note-text">
        <strong>{tweets === 0 ? texts.noneAdded : texts.added(tweets)}</strong>
        {sentenceGap()}
        {joinSentences(
          repeated > 0 ? texts.thereAlready(repeated) : null,
          lengthened > 0 ? texts.lengthened(lengthened) : null,
          tweets > 0 && hasBots ? texts.learnNewToo : null,
        )}
      </p>
      <button
        type="button"
        class="icon-button"
        aria-label={LABELS.dismissMessage}
        onClick={() => {
          addedTweets.value = null;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
