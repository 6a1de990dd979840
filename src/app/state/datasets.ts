/** The datasets in this browser, and the import that is running. */
import { computed, signal } from '@preact/signals';
import { type ErrorData, mynahError } from '../../core/errors.ts';
import { withoutFile } from '../../core/site-answer.ts';
import { isUsual } from '../../domain/cleaning.ts';
import { SAMPLE_ARCHIVE } from '../../domain/identifiers.ts';
import type {
  AddedTweets,
  DatasetSummary,
  ImportProgress,
  LeftFileName,
} from '../../protocol/datasets.ts';
import { joinSentences } from '../format.ts';
import { fileStem } from '../../domain/file-stem.ts';
import { saveFile } from '../save-file.ts';
import { activity } from './activity.ts';
import { announce } from './announce.ts';
import {
  addedTweets,
  forgetTextColumns,
  importWarnings,
  optionsFor,
  withLeftFiles,
} from './brought.ts';
import { call, localError, refreshStorage } from './engine.ts';
import { apartIds, selectedDatasetId, selectedRunId } from './settings.ts';
import { setOpen } from './steps.ts';
import { news } from '../texts/en/news.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('news', news);

interface ImportJob {
  readonly files: readonly string[];
  /** Null until the engine reports progress for the first time. */
  readonly progress: ImportProgress | null;
  readonly cancel: () => void;
}

export const datasets = signal<readonly DatasetSummary[]>([]);
export const importJob = signal<ImportJob | null>(null);
export const importError = signal<ErrorData | null>(null);

export const selectedDataset = computed(
  () => datasets.value.find(({ id }) => id === selectedDatasetId.value) ?? null,
);

/**
 * The earlier dataset of the same account that the selected one can be joined to. There is none if the
 * user keeps them apart, or has chosen filters for the selected one, which joining would lose.
 */
export const joinTarget = computed(() => {
  const newer = selectedDataset.value;
  if (newer === null || newer.username === null || !isUsual(newer.options)) return null;
  if (apartIds.value.includes(newer.id)) return null;
  const username = newer.username.toLowerCase();
  const isEarlier = (other: DatasetSummary) =>
    other.username?.toLowerCase() === username && other.createdAt < newer.createdAt;
  return newest(datasets.value.filter(isEarlier)) ?? null;
});

export async function refreshDatasets(): Promise<void> {
  datasets.value = await call('listDatasets', {});
  // The dataset that was selected last may have been deleted in another tab.
  if (selectedDataset.value === null) selectNewestDataset();
}

export function selectNewestDataset(): void {
  selectDataset(newest(datasets.value)?.id ?? null);
}

function newest(all: readonly DatasetSummary[]): DatasetSummary | undefined {
  return all.toSorted((a, b) => b.createdAt - a.createdAt)[0];
}

export function selectDataset(id: string | null): void {
  selectedDatasetId.value = id;
}

/** Replaces a dataset by its new summary, or adds it. */
export function putDataset(dataset: DatasetSummary): void {
  const isKnown = datasets.value.some(({ id }) => id === dataset.id);
  datasets.value = isKnown
    ? datasets.value.map((each) => (each.id === dataset.id ? dataset : each))
    : [dataset, ...datasets.value];
}

/** Reads files into a new dataset and selects it, or adds their tweets to an existing one. */
export async function importFiles(
  files: readonly File[],
  addTo: string | null = null,
  left: readonly LeftFileName[] = [],
): Promise<void> {
  if (files.length === 0 || importJob.value !== null) return;
  forgetTextColumns();
  const names = files.map(({ name }) => name);
  await runImport(names, (job) => importedFrom(files, addTo, job, left));
}

/** Shows the error for a folder without any file that could contain tweets, or that can be opened. */
export function refuseFolder(name: string, left: readonly LeftFileName[] = []): void {
  if (importJob.value !== null) return;
  setOpen({ tweets: true });
  const unreadable = left.find(({ why }) => why === 'unreadable');
  importError.value =
    unreadable === undefined
      ? { code: 'archive-no-tweets', details: { file: name, reason: 'no-tweet-file' } }
      : { code: 'archive-unreadable', details: { file: unreadable.file, reason: 'unreadable' } };
}

/** Imports the sample that comes with the page. */
export async function importSample(): Promise<void> {
  if (importJob.value !== null) return;
  await runImport([SAMPLE_ARCHIVE], async (job) => {
    const { signal } = job;
    const response = await fetch(`sample/${SAMPLE_ARCHIVE}`, { signal }).catch((cause) => {
      if (signal.aborted) throw cause;
      throw mynahError('site-download', { file: SAMPLE_ARCHIVE }, cause);
    });
    const missing = withoutFile(response);
    if (missing !== null) throw mynahError('site-download', { file: SAMPLE_ARCHIVE, ...missing });
    const file = new File([await response.blob()], SAMPLE_ARCHIVE, { type: 'application/zip' });
    return importedFrom([file], null, job);
  });
}

