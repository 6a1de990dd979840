/** Says which bot was just deleted, and restores it. */
import { useEffect, useRef } from 'preact/hooks';
import { deletedRun, forgetDeleted, restoreDeleted } from '../state/runs.ts';
import { Icon } from '../ui/icons.tsx';
import { library } from '../texts/en/library.ts';
import { bold } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';

const texts = messages('library', library);

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
      <p>{texts.hasBeenDeleted(bold, run.name)}</p>
      <button
        ref={undo}
        type="button"
        class="button button-small"
        onClick={() => void restoreDeleted()}
      >
        {texts.undo}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={texts.deletePermanently}
        onClick={() => void forgetDeleted()}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
