/** The languages of the tweets, to choose among. */
import type { DatasetFacts } from '../../../protocol/datasets.ts';
import { NO_LANGUAGE } from '../../../domain/cleaning.ts';
import { formatCount, formatLanguage } from '../../format.ts';
import { explorer } from '../../texts/en/explorer.ts';
import { cleaning } from '../../texts/en/cleaning.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('explorer', explorer);
const optionTexts = messages('cleaning', cleaning);

/** Twitter guesses languages. Beyond the most frequent ones, its guesses are noise: a tweet or two each. */
const MAX_SHOWN = 12;

interface LanguagesProps {
  readonly facts: DatasetFacts;
  /** Codes; empty for all. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function Languages({ facts, chosen, onChange }: LanguagesProps) {
  const found = facts.languages;
  // With a single language, there is nothing to choose.
  if (found.length < 2) return null;
  const isOn = (code: string) => chosen.length === 0 || chosen.includes(code);
  const shown = found.filter(({ code }, i) => i < MAX_SHOWN || chosen.includes(code));
  return (
    <fieldset class="filter-languages">
      <legend>{optionTexts.languages.label}</legend>
      <div class="chips">
        {shown.map(({ code, tweets }) => (
          <label key={code} class="chip">
            <input
              type="checkbox"
              checked={isOn(code)}
              onChange={(event) => {
                const before = chosen.length === 0 ? found.map((each) => each.code) : chosen;
                const after = event.currentTarget.checked
                  ? [...before, code]
                  : before.filter((each) => each !== code);
                // No code stands for all languages, so the last one that is unchecked brings all of them back.
                onChange(found.every((each) => after.includes(each.code)) ? [] : after);
              }}
            />
            {nameOf(code)} <span class="chip-count">{formatCount(tweets)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function nameOf(code: string): string {
  return code === NO_LANGUAGE ? texts.unknownLanguage : formatLanguage(code);
}
