/** What an import has to say: what is missing of an archive, and which column the tweets are in. */
import type { ErrorDetails } from '../../core/errors.ts';
import type { ImportWarning } from '../../protocol/calls.ts';
import { formatCount, plural } from '../format.ts';
import { importWarnings, rememberTextColumn } from '../state/brought.ts';
import { retryImport } from '../state/datasets.ts';
import { Icon } from '../ui/icons.tsx';

/** More of them say nothing new. */
const MOST_SHOWN = 5;

export function ImportWarnings() {
  const warnings = importWarnings.value;
  if (warnings.length === 0) return null;
  const left = warnings.length - MOST_SHOWN;
  return (
    <div class="note note-warning" role="status">
      <Icon name="warning" />
      <div class="note-text">
        {warnings.slice(0, MOST_SHOWN).map((warning, index) => (
          <p key={index}>{sentenceOf(warning)}</p>
        ))}
        {left > 0 ? <p>And {plural(left, 'more such file')}.</p> : null}
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label="Dismiss this message"
        onClick={() => {
          importWarnings.value = [];
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function sentenceOf(warning: ImportWarning): string {
  switch (warning.kind) {
    case 'missing-part': {
      const many = warning.expected === null ? 'tweets' : plural(warning.expected, 'tweet');
      return `“${warning.file}” with ${many} isn’t there. If you left it out, drop all parts in one go; else download the archive again.`;
    }
    case 'count-mismatch':
      return `“${warning.file}” holds ${plural(warning.found, 'tweet')}, where the archive’s own list says ${formatCount(warning.expected)}. If you didn’t change it, download the archive again.`;
    case 'duplicate-part':
      return `“${warning.file}” is there more than once: the last one was read.`;
    case 'files-left':
      return `“${warning.file}” holds more files than are read in one go: ${plural(warning.count, 'file')} at its end ${warning.count === 1 ? 'was' : 'were'} left. Add them afterwards, or put the tweets together into fewer files.`;
    case 'repeated-tweets':
      return `${plural(warning.count, 'tweet')} came more than once and ${warning.count === 1 ? 'was' : 'were'} read once.`;
  }
}

/** Asked when no column's name tells that it holds the tweets. */
export function ColumnQuestion({ details }: { details: ErrorDetails['table-column-unknown'] }) {
  const { file, columns, names } = details;
  const labels = names ?? Array.from({ length: columns }, (_, index) => `Column ${index + 1}`);
  return (
    <section class="note note-warning" role="alert" aria-label="Which column holds the tweets?">
      <div class="note-text">
        <p>
          <strong>Which column of “{file}” holds the tweets?</strong>
        </p>
        <div class="note-actions">
          {labels.slice(0, MOST_COLUMNS).map((label, index) => (
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

const MOST_COLUMNS = 60;
