/** The file of the ready-made bot: the ZIP of a model as the page exports it, with float16 weights. */

import {
  configure,
  TextReader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { dependencies, version } from '../../package.json';
import { hubFolder } from '../../src/bots/bot-folder.ts';
import { BOT_FORMAT, type BotRecord } from '../../src/bots/bot-record.ts';
import type { JsonObject } from '../../src/bots/hub-config.ts';
import { readJson } from '../../src/bots/model-files.ts';
import { memorySource } from '../../src/bots/write-safetensors.ts';
import { HUGGINGTWEETS } from '../../src/domain/cleaning.ts';
import { STARTER_NAME } from '../../src/domain/identifiers.ts';
import { parameterCount, parameterShapes } from '../../src/model/weights.ts';
import type { TrainingPlan } from '../../src/protocol/training.ts';
import type { TrainedBot } from './train.ts';

const TFJS = '@tensorflow/tfjs-backend-wasm';
/** What the page needs of an exported folder; the rest is for other programs. */
const NEEDED =
  /^(README\.md|(config|tokenizer|tokenizer_config|training_args)\.json|.*\.safetensors)$/;
/** The same bytes each time: the file's times are none of the clock's. */
const MADE_AT = new Date(2026, 10, 30, 12);
const MADE_AT_MS = Date.UTC(2026, 10, 30, 12);

export async function readyBotZip(bot: TrainedBot): Promise<Uint8Array<ArrayBuffer>> {
  const { config, tokenizer, tokenizerJson, values, files } = bot;
  const folder = hubFolder(
    {
      ...{ config, record: recordOf(bot), endOfText: tokenizer.endOfText, adapter: null },
      configJson: (await readJson(files, 'config.json')) as JsonObject,
      tokenizerJson: tokenizerJson as JsonObject,
      weights: memorySource(parameterShapes(config), values),
    },
    'F16',
  );
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    // zip.js's own deflate instead of whichever the platform has.
    ...{ level: 9, useCompressionStream: false, lastModDate: MADE_AT, extendedTimestamp: false },
  });
  for (const { name, content } of folder) {
    if (!NEEDED.test(name)) continue;
    const bytes = await joined(content);
    const isText = !name.endsWith('.safetensors');
    const reader = isText
      ? new TextReader(new TextDecoder().decode(bytes))
      : new Uint8ArrayReader(bytes);
    await writer.add(name, reader);
  }
  return new Uint8Array(await writer.close());
}

async function joined(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content;
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}

function recordOf(bot: TrainedBot): BotRecord {
  const { config, dataset, archiveFiles, recipe, points, completedSteps, trainedShare } = bot;
  const { table: _table, cleaned: _cleaned, documents: _documents, ...figures } = dataset;
  const [account] = figures.accounts;
  const { totalSteps, epochs, blockLength, microBatch, accumulation, learningRate, seed } = recipe;
  const parameters = parameterCount(config);
  // What the machine decides isn't recorded, so that every machine makes the same file.
  const plan: TrainingPlan = {
    ...{ steps: totalSteps, epochs, blockLength, microBatch, accumulation, learningRate },
    ...{ datasetTokens: bot.data.stream.epochTokens, parameters, trainedParameters: parameters },
    ...{ mode: 'full', checkpointing: false },
    ...{ tokensPerSecond: 0, estimatedSeconds: 0, estimatedBytes: 0 },
    memory: { weightBytes: 0, gradientBytes: 0, momentBytes: 0, workingBytes: 0 },
  };
  return {
    format: BOT_FORMAT,
    name: account?.displayName ?? account?.name ?? '',
    emoji: null,
    base: { name: STARTER_NAME, repo: null, revision: null },
    dataset: {
      id: 'ready-made',
      name: account?.name ?? '',
      username: account?.username ?? null,
      displayName: account?.displayName ?? null,
      avatar: null,
      files: archiveFiles,
      ...figures,
      createdAt: MADE_AT_MS,
      options: HUGGINGTWEETS,
    },
    ...{ recipe, plan, completedSteps, totalSteps, points, seed, trainedShare },
    backend: 'wasm',
    adapter: 'WebAssembly, 1 thread',
    tokensPerSecond: 0,
    versions: { mynah: version, [TFJS]: dependencies[TFJS] },
    createdAt: MADE_AT_MS,
  };
}
