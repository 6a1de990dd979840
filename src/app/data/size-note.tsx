/** What it means that little is kept: what is left out, why, and how to keep it. */
import {
  COMFORTABLE_CHARACTERS,
  DROP_REASON_FACTS,
  DROP_REASONS,
  type DropReason,
  isEnoughToLearnFrom,
  NEEDED_CHARACTERS,
} from '../../domain/cleaning.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { formatCount, plural } from '../format.ts';
import { changeOptions, cleaningError, forgetDecisions, optionsOf } from '../state/cleaning.ts';
import { canAskEngine } from '../state/engine.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';

interface SizeNoteProps {
  readonly dataset: DatasetSummary;
  /** Whether filters may be changed now. */
  readonly canChange: boolean;
}

export function SizeNote({ dataset, canChange }: SizeNoteProps) {
  const { characters, isSmall, counts } = dataset;
  if (!isSmall) return null;
  const isEnough = isEnoughToLearnFrom(dataset);
  const leftOut = counts.read - counts.kept;
  return (
    <div class="note note-warning">
      <Icon name="warning" />
      <div class="note-text">
        <p>
          {isEnough ? (
            <>
              <strong>That is little to learn from: {formatCount(characters)} characters.</strong>{' '}
              Under {formatCount(COMFORTABLE_CHARACTERS)}, the bird may learn some tweets by heart
              and repeat them.
            </>
          ) : (
            <>
              <strong>
                {counts.kept === 0
                  ? 'No tweet is kept yet.'
                  : `That is not enough to learn from: ${formatCount(characters)} characters.`}
              </strong>{' '}
              At least {formatCount(NEEDED_CHARACTERS)} characters are needed.{' '}
              {leftOut > 0
                ? `${plural(leftOut, 'tweet is', 'tweets are')} left out. Keep some of them, or add more tweets.`
                : 'Add more tweets.'}
            </>
          )}
        </p>
        {isEnough || cleaningError.value === null ? null : (
          <ErrorNote error={cleaningError.value} />
        )}
        {isEnough || leftOut === 0 ? null : <LeftOut dataset={dataset} canChange={canChange} />}
      </div>
    </div>
  );
}

function LeftOut({ dataset, canChange }: SizeNoteProps) {
  const { reasons } = dataset.counts;
  const found = DROP_REASONS.filter((reason) => (reasons[reason] ?? 0) > 0);
  return (
    <ul class="left-out" aria-label="What is left out">
      {found.map((reason) => {
        const keep = wayToKeep(dataset, reason);
        return (
          <li key={reason}>
            <span>
              {nameOf(dataset, reason)} <b>{formatCount(reasons[reason] ?? 0)}</b>
            </span>
            {keep === null || !canChange ? null : (
              <button
                type="button"
                class="button button-small"
                aria-label={`Keep them: ${DROP_REASON_FACTS[reason].all}`}
                disabled={!canAskEngine.value}
                onClick={keep}
              >
                Keep them
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function nameOf(dataset: DatasetSummary, reason: DropReason): string {
  const { all } = DROP_REASON_FACTS[reason];
  if (reason !== 'short') return all;
  const { minimumWords } = optionsOf(dataset);
  return minimumWords > 0
    ? `${all} (fewer than ${plural(minimumWords, 'word')}, not counting links, mentions and hashtags)`
    : 'Nothing but links';
}

/** Null where nothing keeps them: what has no text is nothing to learn from. */
function wayToKeep(dataset: DatasetSummary, reason: DropReason): (() => void) | null {
  if (reason === 'by-hand') return () => void forgetDecisions(dataset);
  if (reason === 'short' && optionsOf(dataset).minimumWords === 0) return null;
  const { keptBy } = DROP_REASON_FACTS[reason];
  return keptBy === null ? null : () => changeOptions(dataset, keptBy);
}
