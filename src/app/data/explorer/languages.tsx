/** The languages of the tweets, to choose among. */
import type { DatasetFacts } from '../../../protocol/calls.ts';
import { NO_LANGUAGE } from '../../../domain/cleaning.ts';
import { formatCount } from '../../format.ts';

/** More than these are noise of Twitter's guessing: a tweet or two each. */
const MAX_SHOWN = 12;

interface LanguagesProps {
  readonly facts: DatasetFacts;
  /** Codes; empty for all. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function Languages({ facts, chosen, onChange }: LanguagesProps) {
  const found = facts.languages;
  // One alone is no choice.
  if (found.length < 2) return null;
  const isOn = (code: string) => chosen.length === 0 || chosen.includes(code);
  const shown = found.filter(({ code }, i) => i < MAX_SHOWN || chosen.includes(code));
  return (
    <fieldset class="filter-languages">
      <legend>Languages</legend>
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
                // All of them is the same as no choice; none would be the end of the tweets.
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

const names = new Intl.DisplayNames('en', { type: 'language' });

function nameOf(code: string): string {
  if (code === NO_LANGUAGE) return 'Not said';
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
