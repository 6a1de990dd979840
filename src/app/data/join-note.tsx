/** Offers to join tweets to earlier ones of the same account. */
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { joinTarget, joinToEarlier, keepApart } from '../state/datasets.ts';
import { canAskEngine } from '../state/engine.ts';
import { runs } from '../state/runs.ts';
import { selectedDatasetId } from '../state/settings.ts';
import { Icon } from '../ui/icons.tsx';
import { data } from '../texts/en/data.ts';
import { strong } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

export function JoinNote() {
  const target = joinTarget.value;
  // Joining deletes the selected dataset, which a bot may need by now.
  if (
    target === null ||
    runs.value.some(({ datasetId }) => datasetId === selectedDatasetId.value)
  ) {
    return null;
  }
  return (
    <div class="note note-info">
      <Icon name="plus" />
      <div class="note-text">
        <p>{texts.sameAccount(strong, target.username ?? target.name)}</p>
        <div class="note-actions">
          <button
            type="button"
            class="button button-small"
            disabled={!canAskEngine.value || activity.value !== null}
            onClick={() => void joinToEarlier()}
          >
            {LABELS.joinTweets}
          </button>
          <button type="button" class="button button-small" onClick={keepApart}>
            {LABELS.keepApart}
          </button>
        </div>
      </div>
    </div>
  );
}
