/** A number under Advanced. Empty leaves the choice to the page; what is out of range isn't used. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';

interface NumberFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | undefined;
  /** What applies while the field is empty. */
  readonly placeholder?: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number | 'any';
  readonly isInteger?: boolean;
  /** What is used instead of something out of range, where that has a name. */
  readonly otherwise?: string;
  /** Undefined when it is empty, and when it is out of range and `isValid` false. */
  readonly onChange: (value: number | undefined, isValid: boolean) => void;
}

export function NumberField(props: NumberFieldProps) {
  const { label, hint, value, placeholder = '', min, max, step = 1, isInteger = true } = props;
  const id = useId();
  const problem = useSignal<string | null>(null);
  // The text is the field's own: a half-typed number must not be replaced by the last good one.
  const text = useSignal(value === undefined ? '' : String(value));

  function onInput(input: HTMLInputElement): void {
    text.value = input.value;
    const number = input.valueAsNumber;
    const isEmpty = input.value === '' && !input.validity.badInput;
    const fits = number >= min && number <= max && (!isInteger || Number.isInteger(number));
    const instead = props.otherwise === undefined ? '' : `; ${props.otherwise} until then`;
    problem.value =
      isEmpty || fits
        ? null
        : `${isInteger ? 'A whole number' : 'A number'} from ${min} to ${max.toLocaleString('en')}${instead}.`;
    props.onChange(fits ? number : undefined, isEmpty || fits);
  }

  // What was wrong in a field that is gone is wrong no more.
  useEffect(
    () => () => {
      if (problem.peek() !== null) props.onChange(undefined, true);
    },
    [],
  );

  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode={isInteger ? 'numeric' : 'decimal'}
        min={min}
        max={max}
        step={step}
        placeholder={placeholder}
        value={text.value}
        aria-invalid={problem.value !== null}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget)}
      />
      <span id={`${id}-hint`} class={problem.value === null ? 'field-hint' : 'field-problem'}>
        {problem.value ?? hint}
      </span>
    </div>
  );
}
