/** Implements the protocol on everything below. Owns the one live model. */

import type { WasmPaths } from '../gpu/backend.ts';
import type { Handlers } from '../protocol/serve.ts';
import { listDatasets } from '../storage/datasets.ts';
import { deleteDownload, listDownloads } from '../storage/downloads.ts';
import { storageInfo } from '../storage/quota.ts';
import { notePassed, passOf } from '../storage/passed-tests.ts';
import {
  deleteBaseModel,
  estimateNeedsOf,
  importBaseModel,
  listBaseModels,
} from './models/base-models.ts';
import { browseTweets, exportDataset } from './datasets/browse.ts';
import { EngineContext } from './runtime/context.ts';
import { deviceReport } from './runtime/device-report.ts';
import { DatasetDesk } from './datasets/dataset-desk.ts';
import { TokenCache } from './datasets/texts.ts';
import {
  cleanDataset,
  deleteDataset,
  importTweets,
  joinDatasets,
  overrideTweets,
} from './datasets/import-tweets.ts';
import { downloadBaseModel, downloadSummary } from './models/download-model.ts';
import { exportRun } from './bots/export-bot.ts';
import { prepareWriting } from './writing/prepare-writing.ts';
import { generate } from './writing/write-tweets.ts';
import { certaintyHandlers } from './writing/certainty.ts';
import { quizHandlers } from './writing/quiz.ts';
import { writtenHandlers } from './writing/written.ts';
import { datasetFacts, datasetPlots } from './datasets/facts.ts';
import { importBot } from './bots/import-bot.ts';
import { openReadyBot } from './bots/ready-bot.ts';
import { deleteModelsOfGoneBots, libraryHandlers } from './bots/library.ts';
import { runFileHandlers } from './bots/run-files.ts';
import { openBase } from './runtime/live-models.ts';
import { Runtime } from './runtime/runtime.ts';
import { Training } from './training/train.ts';

export interface EngineOptions {
  readonly wasmPaths: WasmPaths;
  /** Where the page is served from. */
  readonly site: URL;
}

/** The compiler of the kernels comes with the browser. */
const testKey = (identity: string) => `${navigator.userAgent} ${identity}`;

export function createEngine({ wasmPaths, site }: EngineOptions): Handlers {
  const runtime = new Runtime(wasmPaths, {
    find: async (identity) => passOf(await context.storage(), testKey(identity)),
    add: async (identity, report) => notePassed(await context.storage(), testKey(identity), report),
  });
  const context: EngineContext = new EngineContext(runtime, site);
  const desk = new DatasetDesk(context);
  const tokens = new TokenCache();
  const training = new Training(context, desk, tokens);
  return {
    start: async ({ backend }) => {
      // The store first: a second tab should hear so before anything is put on the GPU.
      await deleteModelsOfGoneBots(context);
      return { ...(await context.select(backend)), ...(await context.keeping()) };
    },
    watchStatus: (_, { signal, report }) => {
      runtime.onStatus = report;
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve({})));
    },
    importTweets: importTweets(context, desk),
    listDatasets: async () => listDatasets(await context.storage()),
    browseTweets: browseTweets(desk),
    cleanDataset: cleanDataset(desk),
    overrideTweets: overrideTweets(desk),
    datasetFacts: datasetFacts(desk),
    datasetPlots: datasetPlots(
      desk,
      async (id, signal) => (await openBase(context, id, signal)).tokenizer,
    ),
    exportDataset: exportDataset(desk),
    joinDatasets: joinDatasets(context, desk, tokens),
    deleteDataset: deleteDataset(context, desk, tokens),
    listBaseModels: listBaseModels(context),
    estimateNeeds: estimateNeedsOf(context),
    importBaseModel: importBaseModel(context),
    deleteBaseModel: deleteBaseModel(context),
    downloadBaseModel: downloadBaseModel(context),
    listDownloads: async () => (await listDownloads(await context.storage())).map(downloadSummary),
    deleteDownload: async ({ repository }) => {
      await deleteDownload(await context.storage(), repository);
      return {};
    },
    planTraining: training.plan,
    train: training.train,
    stopTraining: training.stop,
    saveSoon: training.saveSoon,
    restBetweenSteps: training.restBetweenSteps,
    ...libraryHandlers(context),
    importBot: importBot(context, desk),
    openReadyBot: openReadyBot(context),
    exportRun: exportRun(context),
    ...runFileHandlers(context),
    prepareWriting: prepareWriting(context),
    generate: generate(context),
    ...writtenHandlers(context),
    ...certaintyHandlers(context),
    ...quizHandlers(context, tokens),
    storageInfo: () => storageInfo(),
    deviceReport: () => deviceReport(runtime),
  };
}
