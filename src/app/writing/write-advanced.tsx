/** The settings for sampling and for the length. */
import { MAX_TWEETS_AT_ONCE, WRITING_RANGES, type WritingNumber } from '../../domain/writing.ts';
import { formatNumber } from '../format.ts';
import { LABELS } from '../labels.ts';
import { DEFAULT_STYLE, style, styleRevision } from '../state/writing.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

type NumberName = WritingNumber | 'count' | 'seed';

const RANGES = {
  ...WRITING_RANGES,
  count: { min: 1, max: MAX_TWEETS_AT_ONCE, isInteger: true },
  seed: { min: 0, max: 4_294_967_295, isInteger: true },
};

/** In the order of the form, each with the key of its name in `LABELS`. */
const FIELDS = [
  ['count', 'howMany'],
  ['temperature', 'temperature'],
  ['topP', 'topP'],
  ['topK', 'topK'],
  ['minP', 'minP'],
  ['typicalP', 'typicalP'],
  ['repetitionPenalty', 'repetitionPenalty'],
  ['noRepeatNgram', 'noRepeatNgram'],
  ['maxCharacters', 'maxCharacters'],
  ['maxTokens', 'maxTokens'],
  ['seed', 'seed'],
] as const satisfies readonly (readonly [NumberName, keyof typeof LABELS])[];

const CHECKS = ['endsWithSentence', 'avoidCopies'] as const;

export function WriteAdvanced() {
  return (
    <Disclosure summary={LABELS.advanced}>
      <div class="fields">
        {FIELDS.map(([name, label]) => (
          <NumberField
            // A new field when its value was changed elsewhere, because a field keeps what was typed.
            key={`${name} ${styleRevision.value}`}
            label={LABELS[label]}
            hint={texts.hints[name]}
            placeholder={name === 'seed' ? texts.randomSeed : ''}
            {...RANGES[name]}
            value={style.value[name]}
            otherwise={otherwise(name)}
            onChange={(value) => {
              style.value = { ...style.value, [name]: value ?? DEFAULT_STYLE[name] };
            }}
          />
        ))}
        {CHECKS.map((name) => (
          <div key={name} class="field">
            <label class="field-check">
              <input
                type="checkbox"
                checked={style.value[name]}
                onChange={({ currentTarget }) => {
                  style.value = { ...style.value, [name]: currentTarget.checked };
                }}
              />
              {LABELS[name]}
            </label>
            <span class="field-hint">{texts.hints[name]}</span>
          </div>
        ))}
      </div>
    </Disclosure>
  );
}

/** What is used while the field has no valid value. */
function otherwise(name: NumberName): string {
  const value = DEFAULT_STYLE[name];
  return value === undefined ? texts.aRandomOne : formatNumber(value);
}
