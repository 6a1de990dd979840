/** Asks before something is deleted permanently, or costs money. Replaces the button that was pressed. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { controls } from '../texts/en/controls.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('controls', controls);

interface ConfirmProps {
  readonly question: string;
  readonly confirmLabel: string;
  /** By default, that what would be deleted is kept. */
  readonly cancelLabel?: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

export function Confirm(props: ConfirmProps) {
  const { question, confirmLabel, cancelLabel = texts.keep, onConfirm, onCancel } = props;
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
          {cancelLabel}
        </button>
      </div>
    </div>
  );
}
