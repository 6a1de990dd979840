/** The progress of a download, with a button that pauses it. */
import { formatFacts } from '../format.ts';
import { LABELS } from '../labels.ts';
import type { downloadJob } from '../state/models.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { ProgressBar } from '../ui/progress.tsx';
import { Icon } from '../ui/icons.tsx';
import { models } from '../texts/en/models.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('models', models);

type Job = NonNullable<typeof downloadJob.value>;

export function DownloadProgress({ job }: { job: Job }) {
  const pauseButton = useFocusWhenLost<HTMLButtonElement>();
  const { progress, repository } = job;
  const share =
    progress?.totalBytes == null || progress.phase === 'asking'
      ? null
      : progress.receivedBytes / Math.max(1, progress.totalBytes);
  const text = describe(progress);
  return (
    <div class="download">
      <ProgressBar label={LABELS.downloadProgress(repository)} value={share} valueText={text} />
      <div class="download-line">
        <p class="quiet">{text}</p>
        <button
          ref={pauseButton}
          type="button"
          class="button button-small"
          onClick={() => void job.pause()}
        >
          <Icon name="pause" />
          {LABELS.pauseDownload}
        </button>
      </div>
    </div>
  );
}

/** `120 MB of 548 MB, 8.1 MB a second, 1 min left` */
function describe(progress: Job['progress']): string {
  if (progress === null || progress.phase === 'asking') return texts.askingHub;
  if (progress.phase === 'saving') return texts.checkingModel;
  const { receivedBytes, totalBytes, bytesPerSecond, secondsLeft } = progress;
  if (progress.phase === 'checking') {
    return totalBytes === null
      ? texts.checking(receivedBytes)
      : texts.checkingOf(receivedBytes, totalBytes);
  }
  return formatFacts([
    totalBytes === null
      ? texts.received(receivedBytes)
      : texts.receivedOf(receivedBytes, totalBytes),
    bytesPerSecond > 0 ? texts.bytesPerSecond(bytesPerSecond) : '',
    secondsLeft === null ? '' : texts.secondsLeft(secondsLeft),
  ]);
}
