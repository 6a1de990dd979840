/** The list of base models: stored ones, those offered for download, and the user's own. */
import { useId } from 'preact/hooks';
import type { BaseModelSummary } from '../../protocol/models.ts';
import { useSignal } from '@preact/signals';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { baseModels, chosenModel, modelOf, starter } from '../state/base-models.ts';
import { canAskEngine } from '../state/engine.ts';
import { needsOf } from '../state/model-needs.ts';
import {
  chooseModel,
  deleteModel,
  discardDownload,
  downloadJob,
  downloadModel,
  modelImportJob,
  modelProblem,
  pausedDownloads,
} from '../state/models.ts';
import { showLibrary } from '../state/steps.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress.tsx';
import {
  CATALOGUE,
  type CatalogueEntry,
  describeNeeds,
  descriptionOf,
  displayName,
} from './catalogue.ts';
import { DownloadProgress } from './download-progress.tsx';
import { HubAddress, HubForm } from './hub-form.tsx';
import { LocalModel } from './local-model.tsx';
import { modelList } from '../texts/en/model-list.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('modelList', modelList);

export function ModelList() {
  const group = useId();
  const own = baseModels.value.filter(
    ({ name, origin }) =>
      origin.source !== 'starter' &&
      !(origin.source === 'hub' && CATALOGUE.some(({ repository }) => repository === name)),
  );
  const { value: first } = starter;
  return (
    <div class="model-list">
      <ul class="models" aria-label={LABELS.models}>
        {first === null ? null : <StoredModel model={first} group={group} />}
        {CATALOGUE.map((entry) => {
          const model = modelOf(entry.repository);
          return model === null ? (
            <OfferedModel
              key={entry.repository}
              repository={entry.repository}
              name={entry.name}
              entry={entry}
            />
          ) : (
            <StoredModel
              key={entry.repository}
              model={model}
              group={group}
              description={descriptionOf(entry)}
            />
          );
        })}
        {own.map((model) => (
          <StoredModel key={model.id} model={model} group={group} />
        ))}
        {unlistedDownloads().map((repository) => (
          <OfferedModel key={repository} repository={repository} name={repository} />
        ))}
      </ul>
      <Problem />
      <HubForm />
      {modelImportJob.value === null ? <LocalModel /> : <Importing job={modelImportJob.value} />}
      <p class="quiet">
        <Icon name="lock" /> {texts.downloadPromise}
      </p>
      <HubAddress />
    </div>
  );
}

/** Downloads of models that aren't among those offered. */
function unlistedDownloads(): readonly string[] {
  const running = downloadJob.value === null ? [] : [downloadJob.value.repository];
  const all = new Set([...running, ...pausedDownloads.value.map(({ repository }) => repository)]);
  return [...all].filter(
    (name) => modelOf(name) === null && CATALOGUE.every(({ repository }) => repository !== name),
  );
}

interface StoredModelProps {
  readonly model: BaseModelSummary;
  readonly group: string;
  readonly description?: string;
}

function StoredModel({ model, group, description }: StoredModelProps) {
  const isAsking = useSignal(false);
  const radio = useFocusWhenLost<HTMLInputElement>();
  const name = displayName(model);
  const isStarter = model.origin.source === 'starter';
  const text = isStarter ? texts.starter : description;
  return (
    <li class={model.id === chosenModel.value?.id ? 'model model-chosen' : 'model'}>
      <label class="model-main">
        <input
          ref={radio}
          type="radio"
          name={group}
          checked={model.id === chosenModel.value?.id}
          disabled={activity.value !== null}
          onChange={() => chooseModel(model)}
        />
        <span class="model-text">
          <span class="model-name">{name}</span>
          {text === undefined ? null : <span class="model-description">{text}</span>}
          <span class="model-meta">
            {describeNeeds(model.parameters, starter.value?.parameters ?? null, needsOf(model))}
          </span>
          <span class="model-ready">
            <Icon name="check" />
            {isStarter ? texts.readyOffline : texts.readyOfflineWith(model.bytes)}
          </span>
        </span>
      </label>
      {isStarter || isAsking.value ? null : (
        <button
          type="button"
          class="icon-button"
          aria-label={texts.deleteOf(name)}
          disabled={activity.value !== null || !canAskEngine.value}
          onClick={() => {
            isAsking.value = true;
          }}
        >
          <Icon name="trash" />
        </button>
      )}
      {isAsking.value ? (
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
      ) : null}
    </li>
  );
}

