/** Shows an error where it happened: what went wrong, what to do next, and buttons for that. */
import type { ErrorData } from '../../core/errors.ts';
import type { ErrorAction } from '../error-text/error-parts.ts';
import { loadErrorText } from '../error-text/load-error-text.ts';
import { sentenceGap } from '../format.ts';
import { LABELS } from '../labels.ts';
import { Icon } from './icons.tsx';
import { LazyPart } from './lazy-part.tsx';

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

type Words = Awaited<ReturnType<typeof loadErrorText>>;

export function ErrorNote(props: ErrorNoteProps) {
  return <LazyPart load={loadErrorText}>{(words) => <Note {...props} words={words} />}</LazyPart>;
}

function Note({ error, actions = {}, onDismiss, words }: ErrorNoteProps & { words: Words }) {
  const text = words.errorText(error);
  return (
    <div class="note note-error" role="alert">
      <Icon name="warning" />
      <div class="note-text">
        <p>
          <strong>{text.sentence}</strong>
          {sentenceGap()}
          {text.nextStep}
        </p>
        <div class="note-actions">
          {text.actions.map((action) => {
            const run = actions[action] ?? EVERYWHERE[action];
            return run === undefined ? null : (
              <button key={action} type="button" class="button button-small" onClick={run}>
                {words.actionLabel(action)}
              </button>
            );
          })}
        </div>
      </div>
      {onDismiss === undefined ? null : (
        <button
          type="button"
          class="icon-button"
          aria-label={LABELS.dismissMessage}
          onClick={onDismiss}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
