/** The settings for sampling. */
import { LABELS } from '../labels.ts';
import { DEFAULT_STYLE, style, type WritingStyle } from '../state/writing.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { NumberField, type NumberFieldProps } from '../ui/number-field.tsx';

const FIELDS: readonly (Omit<NumberFieldProps, 'value' | 'onChange'> & {
  readonly name: keyof WritingStyle;
})[] = [
  { name: 'count', label: LABELS.howMany, hint: 'Tweets to write at once.', min: 1, max: 20 },
  {
    name: 'temperature',
    label: LABELS.temperature,
    min: 0.05,
    max: 3,
    isInteger: false,
    hint: 'Higher is more surprising, lower is more predictable.',
  },
  {
    name: 'topP',
    label: LABELS.topP,
    min: 0.01,
    max: 1,
    isInteger: false,
    hint: 'Choose among the most likely words up to this total probability.',
  },
  {
    name: 'topK',
    label: LABELS.topK,
    min: 0,
    max: 1000,
    hint: 'Choose among this many of the most likely words; 0 for all.',
  },
  {
    name: 'repetitionPenalty',
    label: LABELS.repetitionPenalty,
    min: 1,
    max: 2,
    isInteger: false,
    hint: 'Above 1, the bot repeats itself less; 1 has no effect.',
  },
  {
    name: 'maxTokens',
    label: LABELS.maxTokens,
    min: 8,
    max: 512,
    hint: 'A token is about ¾ of a word.',
  },
  {
    name: 'seed',
    label: LABELS.seed,
    min: 0,
    max: 4_294_967_295,
    placeholder: 'Random',
    hint: 'The same seed writes the same tweets.',
  },
];

export function WriteAdvanced() {
  return (
    <Disclosure summary={LABELS.advanced}>
      <div class="fields">
        {FIELDS.map(({ name, ...field }) => (
          <NumberField
            key={name}
            {...field}
            value={style.value[name]}
            otherwise={String(DEFAULT_STYLE[name] ?? 'random')}
            onChange={(value) => {
              style.value = { ...style.value, [name]: value ?? DEFAULT_STYLE[name] };
            }}
          />
        ))}
      </div>
    </Disclosure>
  );
}
