/** Downloads a model, with the progress, or deletes one. */
import { useSignal } from '@preact/signals';
import type { BaseModelSummary } from '../../protocol/models.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { canAskEngine } from '../state/engine.ts';
import {
  deleteModel,
  discardDownload,
  downloadJob,
  downloadModel,
  pausedDownloads,
} from '../state/models.ts';
import { modelList } from '../texts/en/model-list.ts';
import { messages } from '../texts/messages.ts';
import { Confirm } from '../ui/confirm.tsx';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { displayName } from './catalogue.ts';
import { DownloadProgress } from './download-progress.tsx';

const texts = messages('modelList', modelList);

interface DownloadActionsProps {
  readonly repository: string;
  readonly name: string;
  readonly downloadBytes: number | undefined;
  readonly isChosen: boolean;
}

/** Nothing for a model that is neither chosen nor begun to be downloaded. */
export function DownloadActions(props: DownloadActionsProps) {
  const { repository, name } = props;
  const job = downloadJob.value;
  const isRunning = job?.repository === repository;
  const paused = pausedDownloads.value.find((each) => each.repository === repository);
  if (!props.isChosen && !isRunning && paused === undefined) return null;
  return (
    <>
      {paused === undefined || isRunning ? null : (
        <p class="quiet">
          {paused.totalBytes === null
            ? texts.pausedAt(paused.receivedBytes)
            : texts.pausedAtOf(paused.receivedBytes, paused.totalBytes)}
        </p>
      )}
      {isRunning ? <DownloadProgress job={job} /> : null}
      <div class="model-card-actions">
        {isRunning ? null : <BeginButton {...props} isPaused={paused !== undefined} />}
        {isRunning || paused !== undefined ? (
          <button
            type="button"
            class="button button-small button-quiet"
            aria-label={LABELS.discardDownload(name)}
            onClick={() => void discardDownload(repository)}
          >
            {texts.cancel}
          </button>
        ) : null}
      </div>
      <p class="quiet">
        <Icon name="lock" /> {texts.downloadPromise}
      </p>
    </>
  );
}

function BeginButton(props: DownloadActionsProps & { readonly isPaused: boolean }) {
  const { repository, name, downloadBytes, isPaused } = props;
  const button = useFocusWhenLost<HTMLButtonElement>();
  const download =
    downloadBytes === undefined ? texts.download : texts.downloadBytes(downloadBytes);
  return (
    <button
      ref={button}
      type="button"
      class="button button-primary"
      aria-label={isPaused ? LABELS.resumeDownload(name) : LABELS.download(name)}
      disabled={downloadJob.value !== null || !canAskEngine.value}
      onClick={() => void downloadModel(repository)}
    >
      <Icon name={isPaused ? 'play' : 'download'} />
      {isPaused ? texts.resume : download}
    </button>
  );
}

export function DeleteButton({ model }: { readonly model: BaseModelSummary }) {
  const isAsking = useSignal(false);
  const name = displayName(model);
  if (!isAsking.value) {
    return (
      <button
        type="button"
        class="button button-small button-quiet model-card-delete"
        aria-label={texts.deleteOf(name)}
        disabled={activity.value !== null || !canAskEngine.value}
        onClick={() => {
          isAsking.value = true;
        }}
      >
        <Icon name="trash" />
        {texts.deleteModel}
      </button>
    );
  }
  return (
    <Confirm
      question={
        model.origin.source === 'hub' ? texts.confirmDownloaded(name) : texts.confirmAdded(name)
      }
      confirmLabel={texts.deleteModel}
      onConfirm={() => {
        isAsking.value = false;
        void deleteModel(model);
      }}
      onCancel={() => {
        isAsking.value = false;
      }}
    />
  );
}
