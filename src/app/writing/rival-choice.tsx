/** Whom the bot is compared with: a preset, settings that it has written with before, or another bot. */
import { moodOf } from '../../domain/writing.ts';
import { LABELS } from '../labels.ts';
import { chooseRival, keyOf, type Rival, rival, rivals } from '../state/compare.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';
import { Avatar } from '../ui/avatar.tsx';
import { MoodLine, moodNumbers } from './mood-choice.tsx';

const texts = messages('writing', writing);

export function RivalChoice() {
  const chosen = keyOf(rival.value);
  return (
    <fieldset class="rivals">
      <legend class="rivals-title">{LABELS.compareWith}</legend>
      <div class="chips">
        {rivals.value.map((each) => {
          const key = keyOf(each);
          return (
            <label key={key} class="chip rival">
              <input
                type="radio"
                name="rival"
                checked={key === chosen}
                onChange={() => chooseRival(each)}
              />
              <RivalName of={each} />
            </label>
          );
        })}
      </div>
      <p class="quiet">{texts.compareHint}</p>
    </fieldset>
  );
}

function RivalName({ of: each }: { of: Rival }) {
  if (each.kind === 'bot') {
    return (
      <>
        <Avatar bot={each.run} />
        {each.run.name}
      </>
    );
  }
  const mood = moodOf(each.settings);
  if (mood === null) return <>{moodNumbers(each.settings)}</>;
  return (
    <span class={`rival-mood mood-${mood}`}>
      <MoodLine name={mood} />
      {texts.moods[mood]}
    </span>
  );
}
