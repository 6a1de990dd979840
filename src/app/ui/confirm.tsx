/** Asks before something is deleted permanently. Replaces the button that was pressed. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { controls } from '../texts/en/controls.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('controls', controls);

interface ConfirmProps {
  readonly question: string;
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

export function Confirm({ question, confirmLabel, onConfirm, onCancel }: ConfirmProps) {
  const cancelButton = useRef<HTMLButtonElement>(null);
  // The focus is on the safe answer, so that pressing Enter by habit deletes nothing.
  useLayoutEffect(() => cancelButton.current?.focus(), []);
  return (
    <div
      class="confirm"
      role="alertdialog"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <p>{question}</p>
      <div class="row-actions">
        <button type="button" class="button button-small button-danger" onClick={onConfirm}>
          {confirmLabel}
        </button>
        <button ref={cancelButton} type="button" class="button button-small" onClick={onCancel}>
          {texts.keep}
        </button>
      </div>
    </div>
  );
}
