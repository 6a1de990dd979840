/** A field for a number under Advanced. If it is empty or out of range, a default applies. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { joinSentences } from '../format.ts';
import { controls } from '../texts/en/controls.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('controls', controls);

export interface NumberFieldProps {
  readonly label: string;
  readonly hint: string;
  /** The bounds and the unit, in words. */
  readonly bounds?: string;
  readonly value: number | undefined;
  /** Shown while the field is empty. */
  readonly placeholder?: string;
  readonly min: number;
  readonly max: number;
  readonly isInteger?: boolean;
  /** The value that is used instead of one that is out of range. */
  readonly otherwise?: string;
  /**
   * The value is undefined if the field is empty, or if it is out of range, and then `isValid` is
   * false.
   */
  readonly onChange: (value: number | undefined, isValid: boolean) => void;
  /** Why a value that is in range can't be used all the same; null if it can. */
  readonly conflict?: string | null;
}

export function NumberField(props: NumberFieldProps) {
  const { label, hint, bounds, value, placeholder = '', min, max, isInteger = true } = props;
  const id = useId();
  const isWrong = useSignal(false);
  // The field keeps its own text, so that a half-typed number isn't replaced by the last valid one.
  const text = useSignal(value === undefined ? '' : String(value));

  function onInput(input: HTMLInputElement): void {
    text.value = input.value;
    const number = input.valueAsNumber;
    const isEmpty = input.value === '' && !input.validity.badInput;
    const fits = number >= min && number <= max && (!isInteger || Number.isInteger(number));
    isWrong.value = !isEmpty && !fits;
    props.onChange(fits ? number : undefined, isEmpty || fits);
  }

  // An invalid value no longer matters when its field is removed.
  useEffect(
    () => () => {
      if (isWrong.peek()) props.onChange(undefined, true);
    },
    [],
  );

  const complaint = isWrong.value ? problemText(props) : (props.conflict ?? null);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode={isInteger ? 'numeric' : 'decimal'}
        enterKeyHint="done"
        min={min}
        max={max}
        step={isInteger ? 1 : 'any'}
        placeholder={placeholder}
        value={text.value}
        aria-invalid={complaint !== null}
        aria-describedby={bounds === undefined ? `${id}-hint` : `${id}-hint ${id}-bounds`}
        onInput={(event) => onInput(event.currentTarget)}
      />
      <span id={`${id}-hint`} class={complaint === null ? 'field-hint' : 'field-problem'}>
        {complaint ?? hint}
      </span>
      {bounds === undefined ? null : (
        <span id={`${id}-bounds`} class="field-hint">
          {bounds}
        </span>
      )}
    </div>
  );
}

function problemText({ min, max, isInteger = true, otherwise }: NumberFieldProps): string {
  return joinSentences(
    isInteger ? texts.wholeNumber(min, max) : texts.number(min, max),
    otherwise === undefined ? null : texts.untilThen(otherwise),
  );
}
