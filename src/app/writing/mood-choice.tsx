/** The presets from safe to wild, each with its numbers. */
import {
  type Mood,
  MOOD_NAMES,
  type MoodName,
  moodOf,
  WRITING_MOODS,
} from '../../domain/writing.ts';
import { LABELS } from '../labels.ts';
import { chooseMood, style } from '../state/writing.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

/** Lines that are livelier the more daring the bot is. */
const MOOD_LINES: { readonly [N in MoodName]: string } = {
  safe: 'M1 6h46',
  balanced: 'M1 6q3.8-4 7.7 0t7.7 0 7.7 0 7.7 0 7.7 0 7.5 0',
  playful: 'M1 6q2.9-9 5.75 0t5.75 0 5.75 0 5.75 0 5.75 0 5.75 0 5.75 0 5.75 0',
  wild: 'M1 6l3-5 4 10 4-7 3 5 4-8 5 10 3-6 4 4 4-8 4 10 3-6 4 2',
};

export function MoodLine({ name }: { name: MoodName }) {
  return (
    <svg class="mood-line" viewBox="0 0 48 12" aria-hidden="true">
      <path d={MOOD_LINES[name]} />
    </svg>
  );
}

export function MoodChoice() {
  const chosen = moodOf(style.value);
  return (
    <fieldset class="moods">
      <legend class="visually-hidden">{LABELS.mood}</legend>
      {MOOD_NAMES.map((name) => (
        <label key={name} class={`mood mood-${name}`}>
          <input
            type="radio"
            name="mood"
            checked={chosen === name}
            onChange={() => chooseMood(name)}
          />
          <MoodLine name={name} />
          <span class="mood-name">{texts.moods[name]}</span>
          <span class="mood-numbers">
            {numbersOf(WRITING_MOODS[name]).map((part) => (
              <span key={part}>{part}</span>
            ))}
          </span>
        </label>
      ))}
      {chosen === null ? (
        <p class="mood-own">{texts.ownSettings(moodNumbers(style.value))}</p>
      ) : null}
    </fieldset>
  );
}

/** `temperature 0.7 · top-p 0.9 · top-k 40`: the temperature, and whatever else has an effect. */
export function moodNumbers(mood: Mood): string {
  return numbersOf(mood).join(' · ');
}

function numbersOf(mood: Mood): string[] {
  const { temperature, topP, topK, minP, typicalP, repetitionPenalty, noRepeatNgram } = mood;
  const { numbers } = texts;
  const parts = [numbers.temperature(temperature)];
  if (topP < 1) parts.push(numbers.topP(topP));
  if (topK > 0) parts.push(numbers.topK(topK));
  if (minP > 0) parts.push(numbers.minP(minP));
  if (typicalP < 1) parts.push(numbers.typicalP(typicalP));
  if (repetitionPenalty !== 1) parts.push(numbers.repetitionPenalty(repetitionPenalty));
  if (noRepeatNgram > 0) parts.push(numbers.noRepeatNgram(noRepeatNgram));
  return parts;
}
