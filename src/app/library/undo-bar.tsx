/** Says which bot was just deleted, and restores it. */
import { useEffect, useRef } from 'preact/hooks';
import { deletedRun, forgetDeleted, restoreDeleted } from '../state/runs.ts';
import { Icon } from '../ui/icons.tsx';

export function UndoBar() {
  const run = deletedRun.value;
  const undo = useRef<HTMLButtonElement>(null);
  // The pressed button has disappeared with the bot, so the focus moves here.
  useEffect(() => {
    if (run !== null) undo.current?.focus();
  }, [run]);
  if (run === null) return null;
  return (
    <div class="undo-bar">
      <p>
        <b>{run.name}</b> has been deleted with all that it wrote.
      </p>
      <button
        ref={undo}
        type="button"
        class="button button-small"
        onClick={() => void restoreDeleted()}
      >
        Undo
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="Delete permanently"
        onClick={() => void forgetDeleted()}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
