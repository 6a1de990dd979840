/** Step 1: bring tweets in, see what was kept, choose between those that are there. */
import { isEnoughToLearnFrom } from '../../domain/cleaning.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { joinSentences } from '../format.ts';
import { LABELS } from '../labels.ts';
import { isLoaded } from '../state/boot.ts';
import {
  datasets,
  importError,
  importJob,
  importSample,
  retryImport,
  selectedDataset,
} from '../state/datasets.ts';
import { selectedRun } from '../state/runs.ts';
import { selectedDatasetId } from '../state/settings.ts';
import { showLibrary } from '../state/steps.ts';
import { isTraining } from '../state/training.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { useFocusWhenLost } from '../ui/focus.ts';
import { LazyDisclosure } from '../ui/lazy-disclosure.tsx';
import { Step } from '../ui/step.tsx';
import { AddedNote } from './added-note.tsx';
import { ArchiveHelp } from './archive-help.tsx';
import { chooseFiles } from './choose-files.ts';
import { CountsTable } from './counts-table.tsx';
import { DatasetActions } from './dataset-actions.tsx';
import { DropZone } from './drop-zone.tsx';
import { JoinNote } from './join-note.tsx';
import { ColumnQuestion, ImportWarnings } from './import-notes.tsx';
import { ImportProgressView } from './import-progress.tsx';
import { isStored } from './is-stored.ts';
import { Shares } from './shares.tsx';
import { SizeNote } from './size-note.tsx';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

export function DataStep() {
  const dataset = shownDataset();
  const isImporting = importJob.value !== null;
  // What a bot was trained on is enough, whatever became of it.
  const isEnough = dataset !== null && (selectedRun.value !== null || isEnoughToLearnFrom(dataset));
  return (
    <Step
      name="tweets"
      number={1}
      title={LABELS.tweetsStep}
      state={isEnough && !isImporting ? 'done' : 'active'}
      summary={dataset === null || isImporting ? null : <DatasetLine dataset={dataset} />}
      canFold={dataset !== null && !isImporting}
    >
      <StepBody dataset={dataset} />
    </Step>
  );
}

function ImportError() {
  const error = importError.value;
  if (error === null) {
    return (
      <>
        <AddedNote />
        <JoinNote />
        <ImportWarnings />
      </>
    );
  }
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
  const { kept } = dataset.counts;
  return (
    <>
      <b>
        <bdi>{dataset.name}</bdi>
      </b>{' '}
      · {isStored(dataset) ? texts.tweetsKept(kept) : texts.learnedFrom(kept)}
    </>
  );
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
    return isLoaded.value ? <p class="quiet">{texts.learnedDeleted}</p> : null;
  }
  if (stored.contentHash !== dataset.contentHash) {
    return (
      <p class="quiet">
        {joinSentences(
          texts.learnedChanged(stored.counts.kept),
          selectedRun.value?.status === 'finished' ? texts.learnThem : null,
        )}
      </p>
    );
  }
  return (
    <LazyDisclosure summary={LABELS.everyTweet} load={loadExplorer}>
      {({ TweetBrowser }) => <TweetBrowser key={stored.id} dataset={stored} canDecide={false} />}
    </LazyDisclosure>
  );
}
