/** What it means that little is kept: what is left out, why, and how to keep it. */
import {
  COMFORTABLE_CHARACTERS,
  DROP_REASONS,
  type DropReason,
  isEnoughToLearnFrom,
  KEPT_BY,
  NEEDED_CHARACTERS,
} from '../../domain/cleaning.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { formatCount, joinSentences, sentenceGap } from '../format.ts';
import { changeOptions, cleaningError, forgetDecisions, optionsOf } from '../state/cleaning.ts';
import { canAskEngine } from '../state/engine.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';
import { data } from '../texts/en/data.ts';
import { reasons } from '../texts/en/reasons.ts';
import { strong } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);
const reasonTexts = messages('reasons', reasons);

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
            texts.little(strong, characters, COMFORTABLE_CHARACTERS)
          ) : (
            <>
              <strong>{counts.kept === 0 ? texts.noneKept : texts.notEnough(characters)}</strong>
              {sentenceGap()}
              {joinSentences(
                texts.needed(NEEDED_CHARACTERS),
                leftOut > 0 ? texts.keepSome(leftOut) : texts.addMore,
              )}
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
    <ul class="left-out" aria-label={texts.leftOut}>
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
                aria-label={texts.keepThemOf(reasonTexts[reason].all)}
                disabled={!canAskEngine.value}
                onClick={keep}
              >
                {texts.keepThem}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function nameOf(dataset: DatasetSummary, reason: DropReason): string {
  if (reason !== 'short') return reasonTexts[reason].all;
  const { minimumWords } = optionsOf(dataset);
  return minimumWords > 0 ? texts.shortReason(minimumWords) : texts.nothingButLinks;
}

/** Null where nothing keeps them: what has no text is nothing to learn from. */
function wayToKeep(dataset: DatasetSummary, reason: DropReason): (() => void) | null {
  if (reason === 'by-hand') return () => void forgetDecisions(dataset);
  if (reason === 'short' && optionsOf(dataset).minimumWords === 0) return null;
  const keptBy = KEPT_BY[reason];
  return keptBy === null ? null : () => changeOptions(dataset, keptBy);
}
