/** Downloads, adds, chooses and deletes base models. */
import { batch, signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import { STARTER_ID } from '../../domain/identifiers.ts';
import type {
  BaseModelSummary,
  ModelDownload,
  ModelDownloadProgress,
  ModelImportFile,
  ModelImportProgress,
} from '../../protocol/models.ts';
import { askToPersist } from '../ask-to-persist.ts';
import { announce } from './announce.ts';
import { baseModels } from './base-models.ts';
import { isMetered } from './connection.ts';
import { call, localError, refreshStorage } from './engine.ts';
import { baseModelId, hubUrl } from './settings.ts';
import { news } from '../texts/en/news.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('news', news);

interface DownloadJob {
  readonly repository: string;
  /** Null until the engine's first report. */
  readonly progress: ModelDownloadProgress | null;
  /** Keeps what has been downloaded. Resolves when the engine has stopped. */
  readonly pause: () => Promise<void>;
}

interface ImportJob {
  readonly name: string;
  readonly progress: ModelImportProgress | null;
  readonly cancel: () => void;
}

export const pausedDownloads = signal<readonly ModelDownload[]>([]);
export const downloadJob = signal<DownloadJob | null>(null);
export const modelImportJob = signal<ImportJob | null>(null);
/** The last error, with the repository if it was a download. */
export const modelProblem = signal<{
  readonly error: ErrorData;
  readonly repository: string | null;
} | null>(null);
/** Whether the card is chosen by which any other model is found or added. */
export const isChoosingModel = signal(false);
/** The repository of a model that isn't here, whose card is chosen; null if none is. */
export const wantedRepository = signal<string | null>(null);

export async function refreshModels(): Promise<void> {
  const [models, downloads] = await Promise.all([
    call('listBaseModels', {}),
    call('listDownloads', {}),
  ]);
  baseModels.value = models;
  pausedDownloads.value = downloads;
}

export function chooseModel({ id }: Pick<BaseModelSummary, 'id'>): void {
  batch(() => {
    baseModelId.value = id;
    wantedRepository.value = null;
    isChoosingModel.value = false;
  });
}

/** Chooses the card of a model that has to be downloaded before a bot can start from it. */
export function wantModel(repository: string): void {
  wantedRepository.value = repository;
  isChoosingModel.value = false;
}

/** Chooses the card by which any other model is found or added. */
export function chooseAnother(): void {
  wantedRepository.value = null;
  isChoosingModel.value = true;
}

/** The model whose download is asked about, because it may cost money; null if none is. */
export const meteredDownload = signal<string | null>(null);

/**
 * Starts or resumes the download of a model, and chooses it when it is complete.
 *
 * @param isAgreed The user wants it over a metered connection, too. Without that, it is only asked about there.
 */
export async function downloadModel(repository: string, isAgreed = false): Promise<void> {
  if (downloadJob.value !== null) return;
  meteredDownload.value = !isAgreed && isMetered() ? repository : null;
  if (meteredDownload.value !== null) return;
  modelProblem.value = null;
  const controller = new AbortController();
  const { signal } = controller;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const pause = () => {
    controller.abort();
    return ended;
  };
  downloadJob.value = { repository, progress: null, pause };
  void askToPersist();
  try {
    const onProgress = (progress: ModelDownloadProgress) => {
      downloadJob.value = { repository, progress, pause };
    };
    const params = { repository, hubUrl: hubUrl.value };
    const model = await call('downloadBaseModel', params, { signal, onProgress });
    add(model);
    announce(texts.modelIsHere(model.name));
  } catch (thrown) {
    const error = localError(thrown);
    modelProblem.value = error === null ? null : { error, repository };
  }
  // A download that was paused or failed can be resumed.
  pausedDownloads.value = await call('listDownloads', {}).catch(() => []);
  downloadJob.value = null;
  end();
  void refreshStorage();
}

/** Deletes a running or paused download. */
export async function discardDownload(repository: string): Promise<void> {
  if (downloadJob.value?.repository === repository) await downloadJob.value.pause();
  modelProblem.value = null;
  try {
    await call('deleteDownload', { repository });
  } catch (thrown) {
    const error = localError(thrown);
    modelProblem.value = error === null ? null : { error, repository: null };
  }
  pausedDownloads.value = pausedDownloads.value.filter((each) => each.repository !== repository);
  void refreshStorage();
}

/** Adds a model from files on this computer, and chooses it. */
export async function importModel(files: readonly ModelImportFile[]): Promise<void> {
  const name = files[0]?.path.split('/')[0];
  if (name === undefined || modelImportJob.value !== null) return;
  modelProblem.value = null;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  modelImportJob.value = { name, progress: null, cancel };
  try {
    const { signal } = controller;
    const onProgress = (progress: ModelImportProgress) => {
      modelImportJob.value = { name, progress, cancel };
    };
    const model = await call('importBaseModel', { files }, { signal, onProgress });
    add(model);
    announce(texts.modelIsHere(model.name));
  } catch (thrown) {
    const error = localError(thrown);
    modelProblem.value = error === null ? null : { error, repository: null };
  }
  modelImportJob.value = null;
  void refreshStorage();
}

function add(model: BaseModelSummary): void {
  baseModels.value = [...baseModels.value.filter(({ id }) => id !== model.id), model];
  chooseModel(model);
}

export async function deleteModel(model: BaseModelSummary): Promise<void> {
  modelProblem.value = null;
  try {
    await call('deleteBaseModel', { modelId: model.id });
    if (baseModelId.value === model.id) baseModelId.value = STARTER_ID;
    baseModels.value = baseModels.value.filter(({ id }) => id !== model.id);
    announce(texts.modelDeleted(model.name));
  } catch (thrown) {
    const error = toErrorData(thrown);
    modelProblem.value = { error, repository: null };
  }
  void refreshStorage();
}
