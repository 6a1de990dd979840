/** Step 1: bring tweets in, see what was kept, choose between those that are there. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { DatasetSummary } from '../../protocol/calls.ts';
import { formatDate, plural } from '../format.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { isLoaded } from '../state/boot.ts';
import {
  datasets,
  deleteDataset,
  importError,
  importJob,
  importSample,
  retryImport,
  saveCleaned,
  selectDataset,
  selectedDataset,
} from '../state/datasets.ts';
import { canAskEngine } from '../state/engine.ts';
import { selectedRun } from '../state/runs.ts';
import { selectedDatasetId } from '../state/settings.ts';
import { showLibrary } from '../state/steps.ts';
import { isTraining } from '../state/training.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { LazyDisclosure } from '../ui/lazy-disclosure.tsx';
import { Step } from '../ui/step.tsx';
import { ArchiveHelp } from './archive-help.tsx';
import { chooseFiles, chooseMoreFiles } from './choose-files.ts';
import { CountsTable } from './counts-table.tsx';
import { DropZone } from './drop-zone.tsx';
import { ColumnQuestion, ImportWarnings } from './import-notes.tsx';
import { ImportProgressView } from './import-progress.tsx';
import { Shares } from './shares.tsx';
import { SizeNote } from './size-note.tsx';

export function DataStep() {
  const dataset = shownDataset();
  const isImporting = importJob.value !== null;
  return (
    <Step
      name="tweets"
      number={1}
      title="Your tweets"
      state={dataset !== null && !isImporting ? 'done' : 'active'}
      summary={dataset === null || isImporting ? null : <DatasetLine dataset={dataset} />}
      canFold={dataset !== null && !isImporting}
    >
      <StepBody dataset={dataset} />
    </Step>
  );
}

function ImportError() {
  const error = importError.value;
  if (error === null) return <ImportWarnings />;
  if (error.code === 'table-column-unknown') return <ColumnQuestion details={error.details} />;
  return (
    <ErrorNote
      error={error}
      actions={{
        'choose-files': chooseFiles,
        'try-sample': () => void importSample(),
        'try-again': () => void retryImport(),
        'show-library': showLibrary,
      }}
      onDismiss={() => {
        importError.value = null;
      }}
    />
  );
}

function StepBody({ dataset }: { dataset: DatasetSummary | null }) {
  if (importJob.value !== null) return <ImportProgressView />;
  if (dataset !== null) return <DatasetView dataset={dataset} />;
  // A returning visitor's tweets are on their way: showing the empty page first would be a lie.
  if (!isLoaded.value && selectedDatasetId.value !== null) {
    return <div class="placeholder" aria-hidden="true" />;
  }
  return (
    <>
      <DropZone />
      <ImportError />
      <ArchiveHelp />
    </>
  );
}

/** The tweets a looked-at bot learned from, even where they have been deleted since. */
function shownDataset(): DatasetSummary | null {
  return selectedRun.value?.dataset ?? selectedDataset.value;
}

function DatasetLine({ dataset }: { dataset: DatasetSummary }) {
  const tweets = plural(dataset.counts.kept, 'tweet');
  return (
    <>
      <b>{dataset.name}</b> ·{' '}
      {isStored(dataset) ? `${tweets} kept` : `learned from ${tweets}, deleted since`}
    </>
  );
}

/** False for the tweets of a bot that were deleted after it had learned from them. */
function isStored(dataset: DatasetSummary): boolean {
  return !isLoaded.value || datasets.value.some(({ id }) => id === dataset.id);
}

function DatasetView({ dataset }: { dataset: DatasetSummary }) {
  const view = useFocusWhenLost<HTMLDivElement>();
  const canChange = selectedRun.value === null && !isTraining.value;
  return (
    <div class="dataset" ref={view} tabIndex={-1}>
      <ImportError />
      <CountsTable dataset={dataset} />
      <SizeNote dataset={dataset} canChange={canChange} />
      {selectedRun.value === null ? <Choosing dataset={dataset} /> : <Learned dataset={dataset} />}
      {isTraining.value ? null : <DatasetActions dataset={dataset} />}
    </div>
  );
}

const loadExplorer = () => import('./explorer/explorer.ts');

