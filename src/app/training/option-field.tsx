/** The control of an option that `domain/training-options.ts` declares. */
import { useId } from 'preact/hooks';
import {
  type AnyOptionValue,
  TRAINING_OPTIONS,
  type TrainingOption,
  type TrainingOptionName,
} from '../../domain/training-options.ts';
import { formatCount, formatRough } from '../format.ts';
import { selectedDataset } from '../state/datasets.ts';
import {
  isAdapterForced,
  optionConflict,
  overrides,
  plannedValue,
  setOverride,
  shownMode,
} from '../state/plan.ts';
import { options } from '../texts/en/options.ts';
import { messages } from '../texts/messages.ts';
import { optionConflictText } from './option-conflict-text.ts';
import { NumberField } from '../ui/number-field.tsx';

const texts = messages('options', options);

interface OptionWords {
  readonly label: string;
  /** Of how many tweets answer another one of the user's. */
  readonly hint: string | ((answerCount: number) => string);
  readonly choices?: Readonly<Record<string, string>>;
}

export function OptionField({ name }: { name: TrainingOptionName }) {
  const id = useId();
  const option: TrainingOption = TRAINING_OPTIONS[name];
  if (option.onlyFor !== undefined && option.onlyFor !== shownMode.value) return null;
  const answerCount = selectedDataset.value?.answerCount ?? 0;
  if (name === 'replyContext' && answerCount === 0) return null;
  const words: OptionWords = texts.fields[name];
  const usualHint = typeof words.hint === 'string' ? words.hint : words.hint(answerCount);
  const chosen = overrides.value[name];
  const planned = plannedValue(name);
  const conflict = optionConflict.value;
  if (option.kind === 'number') {
    return (
      <NumberField
        {...option}
        label={words.label}
        hint={hasNoEffect(name) ? texts.hasNoEffect : usualHint}
        conflict={conflict?.option === name ? optionConflictText(conflict) : null}
        value={typeof chosen === 'number' ? chosen : undefined}
        bounds={texts.bounds[option.unit](bound(option.min), bound(option.max))}
        placeholder={
          option.placeholder === undefined
            ? shownNumber(planned ?? option.default)
            : texts.placeholders[option.placeholder]
        }
        onChange={(value, isValid) => setOverride(name, value, isValid)}
      />
    );
  }
  const { label } = words;
  const isForced = name === 'mode' && isAdapterForced.value;
  const hint = isForced ? texts.tooMuch : usualHint;
  const hintId = `${id}-hint`;
  return (
    <div class="field">
      {option.kind === 'choice' ? (
        <>
          <label for={id}>{label}</label>
          <select
            id={id}
            value={name === 'mode' ? shownMode.value : String(chosen ?? planned)}
            disabled={isForced}
            aria-describedby={hintId}
            onChange={({ currentTarget }) => setOverride(name, currentTarget.value)}
          >
            {option.choices.map((value) => (
              <option key={value} value={value}>
                {words.choices?.[value] ?? value}
              </option>
            ))}
          </select>
        </>
      ) : (
        <label class="field-check" for={id}>
          <input
            id={id}
            type="checkbox"
            checked={Boolean(chosen ?? planned)}
            aria-describedby={hintId}
            onChange={({ currentTarget }) => setOverride(name, currentTarget.checked)}
          />
          {label}
        </label>
      )}
      <span id={hintId} class="field-hint">
        {hint}
      </span>
    </div>
  );
}

function hasNoEffect(name: TrainingOptionName): boolean {
  return name === 'epochs' && overrides.value.steps !== undefined;
}

function bound(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatRough(value);
}

function shownNumber(value: AnyOptionValue): string {
  if (typeof value !== 'number') return '';
  return Number.isInteger(value) ? String(value) : formatRough(value);
}
