/** Downloads a base model from the Hub, checks it like any other, and adds it. */

import { downloadModel, type DownloadState } from '../../bots/download.ts';
import { STORED_MODEL_PREFIXES } from '../../domain/identifiers.ts';
import type { ModelFiles } from '../../bots/model-files.ts';
import { Speedometer } from '../../bots/speedometer.ts';
import {
  checkArrived,
  type CheckOptions,
  checkModel,
  isAsKept,
  modelFilesToStore,
} from '../../bots/store-model.ts';
import { parseHubUrl, parseRepository } from '../../domain/hub-name.ts';
import { hasCode, mynahError } from '../../core/errors.ts';
import type { ModelDownload, ModelDownloadProgress, ModelOrigin } from '../../protocol/models.ts';
import { throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import { newId, type Storage } from '../../storage/chunks.ts';
import {
  commitDownload,
  deleteDownload,
  downloadBytes,
  type DownloadRecord,
  openDownloadFile,
} from '../../storage/downloads.ts';
import { type ModelRecord, writeModel } from '../../storage/models.ts';
import type { EngineContext } from '../runtime/context.ts';
import { storedSummary } from '../runtime/model-summary.ts';

export function downloadBaseModel(context: EngineContext): Handler<'downloadBaseModel'> {
  let isBusy = false;
  return async ({ repository, hubUrl }, { signal, report }) => {
    if (isBusy) throw mynahError('busy', { reason: 'downloading' });
    isBusy = true;
    const progress = throttleProgress(report);
    const speedometer = new Speedometer();
    try {
      const storage = await context.storage();
      const name = parseRepository(repository);
      const hub = parseHubUrl(hubUrl);
      if (name === null) throw mynahError('model-download', { repository, reason: 'not-found' });
      if (hub === null) throw mynahError('model-download', { repository, reason: 'not-allowed' });
      const model = await usable(storage, name, async () => {
        const record = await downloadModel(storage, hub, name, {
          signal,
          report: (state) => progress.report(withSpeed(state, speedometer)),
          check: checkArrived,
        });
        return adopt(storage, record, {
          signal,
          onProgress: (file, bytesDone, bytesTotal) =>
            progress.report({
              phase: 'saving',
              file,
              receivedBytes: bytesDone,
              totalBytes: bytesTotal,
              bytesPerSecond: 0,
              secondsLeft: null,
            }),
        });
      });
      return await storedSummary(storage, model);
    } finally {
      isBusy = false;
      progress.flush();
    }
  };
}

/**
 * Turns a complete download into a model after checking all of it. Files in the form in which we store
 * models stay where they are. Others are rewritten, which needs the same room once more for a moment.
 */
async function adopt(
  storage: Storage,
  download: DownloadRecord,
  options: CheckOptions,
): Promise<ModelRecord> {
  const origin: ModelOrigin = {
    source: 'hub',
    repo: download.id,
    revision: download.commit ?? 'main',
  };
  const model = { id: `${STORED_MODEL_PREFIXES.hub}${newId()}`, name: download.id, origin };
  const files: ModelFiles = new Map(
    download.files.map((file) => [file.name, openDownloadFile(storage, download.id, file)]),
  );
  const isKept = isAsKept([...files.keys()]) && !(await checkModel(files, options)).isUntied;
  if (!isKept) {
    const { signal } = options;
    const kept = await modelFilesToStore(files, options);
    const record = await writeModel(storage, model, kept, { signal });
    await deleteDownload(storage, download.id);
    return record;
  }
  const record: ModelRecord = {
    ...model,
    createdAt: Date.now(),
    files: download.files.map(({ name, blob }) => ({ name, blob })),
  };
  await commitDownload(storage, download.id, record);
  return record;
}

/**
 * Deletes what was downloaded of a model that we can't use, because a second download would be the same. A
 * damaged file is damaged on the Hub too, because its hash was compared with the Hub's.
 */
async function usable<T>(storage: Storage, repository: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (
      hasCode(error, 'unsupported', 'model-corrupt', 'model-file-missing', 'tokenizer-mismatch')
    ) {
      await deleteDownload(storage, repository);
    }
    if (!hasCode(error, 'model-corrupt')) throw error;
    throw mynahError('model-corrupt', { ...error.data.details, repository }, error);
  }
}

function withSpeed(state: DownloadState, speedometer: Speedometer): ModelDownloadProgress {
  const { phase, receivedBytes, totalBytes } = state;
  const bytesPerSecond =
    phase === 'downloading' ? speedometer.measure(receivedBytes, performance.now()) : 0;
  const missing = totalBytes === null ? null : totalBytes - receivedBytes;
  const secondsLeft = missing === null || bytesPerSecond === 0 ? null : missing / bytesPerSecond;
  return { ...state, bytesPerSecond, secondsLeft };
}

export function downloadSummary(record: DownloadRecord): ModelDownload {
  const { id, hubUrl, updatedAt } = record;
  return { repository: id, hubUrl, updatedAt, ...downloadBytes(record) };
}