interface OfferedModelProps {
  readonly repository: string;
  readonly name: string;
  /** The entry of a model that is offered for download; absent for others. */
  readonly entry?: CatalogueEntry;
}

function OfferedModel({ repository, name, entry }: OfferedModelProps) {
  const job = downloadJob.value;
  const isRunning = job?.repository === repository;
  const paused = pausedDownloads.value.find((each) => each.repository === repository);
  return (
    <li class="model">
      <div class="model-main">
        <span class="model-text">
          <span class="model-name">{name}</span>
          {entry === undefined ? null : (
            <>
              <span class="model-description">{descriptionOf(entry)}</span>
              <span class="model-meta">
                {describeNeeds(entry.parameters, starter.value?.parameters ?? null, needsOf(entry))}
              </span>
            </>
          )}
          {paused === undefined || isRunning ? null : (
            <span class="model-meta">
              {paused.totalBytes === null
                ? texts.pausedAt(paused.receivedBytes)
                : texts.pausedAtOf(paused.receivedBytes, paused.totalBytes)}
            </span>
          )}
        </span>
      </div>
      <div class="model-actions">
        {isRunning ? null : (
          <BeginButton
            repository={repository}
            name={name}
            downloadBytes={entry?.downloadBytes}
            isPaused={paused !== undefined}
          />
        )}
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
      {isRunning ? <DownloadProgress job={job} /> : null}
    </li>
  );
}

interface BeginButtonProps {
  readonly repository: string;
  readonly name: string;
  readonly downloadBytes: number | undefined;
  readonly isPaused: boolean;
}

function BeginButton({ repository, name, downloadBytes, isPaused }: BeginButtonProps) {
  const button = useFocusWhenLost<HTMLButtonElement>();
  const download =
    downloadBytes === undefined ? texts.download : texts.downloadBytes(downloadBytes);
  return (
    <button
      ref={button}
      type="button"
      class="button button-small"
      aria-label={isPaused ? LABELS.resumeDownload(name) : LABELS.download(name)}
      disabled={downloadJob.value !== null || !canAskEngine.value}
      onClick={() => void downloadModel(repository)}
    >
      <Icon name={isPaused ? 'play' : 'download'} />
      {isPaused ? texts.resume : download}
    </button>
  );
}

function Problem() {
  const problem = modelProblem.value;
  if (problem === null) return null;
  const { error, repository } = problem;
  return (
    <ErrorNote
      error={error}
      actions={{
        ...(repository === null ? {} : { 'try-again': () => void downloadModel(repository) }),
        'show-library': showLibrary,
      }}
      onDismiss={() => {
        modelProblem.value = null;
      }}
    />
  );
}

function Importing({ job }: { job: NonNullable<typeof modelImportJob.value> }) {
  const { name, progress, cancel } = job;
  const share = progress === null ? null : progress.bytesDone / Math.max(1, progress.bytesTotal);
  const text =
    progress === null
      ? texts.opening(name)
      : progress.phase === 'saving'
        ? texts.saved(progress.bytesDone, progress.bytesTotal)
        : texts.checked(progress.bytesDone, progress.bytesTotal);
  return (
    <div class="download">
      <ProgressBar label={texts.adding(name)} value={share} valueText={text} />
      <div class="download-line">
        <p class="quiet">{text}</p>
        <button type="button" class="button button-small" onClick={cancel}>
          {texts.cancel}
        </button>
      </div>
    </div>
  );
}