/** Before a bot is made of them: everything can still be changed. */
function Choosing({ dataset }: { dataset: DatasetSummary }) {
  return (
    <>
      {dataset.accounts.length > 1 ? <Shares dataset={dataset} /> : null}
      <div class="explorer">
        <LazyDisclosure summary={LABELS.chooseTweets} load={loadExplorer}>
          {({ Filters }) => <Filters key={dataset.id} dataset={dataset} />}
        </LazyDisclosure>
        <LazyDisclosure summary={LABELS.seeCharts} load={loadExplorer}>
          {({ Plots }) => <Plots key={dataset.id} dataset={dataset} />}
        </LazyDisclosure>
        <LazyDisclosure summary={LABELS.everyTweet} load={loadExplorer}>
          {({ TweetBrowser }) => <TweetBrowser key={dataset.id} dataset={dataset} canDecide />}
        </LazyDisclosure>
      </div>
    </>
  );
}

/** What a bot has learned from: as it was, whatever the filters say by now. */
function Learned({ dataset }: { dataset: DatasetSummary }) {
  const stored = datasets.value.find(({ id }) => id === dataset.id);
  if (stored === undefined) {
    return isLoaded.value ? (
      <p class="quiet">These tweets have been deleted here; the bot keeps what it learned.</p>
    ) : null;
  }
  if (stored.contentHash !== dataset.contentHash) {
    return (
      <p class="quiet">
        The bot is being trained on an earlier selection. The filters that you have changed since
        apply to the next bot.
      </p>
    );
  }
  return (
    <LazyDisclosure summary={LABELS.everyTweet} load={loadExplorer}>
      {({ TweetBrowser }) => <TweetBrowser key={stored.id} dataset={stored} canDecide={false} />}
    </LazyDisclosure>
  );
}

function DatasetActions({ dataset }: { dataset: DatasetSummary }) {
  const isConfirming = useSignal(false);
  if (isConfirming.value) {
    return (
      <Confirm
        question={`Delete the ${plural(dataset.counts.read, 'tweet')} of ${dataset.name}? All copies in this browser will be deleted, including those stored for training. Bots that were trained on them stay and can still write, but they can’t be trained further.`}
        confirmLabel={LABELS.confirmDelete}
        onConfirm={() => {
          isConfirming.value = false;
          void deleteDataset(dataset.id);
        }}
        onCancel={() => {
          isConfirming.value = false;
        }}
      />
    );
  }
  const isIdle = activity.value === null;
  const isChoosing = selectedRun.value === null && isStored(dataset);
  return (
    <>
      <div class="row-actions">
        {isChoosing ? (
          <button
            type="button"
            class="button button-small"
            disabled={!canAskEngine.value || !isIdle}
            onClick={() => chooseMoreFiles(dataset.id)}
          >
            <Icon name="plus" />
            {LABELS.addTweets}
          </button>
        ) : null}
        <button
          type="button"
          class="button button-small"
          disabled={!canAskEngine.value}
          onClick={chooseFiles}
        >
          <Icon name="upload" />
          Use other tweets
        </button>
        <button
          type="button"
          class="button button-small"
          disabled={!canAskEngine.value || !isIdle}
          onClick={() => void importSample()}
        >
          {LABELS.trySample}
        </button>
        {datasets.value.length > 1 && selectedRun.value === null ? <DatasetChoice /> : null}
      </div>
      <div class="row-actions">
        {isChoosing ? <SaveCleaned dataset={dataset} /> : null}
        {isStored(dataset) && isIdle ? (
          <button
            type="button"
            class="button button-small button-quiet"
            disabled={!canAskEngine.value}
            onClick={() => {
              isConfirming.value = true;
            }}
          >
            <Icon name="trash" />
            {LABELS.deleteTweets}
          </button>
        ) : null}
      </div>
      {isChoosing ? <ArchiveHelp /> : null}
    </>
  );
}

const FORMATS = [
  { format: 'txt', name: 'text' },
  { format: 'jsonl', name: 'JSON Lines' },
] as const;

function SaveCleaned({ dataset }: { dataset: DatasetSummary }) {
  return (
    <>
      {FORMATS.map(({ format, name }) => (
        <button
          key={format}
          type="button"
          class="button button-small button-quiet"
          disabled={!canAskEngine.value || dataset.counts.kept === 0}
          onClick={() => void saveCleaned(dataset, format)}
        >
          <Icon name="download" />
          {LABELS.saveKept(name)}
        </button>
      ))}
    </>
  );
}

function DatasetChoice() {
  const id = useId();
  return (
    <div class="inline-choice">
      <label for={id}>{LABELS.datasetChoice}</label>
      <select
        id={id}
        value={selectedDatasetId.value ?? ''}
        onChange={(event) => selectDataset(event.currentTarget.value)}
      >
        {datasets.value.map(({ id: datasetId, name, createdAt }) => (
          <option key={datasetId} value={datasetId}>
            {name}, {formatDate(createdAt)}
          </option>
        ))}
      </select>
    </div>
  );
}
