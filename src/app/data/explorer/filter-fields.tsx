/** The kinds of fields that the filters consist of. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { type ChoiceOption, choicesOf, type CleaningOptions } from '../../../domain/cleaning.ts';
import { formatCount } from '../../format.ts';
import { cleaning } from '../../texts/en/cleaning.ts';
import { messages } from '../../texts/messages.ts';

/** How the page calls the options that are choices, and each of their choices. */
const optionTexts: {
  readonly [K in ChoiceOption]: {
    readonly label: string;
    readonly choices: { readonly [C in CleaningOptions[K]]: string };
  };
} = messages('cleaning', cleaning);

const TYPING_DELAY_MS = 300;

interface CheckProps {
  readonly label: string;
  /** How many tweets it is about; null where that isn't known. */
  readonly count: number | null;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Check({ label, count, isOn, onChange }: CheckProps) {
  // There is nothing to leave out, but a box that is checked can be unchecked.
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

interface SelectProps<K extends ChoiceOption> {
  readonly option: K;
  readonly value: CleaningOptions[K];
  /** Those that are offered here. Default: all. */
  readonly choices?: readonly CleaningOptions[K][];
  readonly isDisabled?: boolean;
  readonly onChange: (value: CleaningOptions[K]) => void;
}

export function Select<K extends ChoiceOption>(props: SelectProps<K>) {
  const { option, value, choices = choicesOf(option), isDisabled = false, onChange } = props;
  const id = useId();
  const { label, choices: names } = optionTexts[option];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={isDisabled}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {names[choice]}
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

/** A field that waits for a pause in the typing. While the user types, its text is its own. */
export function Delayed({ label, type, value, hint, onChange }: DelayedProps) {
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
        <input type="number" inputMode="numeric" enterKeyHint="done" min={0} {...common} />
      ) : type === 'date' ? (
        <input type="date" {...common} />
      ) : (
        <input type="text" enterKeyHint="done" dir="auto" {...common} />
      )}
      {hint === '' ? null : (
        <span id={`${id}-hint`} class="field-hint">
          {hint}
        </span>
      )}
    </div>
  );
}
