/** Which tweets the bot learns from and how they read. Every change recounts at once. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { DatasetFacts, DatasetSummary } from '../../../protocol/calls.ts';
import type { CleaningOptions } from '../../../domain/cleaning.ts';
import { formatCount } from '../../format.ts';
import { LABELS } from '../../labels.ts';
import {
  changeOptions,
  cleaningError,
  isRecounting,
  isUsual,
  optionsOf,
  resetOptions,
} from '../../state/cleaning.ts';
import { call, canAskEngine } from '../../state/engine.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Languages } from './languages.tsx';

const TYPING_DELAY_MS = 300;

interface PartProps {
  readonly dataset: DatasetSummary;
  readonly options: CleaningOptions;
  readonly facts: DatasetFacts | null;
}

export function Filters({ dataset }: { dataset: DatasetSummary }) {
  const facts = useSignal<DatasetFacts | null>(null);
  const version = useSignal(0);
  useEffect(() => {
    if (!canAskEngine.value) return;
    const controller = new AbortController();
    call('datasetFacts', { datasetId: dataset.id }, { signal: controller.signal }).then(
      (found) => {
        facts.value = found;
      },
      // The filters work without: they only don't say how many tweets each is about.
      () => {},
    );
    return () => controller.abort();
  }, [dataset.id, dataset.counts.read]);

  const options = optionsOf(dataset);
  const part = { dataset, options, facts: facts.value };
  return (
    <form class="filters" aria-label={LABELS.filters} onSubmit={(event) => event.preventDefault()}>
      {cleaningError.value === null ? null : <ErrorNote error={cleaningError.value} />}
      <LeaveOut {...part} />
      <KeepOnly key={`only ${version.value}`} {...part} />
      <HowTheyRead {...part} />
      <div class="row-actions">
        <button
          type="button"
          class="button button-small"
          disabled={isUsual(options)}
          onClick={() => {
            resetOptions(dataset);
            // Fields hold their own text: they begin anew.
            version.value += 1;
          }}
        >
          {LABELS.usualFilters}
        </button>
        <span class="quiet" aria-hidden="true">
          {isRecounting.value ? 'Counting…' : ''}
        </span>
      </div>
    </form>
  );
}

type Toggle = {
  [K in keyof CleaningOptions]: CleaningOptions[K] extends 'keep' | 'drop' ? K : never;
}[keyof CleaningOptions];

const TOGGLES: readonly {
  readonly option: Toggle;
  readonly label: string;
  /** How many tweets it is about; null where only a count would tell. */
  readonly count: (facts: DatasetFacts, dataset: DatasetSummary) => number | null;
}[] = [
  {
    option: 'unknownAudience',
    label: 'Posts that don’t say who could see them',
    count: ({ unknownAudience }) => unknownAudience,
  },
  { option: 'retweets', label: 'Retweets', count: () => null },
  { option: 'replies', label: 'Replies to others', count: ({ replies }) => replies },
  { option: 'quotes', label: 'Tweets that quote another', count: ({ quotes }) => quotes },
  { option: 'duplicates', label: 'Repeats of the same words', count: () => null },
  { option: 'edits', label: 'Older versions of edited tweets', count: ({ edited }) => edited },
  {
    option: 'emojiOnly',
    label: 'Tweets of nothing but emoji',
    count: ({ emojiOnly }) => emojiOnly,
  },
];

/** Few files have posts without an audience, and for the others the question would only puzzle. */
function isOffered(option: Toggle, facts: DatasetFacts | null): boolean {
  return option !== 'unknownAudience' || (facts?.unknownAudience ?? 0) > 0;
}

function LeaveOut({ dataset, options, facts }: PartProps) {
  return (
    <fieldset class="filter-group">
      <legend>Leave out</legend>
      <div class="filter-checks">
        {TOGGLES.filter(({ option }) => isOffered(option, facts)).map(
          ({ option, label, count }) => (
            <Check
              key={option}
              label={label}
              count={facts === null ? null : count(facts, dataset)}
              isOn={options[option] === 'drop'}
              onChange={(isOn) => changeOptions(dataset, { [option]: isOn ? 'drop' : 'keep' })}
            />
          ),
        )}
        <Check
          label="Tweets with links"
          count={facts?.links ?? null}
          isOn={options.links === 'drop'}
          onChange={(isOn) => changeOptions(dataset, { links: isOn ? 'drop' : 'strip' })}
        />
        <Check
          label="Tweets with hashtags"
          count={facts?.hashtags ?? null}
          isOn={options.hashtags === 'drop'}
          onChange={(isOn) => changeOptions(dataset, { hashtags: isOn ? 'drop' : 'keep' })}
        />
      </div>
    </fieldset>
  );
}

