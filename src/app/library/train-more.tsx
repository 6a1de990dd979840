/** Asks for how many more epochs a finished bot should be trained, and on which tweets. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { isEnoughToLearnFrom } from '../../domain/cleaning.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { datasets } from '../state/datasets.ts';
import { continueTraining } from '../state/training.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { library } from '../texts/en/library.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('library', library);

const CHOICES_OF_EPOCHS = [1, 2, 4];

export function TrainMore({ run, onDone }: { run: RunSummary; onDone: () => void }) {
  const now = tweetsNow(run);
  const isWithNew = useSignal(true);
  const panel = useFocusWhenLost<HTMLFieldSetElement>();
  return (
    <fieldset ref={panel} class="export" tabIndex={-1} aria-label={texts.trainMoreOf(run.name)}>
      <p>
        {now === null
          ? texts.createsVersionOnSame(nextVersion(run))
          : texts.createsVersion(nextVersion(run))}
      </p>
      {now === null ? null : (
        <TextsChoice
          run={run}
          now={now}
          isWithNew={isWithNew.value}
          onChange={(value) => {
            isWithNew.value = value;
          }}
        />
      )}
      <div class="row-actions">
        {CHOICES_OF_EPOCHS.map((epochs) => (
          <button
            key={epochs}
            type="button"
            class="button button-small"
            onClick={() => {
              onDone();
              const withNewTweets = now !== null && isWithNew.value;
              void continueTraining(run, { moreEpochs: epochs, withNewTweets });
            }}
          >
            {texts.moreEpochs(epochs)}
          </button>
        ))}
        <button type="button" class="button button-small button-quiet" onClick={onDone}>
          {texts.close}
        </button>
      </div>
    </fieldset>
  );
}

/** Its dataset, where other tweets of it are kept now than those the bot has learned from. */
function tweetsNow({ datasetId, dataset }: RunSummary): DatasetSummary | null {
  const stored = datasets.value.find(({ id }) => id === datasetId);
  if (stored === undefined || stored.contentHash === dataset.contentHash) return null;
  return isEnoughToLearnFrom(stored) ? stored : null;
}

interface TextsChoiceProps {
  readonly run: RunSummary;
  readonly now: DatasetSummary;
  readonly isWithNew: boolean;
  readonly onChange: (isWithNew: boolean) => void;
}

function TextsChoice({ run, now, isWithNew, onChange }: TextsChoiceProps) {
  const name = useId();
  const before = run.dataset.counts.kept;
  const { kept } = now.counts;
  const choices = [
    {
      value: true,
      label: kept > before ? texts.withNewer(kept - before) : texts.asKeptNow(kept),
    },
    { value: false, label: texts.sameAsBefore(before) },
  ];
  return (
    <div class="train-more-texts">
      {choices.map(({ value, label }) => (
        <label key={label}>
          <input
            type="radio"
            name={name}
            checked={isWithNew === value}
            onChange={() => onChange(value)}
          />
          {label}
        </label>
      ))}
    </div>
  );
}

function nextVersion({ history }: RunSummary): number {
  return 1 + history.reduce((max, { number }) => Math.max(max, number), 0);
}
