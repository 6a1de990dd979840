/** Exports a bot as files for other tools. Tensors are read from storage a piece at a time. */

import { BOT_FORMAT, type BotRecord } from '../../bots/bot-record.ts';
import { adapterFolder, type ExportedBot, hubFolder, type Picture } from '../../bots/bot-folder.ts';
import { ggufFolder } from '../../bots/gguf-folder.ts';
import type { JsonObject } from '../../bots/hub-config.ts';
import { readJson } from '../../bots/model-files.ts';
import { onnxFolder } from '../../bots/onnx-folder.ts';
import { mergedSource } from '../../bots/merge-adapter.ts';
import { memorySource, type WeightSource } from '../../bots/write-safetensors.ts';
import { type FolderFile, writeZip } from '../../bots/write-zip.ts';
import { must } from '../../core/assert.ts';
import { type ErrorDetails, mynahError, throwIfAborted } from '../../core/errors.ts';
import { parseOpaqueObject } from '../../core/parse.ts';
import { adapterShapes } from '../../model/lora.ts';
import { findParameters } from '../../model/find-parameters.ts';
import type { GPT2Config } from '../../model/config.ts';
import { openSafetensors } from '../../model/safetensors.ts';
import { readPieces } from '../../model/tensor-source.ts';
import { elementCount } from '../../core/shape.ts';
import { momentName } from '../../train/optimizer-state.ts';
import { parameterShapes } from '../../model/weights.ts';
import type {
  ExportChoice,
  ExportExtras,
  ExportParams,
  ExportProgress,
  ExportResult,
} from '../../protocol/bots.ts';
import { throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import type { MetricPoint } from '../../protocol/training.ts';
import { readCheckpoint } from '../../storage/read-checkpoint.ts';
import type { Storage } from '../../storage/chunks.ts';
import { type ModelRecord, openModelFile } from '../../storage/models.ts';
import { parseStored } from '../../storage/parse.ts';
import type { RunRecord } from '../../storage/run-record.ts';
import { hasMoments, writingWeights } from '../../storage/run-summary.ts';
import { detailOf, toStorageError } from '../../storage/storage-error.ts';
import {
  baseOf,
  readingStored,
  readModelFiles,
  requireModel,
  storedFiles,
} from '../runtime/open-base-model.ts';
import type { EngineContext } from '../runtime/context.ts';
import { withSteadyRun } from './steady-run.ts';

export function exportRun(context: EngineContext): Handler<'exportRun'> {
  return async (params, { signal, report }): Promise<ExportResult> => {
    const storage = await context.storage();
    const progress = throttleProgress(report);
    try {
      return await withSteadyRun(storage, params.runId, (run) =>
        writeBot(storage, run, params, signal, progress.report),
      );
    } catch (error) {
      throwIfAborted(signal);
      throw params.file === null ? await toStorageError(error) : toFileError(error);
    } finally {
      progress.flush();
    }
  };
}

const NO_EXTRAS: ExportExtras = { picture: false, optimizer: false };

/** Why a file couldn't be written, by the name of the browser's exception. */
const FILE_FAULTS: ReadonlyMap<string, ErrorDetails['file-not-writable']['reason']> = new Map([
  ['QuotaExceededError', 'full'],
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NoModificationAllowedError', 'denied'],
]);

/** Failures of the storage have codes already, so a DOMException here is about the user's file. */
function toFileError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  const reason = FILE_FAULTS.get(error.name) ?? 'failed';
  return mynahError('file-not-writable', { reason, detail: detailOf(error) }, error);
}

async function writeBot(
  storage: Storage,
  run: RunRecord,
  { choice, extras = NO_EXTRAS, file }: ExportParams,
  signal: AbortSignal,
  report: (progress: ExportProgress) => void,
): Promise<ExportResult> {
  const bot = await openBot(storage, run, extras);
  const files = filesOf(bot, choice, run.id);
  const totalBytes = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const onWritten = (writtenBytes: number) => report({ writtenBytes, totalBytes });
  const parts = new BlobParts();
  const target: WritableStream = file === null ? parts.stream() : await file.createWritable();
  await writeZip(target, files, { signal, onWritten });
  const blob = file === null ? parts.blob() : null;
  const byteLength = blob?.size ?? (await must(file, 'the file').getFile()).size;
  return { byteLength, blob };
}

function filesOf(bot: ExportedBot, choice: ExportChoice, runId: string): readonly FolderFile[] {
  if (choice.what === 'model') return hubFolder(bot, choice.dtype);
  if (choice.what === 'gguf') return ggufFolder(bot, choice.dtype);
  if (choice.what === 'onnx') return onnxFolder(bot);
  const { record, adapter, endOfText, picture } = bot;
  if (adapter === null) throw mynahError('not-found', { what: 'adapter', id: runId });
  return adapterFolder(record, adapter, endOfText, picture);
}

