/** Says what was just done to a tweet, and undoes it. */
import { undoable, undoLast } from '../state/written.ts';
import { Icon } from '../ui/icons.tsx';

export function UndoNote() {
  const last = undoable.value;
  if (last === null) return null;
  return (
    <div class="undo-note">
      <p>{last.what}.</p>
      <button type="button" class="button button-small" onClick={() => void undoLast()}>
        <Icon name="undo" />
        Undo
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Dismiss"
        onClick={() => {
          undoable.value = null;
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
