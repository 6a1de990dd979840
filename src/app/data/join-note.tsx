/** Offers to join tweets to earlier ones of the same account. */
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { joinTarget, joinToEarlier, keepApart } from '../state/datasets.ts';
import { canAskEngine } from '../state/engine.ts';
import { runs } from '../state/runs.ts';
import { selectedDatasetId } from '../state/settings.ts';
import { Icon } from '../ui/icons.tsx';

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
        <p>
          <strong>You already have tweets of @{target.username} here.</strong> These are kept apart
          from them until you join the two. A tweet that is in both counts once.
        </p>
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