/** Throws `not-found`, `not-trained-yet`, `stored-data-damaged`. */
async function openBot(
  storage: Storage,
  run: RunRecord,
  extras: ExportExtras,
): Promise<ExportedBot> {
  const model = await requireModel(storage, run.modelId);
  const { config, tokenizer, tokenizerJson } = await readModelFiles(storage, run.modelId);
  const configJson = await readingStored(model, async () => {
    const value = await readJson(storedFiles(storage, model), 'config.json');
    return parseStored({ what: 'model', id: model.id }, value, parseOpaqueObject);
  });
  const files = {
    record: botRecord(run, model),
    config,
    endOfText: tokenizer.endOfText,
    // Objects that JSON.parse has returned consist of JSON values.
    configJson: configJson as JsonObject,
    tokenizerJson: tokenizerJson as JsonObject,
    picture: extras.picture ? pictureOf(run) : null,
    optimizer: null,
  };
  const writing = writingWeights(run);
  if (writing === null) throw mynahError('not-trained-yet', {});
  const base = async () => baseWeights(storage, model, config);
  if (writing.checkpointId === null) return { ...files, weights: await base(), adapter: null };
  const checkpoint = await readCheckpoint(storage, writing.checkpointId);
  async function* floats(name: string): AsyncGenerator<Float32Array> {
    for await (const { buffer } of checkpoint.tensor(name).pieces) yield new Float32Array(buffer);
  }
  const { mode } = run.recipe;
  if (mode.kind === 'full') {
    const weights = { shapes: parameterShapes(config), read: floats };
    const updates = checkpoint.manifest.completedSteps - run.recipe.startStep;
    const state = {
      ...{ updates, shapes: weights.shapes },
      read: (moment: 'm' | 'v', name: string) => floats(momentName(moment, name)),
    };
    const optimizer = extras.optimizer && hasMoments(run) ? state : null;
    return { ...files, weights, adapter: null, optimizer };
  }
  const shapes = adapterShapes(config, mode);
  const values = new Map<string, Float32Array>();
  for (const [name, shape] of shapes) {
    values.set(name, await joined(floats(name), elementCount(shape)));
  }
  return {
    ...files,
    weights: mergedSource(config, await base(), mode, values),
    adapter: { settings: mode, weights: memorySource(shapes, values), base: baseOf(model) },
  };
}

/** The picture of the account as a JPEG, which is how it is stored (`datasets/thumbnail.ts`); null if there is none. */
function pictureOf({ dataset }: RunRecord): Picture | null {
  const [, base64] = /^data:image\/jpeg;base64,(.+)$/.exec(dataset.avatar ?? '') ?? [];
  if (base64 === undefined) return null;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return { name: 'picture.jpg', bytes };
}

async function joined(pieces: AsyncIterable<Float32Array>, count: number): Promise<Float32Array> {
  const values = new Float32Array(count);
  let filled = 0;
  for await (const piece of pieces) {
    values.set(piece, filled);
    filled += piece.length;
  }
  return values;
}

/** Opens the weights of a stored model. */
async function baseWeights(
  storage: Storage,
  model: ModelRecord,
  config: GPT2Config,
): Promise<WeightSource> {
  const file = 'model.safetensors';
  const { parameters } = await readingStored(model, async () => {
    const tensors = await openSafetensors(openModelFile(storage, model, file), file);
    return findParameters(tensors, config, file);
  });
  return {
    shapes: parameterShapes(config),
    async *read(name) {
      for await (const { values } of readPieces(must(parameters.get(name), name))) yield values;
    },
  };
}

function botRecord(run: RunRecord, model: ModelRecord): BotRecord {
  // The excluded words and the picture are private, so they are not exported.
  const dataset = {
    ...run.dataset,
    options: { ...run.dataset.options, exclude: '' },
    avatar: null,
  };
  return {
    format: BOT_FORMAT,
    name: run.name,
    emoji: run.emoji,
    base: run.base ?? baseOf(model),
    dataset,
    recipe: run.recipe,
    plan: run.plan,
    ...trainingOf(run),
    seed: run.seed,
    backend: run.backend,
    adapter: run.adapter,
    tokensPerSecond: run.tokensPerSecond,
    versions: run.versions,
  };
}

/** The training of the weights that write. A version that the user chose may be older than the run. */
function trainingOf(
  run: RunRecord,
): Pick<
  BotRecord,
  'completedSteps' | 'totalSteps' | 'points' | 'trainedShare' | 'validationLoss' | 'createdAt'
> {
  const { points, history, createdAt } = run;
  const version = history.find((each) => each === writingWeights(run));
  if (version === undefined) {
    const { completedSteps, totalSteps } = run;
    const validationLoss =
      points.find(({ step }) => step === completedSteps)?.validationLoss ?? null;
    return { completedSteps, totalSteps, points, trainedShare: 1, validationLoss, createdAt };
  }
  const { completedSteps } = version;
  // A bot that only has weights counts from zero when it is trained further. What was measured then isn't of it.
  const isOfIt = ({ step, atMs = 0 }: MetricPoint) =>
    step <= completedSteps && atMs <= version.createdAt;
  return {
    completedSteps,
    totalSteps: version === history.at(-1) ? run.totalSteps : completedSteps,
    points: points.filter(isOfIt),
    trainedShare: version.trainedShare,
    validationLoss: version.validationLoss,
    createdAt: version.createdAt,
  };
}

const PART_BYTES = 16 * 2 ** 20;

/** Hands the bytes to the browser 16 MiB at a time, because browsers keep large blobs on disk. */
class BlobParts {
  private readonly blobs: Blob[] = [];
  private pieces: Uint8Array<ArrayBuffer>[] = [];
  private pendingBytes = 0;

  stream(): WritableStream<Uint8Array<ArrayBuffer>> {
    return new WritableStream({
      write: (piece) => {
        this.pieces.push(piece);
        this.pendingBytes += piece.byteLength;
        if (this.pendingBytes >= PART_BYTES) this.collect();
      },
    });
  }

  blob(): Blob {
    this.collect();
    return new Blob(this.blobs, { type: 'application/zip' });
  }

  private collect(): void {
    this.blobs.push(new Blob(this.pieces));
    this.pieces = [];
    this.pendingBytes = 0;
  }
}
