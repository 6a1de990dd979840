/** Shows an error where it happened: what went wrong, what to do next, and buttons for that. */
import type { ErrorData } from '../../core/errors.ts';
import { ACTION_LABELS, type ErrorAction } from '../error-text/error-parts.ts';
import { errorText } from '../error-text/error-text.ts';
import { Icon } from './icons.tsx';

interface ErrorNoteProps {
  readonly error: ErrorData;
  /** The actions that are possible in this place. The error's text chooses among them. */
  readonly actions?: { readonly [A in ErrorAction]?: () => void };
  readonly onDismiss?: () => void;
}

/** Actions that are possible everywhere. */
const EVERYWHERE: ErrorNoteProps['actions'] & object = {
  'reload-page': () => location.reload(),
};

export function ErrorNote({ error, actions = {}, onDismiss }: ErrorNoteProps) {
  const text = errorText(error);
  return (
    <div class="note note-error" role="alert">
      <Icon name="warning" />
      <div class="note-text">
        <p>
          <strong>{text.sentence}</strong> {text.nextStep}
        </p>
        <div class="note-actions">
          {text.actions.map((action) => {
            const run = actions[action] ?? EVERYWHERE[action];
            return run === undefined ? null : (
              <button key={action} type="button" class="button button-small" onClick={run}>
                {ACTION_LABELS[action]}
              </button>
            );
          })}
        </div>
      </div>
      {onDismiss === undefined ? null : (
        <button
          type="button"
          class="icon-button"
          aria-label="Dismiss this message"
          onClick={onDismiss}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
