/** Offers to join an archive that was dropped to the earlier one of the same account. */
import { activity } from '../state/activity.ts';
import { joinOffer } from '../state/datasets.ts';
import { canAskEngine } from '../state/engine.ts';
import { runs } from '../state/runs.ts';
import { selectedDatasetId } from '../state/settings.ts';
import { Icon } from '../ui/icons.tsx';

export function JoinNote() {
  const offer = joinOffer.value;
  if (offer === null || selectedDatasetId.value !== offer.newId) return null;
  // Joining them forgets the new dataset, which a bot may need by now.
  if (runs.value.some(({ datasetId }) => datasetId === offer.newId)) return null;
  return (
    <div class="note note-info">
      <Icon name="plus" />
      <div class="note-text">
        <p>
          <strong>You already have tweets of @{offer.username} here.</strong> These are kept apart
          from them until you join the two. A tweet that is in both counts once.
        </p>
        <div class="note-actions">
          <button
            type="button"
            class="button button-small"
            disabled={!canAskEngine.value || activity.value !== null}
            onClick={() => void offer.join()}
          >
            Join them
          </button>
        </div>
      </div>
    </div>
  );
}
