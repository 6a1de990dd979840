/** The datasets in this browser, and the import that is running. */
import { computed, signal } from '@preact/signals';
import { type ErrorData, mynahError } from '../../core/errors.ts';
import type { AddedTweets, DatasetSummary, ImportProgress } from '../../protocol/calls.ts';
import { plural } from '../format.ts';
import { fileStem, saveFile } from '../save-file.ts';
import { activity } from './activity.ts';
import { announce } from './announce.ts';
import { addedTweets, forgetTextColumns, importWarnings, optionsFor } from './brought.ts';
import { call, localError, refreshStorage } from './engine.ts';
import { selectedDatasetId, selectedRunId } from './settings.ts';
import { setOpen } from './steps.ts';

const SAMPLE_NAME = 'mynah-sample.zip';

interface ImportJob {
  readonly files: readonly string[];
  /** Null until the engine reports progress for the first time. */
  readonly progress: ImportProgress | null;
  readonly cancel: () => void;
}

/** Tweets that came as a dataset of their own, of an account of which there was one already. */
interface JoinOffer {
  readonly username: string;
  readonly newId: string;
  readonly earlierId: string;
  readonly join: () => Promise<void>;
}

export const datasets = signal<readonly DatasetSummary[]>([]);
export const importJob = signal<ImportJob | null>(null);
export const importError = signal<ErrorData | null>(null);
export const joinOffer = signal<JoinOffer | null>(null);

export const selectedDataset = computed(
  () => datasets.value.find(({ id }) => id === selectedDatasetId.value) ?? null,
);

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
  // What the user has chosen for it since would be lost by joining it to another.
  if (joinOffer.value?.newId === dataset.id) joinOffer.value = null;
}

/** Reads files into a new dataset and selects it, or adds their tweets to an existing one. */
export async function importFiles(
  files: readonly File[],
  addTo: string | null = null,
): Promise<void> {
  if (files.length === 0 || importJob.value !== null) return;
  forgetTextColumns();
  await runImport(
    files.map(({ name }) => name),
    async () => files,
    addTo,
  );
}

/** Shows the error for a folder without any file that could contain tweets. */
export function refuseFolder(name: string): void {
  if (importJob.value !== null) return;
  setOpen({ tweets: true });
  const details = { file: name, reason: 'no-tweet-file' } as const;
  importError.value = { code: 'archive-no-tweets', details };
}

/** Imports the sample that comes with the page. */
export async function importSample(): Promise<void> {
  if (importJob.value !== null) return;
  await runImport([SAMPLE_NAME], async (signal) => {
    const response = await fetch(`sample/${SAMPLE_NAME}`, { signal }).catch((cause) => {
      if (signal.aborted) throw cause;
      throw mynahError('site-download', { file: SAMPLE_NAME }, cause);
    });
    if (!response.ok) {
      throw mynahError('site-download', { file: SAMPLE_NAME, status: response.status });
    }
    return [new File([await response.blob()], SAMPLE_NAME, { type: 'application/zip' })];
  });
}

let lastImport: () => Promise<unknown> = importSample;

/** Repeats the last import with the same files. */
export async function retryImport(): Promise<void> {
  await lastImport();
}

/** Whether it succeeded. */
async function runImport(
  names: readonly string[],
  getFiles: (signal: AbortSignal) => Promise<readonly File[]>,
  addTo: string | null = null,
): Promise<boolean> {
  lastImport = () => runImport(names, getFiles, addTo);
  const controller = new AbortController();
  const { signal } = controller;
  const cancel = () => controller.abort();
  importError.value = null;
  importWarnings.value = [];
  addedTweets.value = null;
  joinOffer.value = null;
  setOpen({ tweets: true });
  if (activity.value !== null) {
    const reason = activity.value === 'training' ? 'training' : 'generating';
    importError.value = { code: 'busy', details: { reason } };
    return false;
  }
  activity.value = 'importing';
  importJob.value = { files: names, progress: null, cancel };
  let added: AddedTweets | null = null;
  try {
    const files = await getFiles(signal);
    const dataset = await call(
      'importTweets',
      { files, ...optionsFor(files), ...(addTo === null ? {} : { addTo }) },
      {
        signal,
        onProgress: (progress) => {
          importWarnings.value = progress.warnings ?? [];
          added = progress.added ?? null;
          importJob.value = { files: names, progress, cancel };
        },
      },
    );
    putDataset(dataset);
    selectedDatasetId.value = dataset.id;
    addedTweets.value = added;
    if (addTo !== null) return true;
    // A new dataset is for a new bot. After an addition, the selected bot can be trained further.
    selectedRunId.value = null;
    setOpen({ train: true });
    joinOffer.value = joinOfferFor(dataset, names, files);
    announce(`${plural(dataset.counts.kept, 'tweet')} kept of ${dataset.counts.read} read.`);
    return true;
  } catch (thrown) {
    importError.value = localError(thrown);
    return false;
  } finally {
    importJob.value = null;
    activity.value = null;
    void refreshStorage();
  }
}

function joinOfferFor(
  dataset: DatasetSummary,
  names: readonly string[],
  files: readonly File[],
): JoinOffer | null {
  const { id: newId, username } = dataset;
  if (username === null) return null;
  const isSame = (other: DatasetSummary) =>
    other.id !== newId && other.username?.toLowerCase() === username.toLowerCase();
  const earlier = newest(datasets.value.filter(isSame));
  if (earlier === undefined) return null;
  const earlierId = earlier.id;
  const join = async () => {
    if (await runImport(names, async () => files, earlierId)) {
      await deleteDataset(newId, 'The tweets are joined.');
      return;
    }
    // Failed or cancelled: the new dataset stays, and so does the offer.
    joinOffer.value = offer;
    lastImport = join;
  };
  const offer: JoinOffer = { username, newId, earlierId, join };
  return offer;
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

export async function deleteDataset(id: string, said = 'Tweets forgotten.'): Promise<void> {
  importError.value = null;
  try {
    await call('deleteDataset', { datasetId: id });
    datasets.value = datasets.value.filter((each) => each.id !== id);
    const offer = joinOffer.value;
    if (offer?.newId === id || offer?.earlierId === id) joinOffer.value = null;
    if (selectedDataset.value === null) selectNewestDataset();
    announce(said);
  } catch (thrown) {
    importError.value = localError(thrown);
  }
  void refreshStorage();
}
