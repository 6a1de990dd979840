/** Trains the ready-made bot: the starter on the sample's tweets, in Node on WebAssembly. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { buildDataset, type Dataset } from '../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../src/archive/opening/open.ts';
import { readTweets } from '../../src/archive/read-tweets.ts';
import type { ModelFiles } from '../../src/bots/model-files.ts';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import { must } from '../../src/core/assert.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import type { Preset } from '../../src/domain/training-options.ts';
import type { GPT2Config } from '../../src/model/config.ts';
import type { GPT2 } from '../../src/model/gpt2.ts';
import { loadModel } from '../../src/model/load.ts';
import { readPieces } from '../../src/model/tensor-source.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { waysToTrain } from '../../src/planning/ways-to-train.ts';
import type { MetricPoint } from '../../src/protocol/training.ts';
import type { TextTokenizer } from '../../src/tokenizer/tokenizer.ts';
import { type TrainingData, trainingData } from '../../src/train/batches.ts';
import { oneAccount } from '../../src/train/documents.ts';
import { hasStoppedLearning } from '../../src/train/early-stopping.ts';
import { settleWeights, type StoredValues } from '../../src/train/mixing.ts';
import { createRecipe, recipeDefaults, validationShare } from '../../src/train/recipe.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { fileReader } from '../parity/safetensors-file.ts';
import { tfjsOn } from '../support/node-backends.ts';

const STARTER = 'public/models/starter';
const SAMPLE = 'public/sample/mynah-sample.zip';

export interface ReadyRecipe {
  readonly preset: Preset;
  readonly seed: number;
}

/** What the bot learns from, and the model that it begins as. */
export interface Beginning {
  readonly files: ModelFiles;
  readonly config: GPT2Config;
  readonly tokenizer: TextTokenizer;
  readonly tokenizerJson: unknown;
  readonly dataset: Dataset;
  readonly archiveFiles: readonly string[];
  readonly data: TrainingData;
  /** The bytes of the held-out tweets. */
  readonly heldOutBytes: number;
  readonly recipe: Recipe;
}

export interface TrainedBot extends Beginning {
  /** Of the weights that were kept, by the names of `model/weights.ts`. */
  readonly values: ReadonlyMap<string, Float32Array>;
  readonly points: readonly MetricPoint[];
  readonly completedSteps: number;
  readonly trainedShare: number;
}

export async function beginReadyBot({ preset, seed }: ReadyRecipe): Promise<Beginning> {
  const names = readdirSync(STARTER).filter((name) => /\.(json|safetensors)$/.test(name));
  const files = new Map(names.map((name) => [name, fileReader(`${STARTER}/${name}`)]));
  const { config, tokenizer, tokenizerJson } = await readDescription(files);
  const archive = new File([readFileSync(SAMPLE)], basename(SAMPLE));
  const read = await readTweets(await openArchive([archive]));
  const dataset = await buildDataset(read);
  const texts = new Map<Int32Array, string>();
  for (const text of dataset.documents) texts.set(Int32Array.from(tokenizer.encode(text)), text);
  const share = validationShare(texts.size);
  const split = { validationShare: share, seed };
  const data = trainingData(oneAccount([...texts.keys()]), config.endOfTextId, split);
  const { blockLength, tokensPerStep } = recipeDefaults(preset, config);
  const made = createRecipe({
    ...{ config, preset, seed, overrides: {}, validationShare: share },
    way: must(waysToTrain(config, preset, {})[0], 'a way to train'),
    shape: { blockLength, microBatch: tokensPerStep / blockLength, accumulation: 1 },
    epochTokens: data.stream.epochTokens,
  });
  return {
    ...{ files, config, tokenizer, tokenizerJson, dataset, data },
    archiveFiles: read.files,
    heldOutBytes: data.heldOut.reduce(
      (sum, ids) => sum + Buffer.byteLength(must(texts.get(ids), 'text')),
      0,
    ),
    // All held-out tweets are scored each time, because they decide what is kept.
    recipe: { ...made, validationBlocks: data.heldOut.length },
  };
}

/** WebAssembly with one thread, which computes the same bits on every machine. */
export async function nodeOps(): Promise<Ops> {
  await tfjsOn('wasm', null);
  return new PortableOps();
}

/** The mean cross-entropy in nats of a token of the held-out tweets. */
export async function heldOutLoss(ops: Ops, model: GPT2, begun: Beginning): Promise<number> {
  const trainer = new Trainer(ops, model, begun.recipe, begun.data);
  const loss = must(await trainer.validationLoss(), 'held-out tweets');
  trainer.dispose();
  return loss;
}

/** Trains as the engine does (`engine/training/run-loop.ts`), without checkpoints. */
export async function trainReadyBot(ops: Ops, begun: Beginning): Promise<TrainedBot> {
  const { files, config, recipe, data } = begun;
  const stored = await openParameters(files, config);
  const model = await loadModel(ops, config, stored);
  const trainer = new Trainer(ops, model, recipe, data);
  const { points, best } = await train(ops, trainer, recipe);
  const base: StoredValues = async function* (name) {
    const source = must(stored.parameters.get(name), name);
    for await (const { values } of readPieces(source)) yield values;
  };
  const { share } = await settleWeights(ops, trainer, {
    trained: best.values,
    base,
    validationLoss: best.loss,
  });
  const values = await valuesOf(ops, model);
  return { ...begun, values, points, completedSteps: best.step, trainedShare: share };
}

/** The weights of the step with the lowest loss on held-out tweets. */
interface Best {
  readonly step: number;
  readonly loss: number;
  readonly values: StoredValues;
}

async function train(ops: Ops, trainer: Trainer, recipe: Recipe) {
  const points: MetricPoint[] = [];
  let best: Best | null = null;
  const note = (point: MetricPoint | null) => {
    if (point !== null) points.push(point);
  };
  while (!trainer.isFinished) {
    note(await trainer.step());
    if (!trainer.isEvaluationDue) continue;
    note(await trainer.settle());
    const loss = must(await trainer.validationLoss(), 'held-out tweets');
    const last = must(points.pop(), 'a point');
    points.push({ ...last, validationLoss: loss });
    console.error(`step ${last.step} of ${recipe.totalSteps}: held-out loss ${loss.toFixed(4)}`);
    if (best === null || loss < best.loss) {
      const values = await valuesOf(ops, trainer.model);
      best = { step: last.step, loss, values: stored(values) };
    }
    if (hasStoppedLearning(points, recipe.startStep, recipe.patience)) break;
  }
  return { points, best: must(best, 'an evaluation') };
}

async function valuesOf(ops: Ops, model: GPT2): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of model.trainable) {
    values.set(name, Float32Array.from(await ops.read(tensor)));
  }
  return values;
}

function stored(values: ReadonlyMap<string, Float32Array>): StoredValues {
  return (name) =>
    (async function* () {
      yield must(values.get(name), name);
    })();
}
