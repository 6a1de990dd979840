/** Which tweets the bot learns from and how their texts are cleaned up. Every change recounts at once. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type CleaningOptions, isUsual } from '../../../domain/cleaning.ts';
import type { DatasetFacts, DatasetSummary } from '../../../protocol/datasets.ts';
import { formatDay } from '../../format.ts';
import { LABELS } from '../../labels.ts';
import {
  changeOptions,
  cleaningError,
  isRecounting,
  optionsOf,
  resetOptions,
} from '../../state/cleaning.ts';
import { call, canAskEngine } from '../../state/engine.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { endOfDay, startOfDay, toDay } from './day.ts';
import { Check, Delayed, Select } from './filter-fields.tsx';
import { Languages } from './languages.tsx';
import { explorer } from '../../texts/en/explorer.ts';
import { cleaning } from '../../texts/en/cleaning.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('explorer', explorer);
const optionTexts = messages('cleaning', cleaning);

interface PartProps {
  readonly dataset: DatasetSummary;
  readonly options: CleaningOptions;
  /** Null until the engine has answered. */
  readonly facts: DatasetFacts | null;
}

export function Filters({ dataset }: { dataset: DatasetSummary }) {
  const facts = useFacts(dataset);
  const version = useSignal(0);
  const options = optionsOf(dataset);
  const part = { dataset, options, facts };
  return (
    <form class="filters" aria-label={LABELS.filters} onSubmit={(event) => event.preventDefault()}>
      {cleaningError.value === null ? null : <ErrorNote error={cleaningError.value} />}
      <LeaveOut {...part} />
      <KeepOnly key={version.value} {...part} />
      <TextCleanup {...part} />
      <div class="row-actions">
        <button
          type="button"
          class="button button-small"
          disabled={isUsual(options)}
          onClick={() => {
            resetOptions(dataset);
            // Fields hold their own text, so they are made anew.
            version.value += 1;
          }}
        >
          {LABELS.usualFilters}
        </button>
        <span class="quiet" aria-hidden="true">
          {isRecounting.value ? texts.counting : ''}
        </span>
      </div>
    </form>
  );
}

function useFacts({ id, counts }: DatasetSummary): DatasetFacts | null {
  const facts = useSignal<DatasetFacts | null>(null);
  useEffect(() => {
    if (!canAskEngine.value) return;
    const controller = new AbortController();
    call('datasetFacts', { datasetId: id }, { signal: controller.signal }).then(
      (found) => {
        facts.value = found;
      },
      // The filters work without the facts. They only don't say how many tweets each is about.
      () => {},
    );
    return () => controller.abort();
  }, [id, counts.read]);
  return facts.value;
}

type Toggle = {
  [K in keyof CleaningOptions]: CleaningOptions[K] extends 'keep' | 'drop' ? K : never;
}[keyof CleaningOptions];

/** Each with how many tweets it is about; null where only recounting would tell. */
const TOGGLES: readonly {
  readonly option: Toggle;
  readonly count: (facts: DatasetFacts) => number | null;
}[] = [
  { option: 'unknownAudience', count: ({ unknownAudience }) => unknownAudience },
  { option: 'retweets', count: () => null },
  { option: 'replies', count: ({ replies }) => replies },
  { option: 'quotes', count: ({ quotes }) => quotes },
  { option: 'duplicates', count: () => null },
  { option: 'edits', count: ({ edited }) => edited },
  { option: 'emojiOnly', count: ({ emojiOnly }) => emojiOnly },
];

/** Few files have posts without an audience, and for the others the question would only puzzle. */
function isOffered(option: Toggle, facts: DatasetFacts | null): boolean {
  return option !== 'unknownAudience' || (facts?.unknownAudience ?? 0) > 0;
}

