/** Shows what an import is reading and how far it is, and lets the user cancel it. */
import { formatFacts } from '../format.ts';
import { LABELS } from '../labels.ts';
import { listFiles } from './list-files.ts';
import { importJob } from '../state/datasets.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { PerchedProgress } from '../ui/perched-progress.tsx';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

export function ImportProgressView() {
  const cancelButton = useFocusWhenLost<HTMLButtonElement>();
  const job = importJob.value;
  if (job === null) return null;
  const { progress } = job;
  const value =
    progress === null || progress.bytesTotal === 0
      ? null
      : progress.bytesRead / progress.bytesTotal;
  const phase = progress?.phase ?? 'opening';
  const files = progress === null ? listFiles(job.files) : progress.file;
  const bytes =
    progress === null || progress.bytesTotal === 0
      ? ''
      : texts.bytesOf(progress.bytesRead, progress.bytesTotal);
  const tweets = progress === null ? '' : texts.tweets(progress.tweetsRead);
  return (
    <div class="importing">
      <p class="importing-title">
        {texts.importing[phase](<span class="file-name">{files}</span>)}
      </p>
      <PerchedProgress
        mood="hungry"
        label={LABELS.importProgress}
        value={value}
        valueText={formatFacts([texts.phases[phase], bytes, tweets])}
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
