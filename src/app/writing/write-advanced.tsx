/** The settings for sampling and for the length. */
import { MAX_TWEETS_AT_ONCE, WRITING_RANGES, type WritingNumber } from '../../domain/writing.ts';
import { LABELS } from '../labels.ts';
import { DEFAULT_STYLE, style, styleRevision } from '../state/writing.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { NumberField, type NumberFieldProps } from '../ui/number-field.tsx';

type NumberName = WritingNumber | 'count' | 'seed';

const RANGES = {
  ...WRITING_RANGES,
  count: { min: 1, max: MAX_TWEETS_AT_ONCE, isInteger: true },
  seed: { min: 0, max: 4_294_967_295, isInteger: true },
};

const FIELDS: readonly (Pick<NumberFieldProps, 'label' | 'hint' | 'placeholder'> & {
  readonly name: NumberName;
})[] = [
  { name: 'count', label: LABELS.howMany, hint: 'Tweets to write at once.' },
  {
    name: 'temperature',
    label: LABELS.temperature,
    hint: 'Higher is more surprising, lower is more predictable.',
  },
  {
    name: 'topP',
    label: LABELS.topP,
    hint: 'Choose among the most likely words up to this total probability.',
  },
  {
    name: 'topK',
    label: LABELS.topK,
    hint: 'Choose among this many of the most likely words; 0 for all.',
  },
  {
    name: 'minP',
    label: LABELS.minP,
    hint: 'Choose among words with at least this share of the likeliest word’s probability; 0 for all.',
  },
  {
    name: 'typicalP',
    label: LABELS.typicalP,
    hint: 'Choose among words that are about as surprising as expected, up to this total probability; 1 for all.',
  },
  {
    name: 'repetitionPenalty',
    label: LABELS.repetitionPenalty,
    hint: 'Above 1, the bot repeats itself less; 1 has no effect.',
  },
  {
    name: 'noRepeatNgram',
    label: LABELS.noRepeatNgram,
    hint: 'No sequence of this many tokens occurs twice in a tweet; 0 allows repetition.',
  },
  {
    name: 'maxCharacters',
    label: LABELS.maxCharacters,
    hint: 'Longer tweets are cut after a sentence or a word.',
  },
  {
    name: 'maxTokens',
    label: LABELS.maxTokens,
    hint: 'A token is about ¾ of a word.',
  },
  {
    name: 'seed',
    label: LABELS.seed,
    placeholder: 'Random',
    hint: 'The same seed writes the same tweets.',
  },
];

const CHECKS = [
  {
    name: 'endsWithSentence',
    label: LABELS.endsWithSentence,
    hint: 'What follows the last complete sentence is cut off.',
  },
  {
    name: 'avoidCopies',
    label: LABELS.avoidCopies,
    hint: 'A tweet that copies nearly all of a real one is written again, up to three times.',
  },
] as const;

export function WriteAdvanced() {
  return (
    <Disclosure summary={LABELS.advanced}>
      <div class="fields">
        {FIELDS.map(({ name, ...field }) => (
          <NumberField
            // A new field when its value was changed elsewhere, because a field keeps what was typed.
            key={`${name} ${styleRevision.value}`}
            {...field}
            {...RANGES[name]}
            value={style.value[name]}
            otherwise={String(DEFAULT_STYLE[name] ?? 'random')}
            onChange={(value) => {
              style.value = { ...style.value, [name]: value ?? DEFAULT_STYLE[name] };
            }}
          />
        ))}
        {CHECKS.map(({ name, label, hint }) => (
          <div key={name} class="field">
            <label class="field-check">
              <input
                type="checkbox"
                checked={style.value[name]}
                onChange={({ currentTarget }) => {
                  style.value = { ...style.value, [name]: currentTarget.checked };
                }}
              />
              {label}
            </label>
            <span class="field-hint">{hint}</span>
          </div>
        ))}
      </div>
    </Disclosure>
  );
}
