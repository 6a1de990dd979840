/** What an import has to say: what is missing of an archive, and which column the tweets are in. */
import type { ErrorDetails } from '../../core/errors.ts';
import type { ImportWarning } from '../../protocol/datasets.ts';
import { LABELS } from '../labels.ts';
import { importWarnings, rememberTextColumn } from '../state/brought.ts';
import { retryImport } from '../state/datasets.ts';
import { Icon } from '../ui/icons.tsx';
import { warningText } from './warning-text.ts';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

/** More of them say nothing new. */
const MAX_SHOWN = 5;

export function ImportWarnings() {
  const warnings = importWarnings.value;
  if (warnings.length === 0) return null;
  const questions = warnings.flatMap((warning) =>
    warning.kind === 'files-left' ? warning.files.flatMap(({ question }) => question ?? []) : [],
  );
  return (
    <>
      {questions.slice(0, MAX_SHOWN).map((question) => (
        <ColumnQuestion key={question.file} details={question} role="group" />
      ))}
      <WarningNote warnings={warnings} />
    </>
  );
}

function WarningNote({ warnings }: { warnings: readonly ImportWarning[] }) {
  const left = warnings.length - MAX_SHOWN;
  return (
    <div class="note note-warning" role="status">
      <Icon name="warning" />
      <div class="note-text">
        {warnings.slice(0, MAX_SHOWN).map((warning, index) => (
          <p key={index}>{warningText(warning)}</p>
        ))}
        {left > 0 ? <p>{texts.moreWarnings(left)}</p> : null}
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={LABELS.dismissMessage}
        onClick={() => {
          importWarnings.value = [];
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/**
 * Asked when no column's name tells that it holds the tweets. Where other files gave tweets, those of
 * this one are added to them.
 */
export function ColumnQuestion({
  details,
  role = 'alert',
}: {
  details: ErrorDetails['table-column-unknown'];
  role?: 'alert' | 'group';
}) {
  const { file, columns, names } = details;
  const labels = names ?? Array.from({ length: columns }, (_, index) => texts.column(index + 1));
  return (
    <section class="note note-warning" role={role} aria-label={texts.columnQuestion}>
      <div class="note-text">
        <p>
          <strong>{texts.columnQuestionOf(file)}</strong>
        </p>
        <div class="note-actions">
          {labels.slice(0, MAX_COLUMNS).map((label, index) => (
            <button
              key={label}
              type="button"
              class="button button-small"
              onClick={() => {
                rememberTextColumn(file, index);
                void retryImport();
              }}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}

const MAX_COLUMNS = 60;
