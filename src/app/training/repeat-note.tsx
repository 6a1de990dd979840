/** Says how far the training in the form is the same as the run that it repeats. */
import { selectedDataset } from '../state/datasets.ts';
import { repeatedRun } from '../state/plan.ts';
import { hasFiltersOf, modelFor, takeFiltersOf } from '../state/repeat.ts';
import { LABELS } from '../labels.ts';

export function RepeatNote() {
  const run = repeatedRun.value;
  const dataset = selectedDataset.value;
  if (run === null) return null;
  const isSame = dataset?.contentHash === run.dataset.contentHash;
  return (
    <div class="repeat-note" role="note">
      <p>
        <b>Repeats {run.name}.</b> Its recipe is filled in under Advanced, where you can change it.{' '}
        {isSame
          ? 'The tweets are the same.'
          : dataset === null
            ? 'Add the tweets that it learned from in step 1.'
            : 'These are not exactly the tweets that it learned from.'}
        {modelFor(run) === null
          ? ` It started from ${run.base?.name ?? 'a model'}, which isn’t here: choose it above.`
          : ''}
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
          Hide this
        </button>
      </div>
    </div>
  );
}
