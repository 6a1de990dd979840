/** Shows what an import is reading and how far it is, and lets the user cancel it. */
import type { ImportProgress } from '../../protocol/datasets.ts';
import { listFiles } from '../../domain/list-files.ts';
import { formatBytes, plural } from '../format.ts';
import { LABELS } from '../labels.ts';
import { importJob } from '../state/datasets.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { PerchedProgress } from '../ui/perched-progress.tsx';

const PHASES: { readonly [P in ImportProgress['phase']]: string } = {
  opening: 'Opening',
  reading: 'Reading',
  cleaning: 'Tidying up',
  saving: 'Saving',
};

export function ImportProgressView() {
  const cancelButton = useFocusWhenLost<HTMLButtonElement>();
  const job = importJob.value;
  if (job === null) return null;
  const { progress } = job;
  const value =
    progress === null || progress.bytesTotal === 0
      ? null
      : progress.bytesRead / progress.bytesTotal;
  const doing = progress === null ? 'Opening' : PHASES[progress.phase];
  const file = progress === null ? listFiles(job.files) : progress.file;
  const bytes =
    progress === null || progress.bytesTotal === 0
      ? ''
      : `${formatBytes(progress.bytesRead)} of ${formatBytes(progress.bytesTotal)}`;
  const tweets = progress === null ? '' : plural(progress.tweetsRead, 'tweet');
  return (
    <div class="importing">
      <p class="importing-title">
        {doing} <span class="file-name">{file}</span>
      </p>
      <PerchedProgress
        mood="hungry"
        label={LABELS.importProgress}
        value={value}
        valueText={[doing, bytes, tweets].filter((part) => part !== '').join(', ')}
      />
      <p class="importing-numbers">
        <span>{tweets}</span>
        <span>{bytes}</span>
      </p>
      <button ref={cancelButton} type="button" class="button" onClick={job.cancel}>
        {LABELS.cancelImport}
      </button>
    </div>
  );
}
