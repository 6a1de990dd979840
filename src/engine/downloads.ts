/** A base model from the Hub: downloaded, checked as any other, and added. */

import { downloadModel, type DownloadState } from '../bots/download.ts';
import { Speedometer } from '../bots/speedometer.ts';
import { parseHubUrl, parseRepository } from '../core/hub-name.ts';
import { mynahError } from '../core/errors.ts';
import type { ModelDownload, ModelDownloadProgress } from '../protocol/calls.ts';
import { throttleProgress } from '../protocol/progress.ts';
import type { Handler } from '../protocol/serve.ts';
import { newId, type Storage } from '../storage/chunks.ts';
import { commitDownload, downloadBytes, type DownloadRecord } from '../storage/downloads.ts';
import type { ModelRecord } from '../storage/models.ts';
import type { EngineContext } from './context.ts';
import { storedSummary } from './model-summary.ts';

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
      const record = await downloadModel(storage, hub, name, {
        signal,
        report: (state) => progress.report(withSpeed(state, speedometer)),
      });
      return await storedSummary(storage, await adopt(storage, record));
    } finally {
      isBusy = false;
      progress.flush();
    }
  };
}

/** Makes a model of a complete download. */
async function adopt(storage: Storage, download: DownloadRecord): Promise<ModelRecord> {
  const model: ModelRecord = {
    id: `hub-${newId()}`,
    name: download.id,
    origin: { source: 'hub', repo: download.id, revision: download.commit ?? 'main' },
    createdAt: Date.now(),
    files: download.files.map(({ name, blob }) => ({ name, blob })),
  };
  await commitDownload(storage, download.id, model);
  return model;
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
