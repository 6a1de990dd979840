/** Says what was just done to a tweet, and undoes it. */
import { undoable, undoLast } from '../state/written.ts';
import { Icon } from '../ui/icons.tsx';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

export function UndoNote() {
  const last = undoable.value;
  if (last === null) return null;
  return (
    <div class="undo-note">
      <p>{texts.done[last.what]}</p>
      <button type="button" class="button button-small" onClick={() => void undoLast()}>
        <Icon name="undo" />
        {texts.undo}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={texts.dismiss}
        onClick={() => {
          undoable.value = null;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