function LeaveOut({ dataset, options, facts }: PartProps) {
  return (
    <fieldset class="filter-group">
      <legend>{texts.leaveOut}</legend>
      <div class="filter-checks">
        {TOGGLES.filter(({ option }) => isOffered(option, facts)).map(({ option, count }) => (
          <Check
            key={option}
            label={optionTexts[option].label}
            count={facts === null ? null : count(facts)}
            isOn={options[option] === 'drop'}
            onChange={(isOn) => changeOptions(dataset, { [option]: isOn ? 'drop' : 'keep' })}
          />
        ))}
        <Check
          label={optionTexts.links.label}
          count={facts?.links ?? null}
          isOn={options.links === 'drop'}
          onChange={(isOn) => changeOptions(dataset, { links: isOn ? 'drop' : 'strip' })}
        />
        <Check
          label={texts.withHashtags}
          count={facts?.hashtags ?? null}
          isOn={options.hashtags === 'drop'}
          onChange={(isOn) => changeOptions(dataset, { hashtags: isOn ? 'drop' : 'keep' })}
        />
      </div>
    </fieldset>
  );
}

function KeepOnly({ dataset, options, facts }: PartProps) {
  const hasDates = facts === null || facts.firstMs !== null;
  const hasLikes = facts === null || facts.withLikes > 0;
  return (
    <fieldset class="filter-group">
      <legend>{texts.keepOnly}</legend>
      <div class="fields">
        <Delayed
          label={optionTexts.minimumWords.label}
          type="number"
          value={String(options.minimumWords)}
          hint={texts.minimumWordsHint}
          onChange={(text) => changeOptions(dataset, { minimumWords: toCount(text) })}
        />
        {hasLikes ? (
          <Delayed
            label={optionTexts.minimumLikes.label}
            type="number"
            value={String(options.minimumLikes)}
            hint=""
            onChange={(text) => changeOptions(dataset, { minimumLikes: toCount(text) })}
          />
        ) : null}
        {hasDates ? (
          <>
            <Delayed
              label={optionTexts.fromMs.label}
              type="date"
              value={toDay(options.fromMs)}
              hint={facts?.firstMs ? texts.firstTweet(formatDay(facts.firstMs)) : ''}
              onChange={(text) => changeOptions(dataset, { fromMs: startOfDay(text) })}
            />
            <Delayed
              label={optionTexts.untilMs.label}
              type="date"
              value={toDay(options.untilMs)}
              hint={facts?.lastMs ? texts.lastTweet(formatDay(facts.lastMs)) : ''}
              onChange={(text) => changeOptions(dataset, { untilMs: endOfDay(text) })}
            />
          </>
        ) : null}
      </div>
      <Delayed
        label={optionTexts.exclude.label}
        type="text"
        value={options.exclude}
        hint={texts.excludeHint}
        onChange={(exclude) => changeOptions(dataset, { exclude })}
      />
      {facts === null ? null : (
        <Languages
          facts={facts}
          chosen={options.languages}
          onChange={(languages) => changeOptions(dataset, { languages })}
        />
      )}
    </fieldset>
  );
}

function TextCleanup({ dataset, options, facts }: PartProps) {
  return (
    <fieldset class="filter-group">
      <legend>{texts.textCleanup}</legend>
      <div class="fields">
        <Select
          option="mentions"
          value={options.mentions}
          onChange={(mentions) => changeOptions(dataset, { mentions })}
        />
        <Select
          option="hashtags"
          value={options.hashtags === 'strip' ? 'strip' : 'keep'}
          choices={['keep', 'strip']}
          isDisabled={options.hashtags === 'drop'}
          onChange={(hashtags) => changeOptions(dataset, { hashtags })}
        />
        <Select
          option="threads"
          value={options.threads}
          isDisabled={facts?.threaded === 0}
          onChange={(threads) => changeOptions(dataset, { threads })}
        />
        <Select
          option="newLines"
          value={options.newLines}
          isDisabled={facts?.newLines === 0}
          onChange={(newLines) => changeOptions(dataset, { newLines })}
        />
      </div>
      <p class="quiet">{texts.linksRemoved}</p>
    </fieldset>
  );
}

/** 0, which keeps everything, for what is no count. */
function toCount(text: string): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
}
