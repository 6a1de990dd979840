/** Says how far the training in the form is the same as the run that it repeats. */
import { selectedDataset } from '../state/datasets.ts';
import { repeatedRun } from '../state/plan.ts';
import { hasFiltersOf, modelFor, takeFiltersOf } from '../state/repeat.ts';
import { joinSentences, sentenceGap } from '../format.ts';
import { LABELS } from '../labels.ts';
import { training } from '../texts/en/training.ts';
import { bold } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

export function RepeatNote() {
  const run = repeatedRun.value;
  const dataset = selectedDataset.value;
  if (run === null) return null;
  const isSame = dataset?.contentHash === run.dataset.contentHash;
  return (
    <div class="repeat-note" role="note">
      <p>
        {texts.repeats(bold, run.name)}
        {sentenceGap()}
        {joinSentences(
          isSame ? texts.sameTweets : dataset === null ? texts.addItsTweets : texts.otherTweets,
          modelFor(run) === null ? texts.itsModelMissing(run.base?.name ?? null) : null,
        )}
      </p>
      <div class="row-actions">
        {isSame || dataset === null || hasFiltersOf(run, dataset) ? null : (
          <button
            type="button"
            class="button button-small"
            onClick={() => takeFiltersOf(run, dataset)}
          >
            {LABELS.takeItsFilters}
          </button>
        )}
        <button
          type="button"
          class="button button-small button-quiet"
          onClick={() => {
            repeatedRun.value = null;
          }}
        >
          {texts.hideThis}
        </button>
      </div>
    </div>
  );
}
