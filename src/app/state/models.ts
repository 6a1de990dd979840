/** Base models: what is here, what is on its way, and which one the next bot starts from. */
import { signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import { STARTER_ID } from '../../domain/identifiers.ts';
import type {
  BaseModelSummary,
  ModelDownload,
  ModelDownloadProgress,
  ModelImportFile,
  ModelImportProgress,
} from '../../protocol/calls.ts';
import { announce } from './announce.ts';
import { baseModels } from './base-models.ts';
import { call, localError, refreshStorage } from './engine.ts';
import { baseModelId, hubUrl } from './settings.ts';

interface DownloadJob {
  readonly repository: string;
  /** Null until the engine's first report. */
  readonly progress: ModelDownloadProgress | null;
  /** What is stored stays. Resolves when the engine has let go. */
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
/** What went wrong last, and with which repository if it was a download. */
export const modelProblem = signal<{
  readonly error: ErrorData;
  readonly repository: string | null;
} | null>(null);
/** Whether the list of models is unfolded. */
export const isChoosingModel = signal(false);

export async function refreshModels(): Promise<void> {
  const [models, downloads] = await Promise.all([
    call('listBaseModels', {}),
    call('listDownloads', {}),
  ]);
  baseModels.value = models;
  pausedDownloads.value = downloads;
}

export function chooseModel(model: BaseModelSummary): void {
  baseModelId.value = model.id;
}

/** Downloads a model, or goes on with it, and chooses it. */
export async function downloadModel(repository: string): Promise<void> {
  if (downloadJob.value !== null) return;
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
  // So much isn't to be thrown away by a browser that is short of space.
  navigator.storage?.persist().catch(() => undefined);
  try {
    const onProgress = (progress: ModelDownloadProgress) => {
      downloadJob.value = { repository, progress, pause };
    };
    const params = { repository, hubUrl: hubUrl.value };
    const model = await call('downloadBaseModel', params, { signal, onProgress });
    add(model);
    announce(`${model.name} is here.`);
  } catch (thrown) {
    const error = localError(thrown);
    modelProblem.value = error === null ? null : { error, repository };
  }
  // What is left to go on with, if anything.
  pausedDownloads.value = await call('listDownloads', {}).catch(() => []);
  downloadJob.value = null;
  end();
  void refreshStorage();
}

/** Throws away what is stored of a download, running or paused. */
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

/** Adds a model from files of this computer, and chooses it. */
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
    announce(`${model.name} is here.`);
  } catch (thrown) {
    const error = localError(thrown);
    modelProblem.value = error === null ? null : { error, repository: null };
  }
  modelImportJob.value = null;
  void refreshStorage();
}

function add(model: BaseModelSummary): void {
  baseModels.value = [...baseModels.value.filter(({ id }) => id !== model.id), model];
  baseModelId.value = model.id;
}

export async function deleteModel(model: BaseModelSummary): Promise<void> {
  modelProblem.value = null;
  try {
    await call('deleteBaseModel', { modelId: model.id });
    if (baseModelId.value === model.id) baseModelId.value = STARTER_ID;
    baseModels.value = baseModels.value.filter(({ id }) => id !== model.id);
    announce(`${model.name} deleted.`);
  } catch (thrown) {
    const error = toErrorData(thrown);
    modelProblem.value = { error, repository: null };
  }
  void refreshStorage();
}
