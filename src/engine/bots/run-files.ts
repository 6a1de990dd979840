/** Exports the records of runs as files for people and other tools, and imports them again. */

import { eventFile } from '../../bots/event-file.ts';
import {
  MAX_RUN_FILE_BYTES,
  parseRunFiles,
  type RunFile,
  runFile,
  writeRunFiles,
} from '../../bots/run-file.ts';
import { metricsTable, runsTable } from '../../bots/run-tables.ts';
import { WANDB_SCRIPT, WANDB_SCRIPT_FILE } from '../../bots/wandb-script.ts';
import { type FolderFile, textFile, writeZip } from '../../bots/write-zip.ts';
import { mynahError } from '../../core/errors.ts';
import { fileStem } from '../../domain/file-stem.ts';
import type { ImportedRuns, RunFileKind } from '../../protocol/bots.ts';
import type { Handlers } from '../../protocol/serve.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { listRuns, putRecordsOnly } from '../../storage/runs.ts';
import { runSummary } from '../../storage/run-summary.ts';
import type { EngineContext } from '../runtime/context.ts';

export function runFileHandlers(
  context: EngineContext,
): Pick<Handlers, 'exportRunFiles' | 'importRunFile'> {
  return {
    exportRunFiles: async ({ runIds, kind }) => {
      const stored = await listRuns(await context.storage());
      const wanted = runIds.map((id) => {
        const run = stored.find((each) => each.id === id);
        if (run === undefined) throw mynahError('not-found', { what: 'run', id });
        return runFile(runSummary(run));
      });
      return { file: await fileOf(wanted, kind) };
    },
    importRunFile: async ({ file }): Promise<ImportedRuns> => {
      const records = parseRunFiles(await readText(file), file.name).map(recordOnly);
      const storage = await context.storage();
      const stored = await putRecordsOnly(storage, records);
      const imported = records.filter(({ id }) => stored.has(id)).map(runSummary);
      return { imported, known: records.length - imported.length };
    },
  };
}

async function fileOf(runs: readonly RunFile[], kind: RunFileKind): Promise<Blob> {
  const json = writeRunFiles(runs);
  switch (kind) {
    case 'json':
      return new Blob([json], { type: 'application/json' });
    case 'csv':
      return zipOf([
        textFile('runs.csv', runsTable(runs)),
        textFile('metrics.csv', metricsTable(runs)),
      ]);
    case 'wandb':
      return zipOf([textFile('runs.json', json), textFile(WANDB_SCRIPT_FILE, WANDB_SCRIPT)]);
    case 'tensorboard':
      return zipOf(runs.map((run) => folderFile(eventFileName(run), eventFile(run))));
  }
}

/** TensorBoard calls a run by its folder, and takes files with `tfevents` in their names. */
function eventFileName({ id, name, createdAt }: RunFile): string {
  const seconds = Math.max(0, Math.floor(createdAt / 1000));
  return `${fileStem(name, 'run')}-${id.slice(0, 8)}/events.out.tfevents.${seconds}.mynah`;
}

function folderFile(name: string, content: Uint8Array<ArrayBuffer>): FolderFile {
  return { name, byteLength: content.byteLength, content };
}

async function zipOf(files: readonly FolderFile[]): Promise<Blob> {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>>();
  const [blob] = await Promise.all([new Response(readable).blob(), writeZip(writable, files)]);
  return new Blob([blob], { type: 'application/zip' });
}

async function readText(file: File): Promise<string> {
  const { name } = file;
  if (file.size > MAX_RUN_FILE_BYTES) {
    throw mynahError('run-file-unreadable', { file: name, reason: 'too-large' });
  }
  try {
    return await file.text();
  } catch (error) {
    throw mynahError('run-file-unreadable', { file: name, reason: 'unreadable' }, error);
  }
}

/** A run that was trained elsewhere: there is nothing to write with and nothing to learn on. */
function recordOnly(run: RunFile): RunRecord {
  const { format: _format, checkpoints: _checkpoints, status, ...shared } = run;
  return {
    ...shared,
    // What was interrupted there isn't running here.
    status: status === 'finished' ? 'finished' : 'paused',
    baseModelId: '',
    modelId: '',
    datasetId: run.dataset.id,
    ...{ checkpointId: null, checkpointBytes: 0, snapshotId: null, best: null, history: [] },
    ...{ writesWith: null, deletedAt: null, kernelShapes: null, isRecordOnly: true },
  };
}