interface CheckProps {
  readonly label: string;
  readonly count: number | null;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Check({ label, count, isOn, onChange }: CheckProps) {
  // What isn't there needs no leaving out; what is ticked can be unticked.
  const isIdle = count === 0 && !isOn;
  return (
    <label class={isIdle ? 'filter-check filter-check-idle' : 'filter-check'}>
      <input
        type="checkbox"
        checked={isOn}
        disabled={isIdle}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {count === null ? null : <span class="filter-count"> {formatCount(count)}</span>}
      </span>
    </label>
  );
}

function KeepOnly({ dataset, options, facts }: PartProps) {
  const hasDates = facts === null || facts.firstMs !== null;
  const hasLikes = facts === null || facts.withLikes > 0;
  return (
    <fieldset class="filter-group">
      <legend>Keep only</legend>
      <div class="fields">
        <Delayed
          label="Words, at least"
          type="number"
          value={String(options.minimumWords)}
          hint="not counting links, mentions and hashtags"
          onChange={(text) => changeOptions(dataset, { minimumWords: toCount(text) ?? 0 })}
        />
        {hasLikes ? (
          <Delayed
            label="Likes, at least"
            type="number"
            value={String(options.minimumLikes)}
            hint=""
            onChange={(text) => changeOptions(dataset, { minimumLikes: toCount(text) ?? 0 })}
          />
        ) : null}
        {hasDates ? (
          <>
            <Delayed
              label="From"
              type="date"
              value={toDate(options.fromMs)}
              hint={facts?.firstMs ? `the first is of ${toDate(facts.firstMs)}` : ''}
              onChange={(text) => changeOptions(dataset, { fromMs: fromDate(text) })}
            />
            <Delayed
              label="Until"
              type="date"
              value={toDate(options.untilMs)}
              hint={facts?.lastMs ? `the last is of ${toDate(facts.lastMs)}` : ''}
              onChange={(text) => changeOptions(dataset, { untilMs: addDay(fromDate(text)) })}
            />
          </>
        ) : null}
      </div>
      <Delayed
        label="Without these words"
        type="text"
        value={options.exclude}
        hint="between commas; * stands for any letters, as in work*"
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

function HowTheyRead({ dataset, options, facts }: PartProps) {
  return (
    <fieldset class="filter-group">
      <legend>How they read</legend>
      <div class="fields">
        <Choice
          label="Mentions"
          value={options.mentions}
          choices={{
            keep: 'Stay',
            'strip-leading': 'Out where a reply begins',
            strip: 'Out everywhere',
          }}
          onChange={(mentions) => changeOptions(dataset, { mentions })}
        />
        <Choice
          label="Hashtags"
          value={options.hashtags === 'strip' ? 'strip' : 'keep'}
          choices={{ keep: 'Stay', strip: 'Out of the text' }}
          isDisabled={options.hashtags === 'drop'}
          onChange={(hashtags) => changeOptions(dataset, { hashtags })}
        />
        <Choice
          label="Threads"
          value={options.threads}
          choices={{ apart: 'A tweet each', join: 'Joined to one text' }}
          isDisabled={facts?.threaded === 0}
          onChange={(threads) => changeOptions(dataset, { threads })}
        />
        <Choice
          label="New lines"
          value={options.newLines}
          choices={{ space: 'Become spaces', keep: 'Stay' }}
          isDisabled={facts?.newLines === 0}
          onChange={(newLines) => changeOptions(dataset, { newLines })}
        />
      </div>
      <p class="quiet">Links are always taken out of the text: a bot would only make them up.</p>
    </fieldset>
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly choices: Readonly<Record<V, string>>;
  readonly isDisabled?: boolean;
  readonly onChange: (value: V) => void;
}

function Choice<V extends string>(props: ChoiceProps<V>) {
  const { label, value, choices, isDisabled = false, onChange } = props;
  const id = useId();
  // Keys of a record are its own, whatever Object.keys says of their type.
  const names = Object.keys(choices) as V[];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={isDisabled}
        onChange={(event) => {
          const chosen = names.find((name) => name === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {choices[name]}
          </option>
        ))}
      </select>
    </div>
  );
}

interface DelayedProps {
  readonly label: string;
  readonly type: 'number' | 'date' | 'text';
  readonly value: string;
  readonly hint: string;
  readonly onChange: (text: string) => void;
}

/** A field that waits for a pause in the typing. The text is its own while it is being typed. */
function Delayed({ label, type, value, hint, onChange }: DelayedProps) {
  const id = useId();
  const text = useSignal(value);
  const timer = useSignal<ReturnType<typeof setTimeout> | undefined>(undefined);
  function send(): void {
    clearTimeout(timer.peek());
    if (text.peek() !== value) onChange(text.peek());
  }
  useEffect(() => () => clearTimeout(timer.peek()), []);
  const common = {
    id,
    value: text.value,
    'aria-describedby': hint === '' ? undefined : `${id}-hint`,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      text.value = currentTarget.value;
      clearTimeout(timer.peek());
      timer.value = setTimeout(send, TYPING_DELAY_MS);
    },
    onBlur: send,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'number' ? (
        <input type="number" inputMode="numeric" min={0} {...common} />
      ) : type === 'date' ? (
        <input type="date" {...common} />
      ) : (
        <input type="text" {...common} />
      )}
      {hint === '' ? null : (
        <span id={`${id}-hint`} class="field-hint">
          {hint}
        </span>
      )}
    </div>
  );
}

function toCount(text: string): number | null {
  const number = Number(text);
  return text !== '' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

const DAY_MS = 86_400_000;

/** `2024-11-09`, in UTC as archives have it. */
function toDate(timeMs: number | null): string {
  return timeMs === null ? '' : new Date(timeMs).toISOString().slice(0, 10);
}

function fromDate(text: string): number | null {
  const timeMs = Date.parse(text);
  return Number.isNaN(timeMs) ? null : timeMs;
}

/** The last moment of a day that begins then. */
function addDay(timeMs: number | null): number | null {
  return timeMs === null ? null : timeMs + DAY_MS - 1;
}
