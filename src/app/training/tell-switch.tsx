/** Asks to be told when the running training is done. */
import { LABELS } from '../labels.ts';
import { canTell, isTellingDenied, setTelling, willTell } from '../tell-when-done.ts';
import { system } from '../texts/en/system.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('system', system);

export function TellSwitch() {
  if (!canTell()) return null;
  return (
    <p class="quiet">
      <label class="check">
        <input
          type="checkbox"
          checked={willTell()}
          onChange={({ currentTarget }) => void setTelling(currentTarget.checked)}
        />
        {LABELS.tellWhenDone}
      </label>
      {isTellingDenied.value ? <span role="status"> {texts.tellingDenied}</span> : null}
    </p>
  );
}