/** Joins the selected dataset to the earlier one of the same account, and selects that. */
export async function joinToEarlier(): Promise<void> {
  const newer = selectedDataset.value;
  const target = joinTarget.value;
  if (newer === null || target === null || importJob.value !== null) return;
  await runImport(newer.files, async ({ signal }) => {
    const params = { datasetId: newer.id, into: target.id };
    const joined = await call('joinDatasets', params, { signal });
    datasets.value = datasets.value.filter(({ id }) => id !== newer.id);
    return joined;
  });
}

export function keepApart(): void {
  const kept = datasets.value.map(({ id }) => id).filter((id) => apartIds.value.includes(id));
  apartIds.value = [
    ...kept,
    ...(selectedDatasetId.value === null ? [] : [selectedDatasetId.value]),
  ];
  announce(texts.keptApart);
}

let lastImport: () => Promise<unknown> = importSample;

/** Repeats the last import with the same files. */
export async function retryImport(): Promise<void> {
  await lastImport();
}

interface Imported {
  readonly dataset: DatasetSummary;
  /** Null for a new dataset. */
  readonly added: AddedTweets | null;
}

interface RunningJob {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

async function importedFrom(
  files: readonly File[],
  addTo: string | null,
  { signal, onProgress }: RunningJob,
  left: readonly LeftFileName[] = [],
): Promise<Imported> {
  const names = files.map(({ name }) => name);
  const params = { files, ...optionsFor(files), ...(addTo === null ? {} : { addTo }) };
  let added: AddedTweets | null = null;
  const dataset = await call('importTweets', params, {
    signal,
    onProgress: (progress) => {
      added = progress.added ?? null;
      const { warnings } = progress;
      onProgress(warnings ? { ...progress, warnings: withLeftFiles(warnings, left) } : progress);
    },
  });
  // Once the user has said which column of a table holds the tweets, they are added to the others.
  lastImport = () => runImport(names, (job) => importedFrom(files, dataset.id, job, left));
  return { dataset, added };
}

async function runImport(
  names: readonly string[],
  work: (job: RunningJob) => Promise<Imported>,
): Promise<void> {
  lastImport = () => runImport(names, work);
  const controller = new AbortController();
  const cancel = () => controller.abort();
  importError.value = null;
  importWarnings.value = [];
  addedTweets.value = null;
  setOpen({ tweets: true });
  if (activity.value !== null) {
    const reason = activity.value === 'training' ? 'training' : 'generating';
    importError.value = { code: 'busy', details: { reason } };
    return;
  }
  activity.value = 'importing';
  importJob.value = { files: names, progress: null, cancel };
  try {
    const { dataset, added } = await work({
      signal: controller.signal,
      onProgress: (progress) => {
        importWarnings.value = progress.warnings ?? [];
        importJob.value = { files: names, progress, cancel };
      },
    });
    putDataset(dataset);
    selectedDatasetId.value = dataset.id;
    addedTweets.value = added;
    if (added !== null) return;
    // A new dataset is for a new bot. After an addition, the selected bot can be trained further.
    selectedRunId.value = null;
    setOpen({ tweets: needsLook(dataset), train: true });
    const { username } = joinTarget.value ?? {};
    announce(
      joinSentences(
        texts.imported(dataset.counts.kept, dataset.counts.read),
        username ? texts.canJoin(username) : null,
      ),
    );
  } catch (thrown) {
    importError.value = localError(thrown);
  } finally {
    importJob.value = null;
    activity.value = null;
    void refreshStorage();
  }
}

/** Whether something is said of new tweets that the user should see before they are folded to a line. */
function needsLook(dataset: DatasetSummary): boolean {
  return dataset.isSmall || importWarnings.value.length > 0 || joinTarget.value !== null;
}

/** Saves the texts that are kept as a file. */
export async function saveCleaned(
  { id: datasetId, name }: DatasetSummary,
  format: 'jsonl' | 'txt',
): Promise<void> {
  importError.value = null;
  try {
    const { file } = await call('exportDataset', { datasetId, format });
    saveFile(file, `${fileStem(name, 'my')}-tweets.${format}`);
  } catch (thrown) {
    importError.value = localError(thrown);
  }
}

export async function deleteDataset(id: string): Promise<void> {
  importError.value = null;
  try {
    await call('deleteDataset', { datasetId: id });
    datasets.value = datasets.value.filter((each) => each.id !== id);
    if (selectedDataset.value === null) selectNewestDataset();
    announce(texts.tweetsForgotten);
  } catch (thrown) {
    importError.value = localError(thrown);
  }
  void refreshStorage();
}
