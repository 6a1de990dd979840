/** The progress of a download, with a button that pauses it. */
import { formatBytes, formatDuration } from '../format.ts';
import { LABELS } from '../labels.ts';
import type { downloadJob } from '../state/models.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { ProgressBar } from '../ui/progress.tsx';
import { Icon } from '../ui/icons.tsx';

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
  if (progress === null || progress.phase === 'asking') return 'Asking the Hub…';
  if (progress.phase === 'saving') return 'Checking that it is a GPT-2…';
  const { receivedBytes, totalBytes, bytesPerSecond, secondsLeft } = progress;
  const of = totalBytes === null ? '' : ` of ${formatBytes(totalBytes)}`;
  if (progress.phase === 'checking')
    return `Checking what is here: ${formatBytes(receivedBytes)}${of}`;
  const speed = bytesPerSecond > 0 ? `, ${formatBytes(bytesPerSecond)} a second` : '';
  const left = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left`;
  return `${formatBytes(receivedBytes)}${of}${speed}${left}`;
}
