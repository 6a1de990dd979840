/**
 * `npm run bench -- quality [--archive FILE] [--held-out FILE] [--model DIR] [--preset NAME] [--mode full|lora]
 *   [--epochs N] [--rate N] [--tokens-per-step N] [--block N] [--dropout N] [--decay N] [--warmup N] [--rank N] [--targets usual|all]
 *   [--backend webgpu|wasm|pytorch] [--seed N] [--split N] [--grid "NAME=N,N;NAME=N,N"] [--losses N] [--json]`:
 * how good a bot a recipe makes. A line of JSON before training, after each pass, and after 1, 5 and 15 minutes
 * of training has the bits per byte of held-out tweets: every eighth of the archive's, or the texts of FILE (a
 * JSON list), each scored on its own from end-of-text to end-of-text. The last line is of the best mixture with
 * the base model. `--backend pytorch` trains on the very same batches in PyTorch; the variable PYTHON names an
 * interpreter with torch, transformers and numpy. With `--losses N`, the one line has the losses of the first N
 * steps.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { buildDataset } from '../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../src/archive/opening/open.ts';
import { readTweets } from '../../src/archive/read-tweets.ts';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import type { ModelFiles } from '../../src/bots/model-files.ts';
import { must } from '../../src/core/assert.ts';
import { arrayOf, parseString } from '../../src/core/parse.ts';
import { HUGGINGTWEETS } from '../../src/domain/cleaning.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import { GpuContext } from '../../src/gpu/context.ts';
import { describeAdapter } from '../../src/gpu/device.ts';
import type { GPT2Config } from '../../src/model/config.ts';
import { loadModel } from '../../src/model/load.ts';
import { createAdapter, initialAdapter } from '../../src/model/lora.ts';
import { readPieces } from '../../src/model/tensor-source.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { stepShape } from '../../src/planning/plan-training.ts';
import { waysToTrain } from '../../src/planning/ways-to-train.ts';
import {
  oneAccount,
  packedLength,
  splitDocuments,
  TrainingStream,
} from '../../src/train/batches.ts';
import { adapterBase, settleWeights, type StoredValues } from '../../src/train/mixing.ts';
import { createRecipe, recipeDefaults, tokensPerStep } from '../../src/train/recipe.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { fileReader } from '../parity/safetensors-file.ts';
import { requireDevice, tfjsOn } from '../support/node-backends.ts';
import { type Changes, parseQualityOptions, type QualityOptions } from './quality-options.ts';
import { trainInPyTorch } from './quality-pytorch.ts';

const HELD_OUT_SHARE = 1 / 8;
const MINUTE_MARKS = [1, 5, 15];

/** What is trained on, and what is scored. */
interface Texts {
  readonly training: readonly Int32Array[];
  readonly heldOut: readonly Int32Array[];
  readonly heldOutBytes: number;
}

interface Job {
  readonly options: QualityOptions;
  readonly files: ModelFiles;
  readonly config: GPT2Config;
  readonly texts: Texts;
  readonly stream: TrainingStream;
  readonly recipe: Recipe;
  /** Prints the loss of a held-out token. */
  readonly tell: (step: number, minutes: number, loss: number, share?: number) => void;
  /** The steps after which a pass is complete. */
  readonly passEnds: ReadonlySet<number>;
}

export async function benchQuality(args: readonly string[]): Promise<void> {
  const options = parseQualityOptions(args);
  const names = readdirSync(options.model).filter((name) => /\.(json|safetensors|bin)$/.test(name));
  const files = new Map(names.map((name) => [name, fileReader(`${options.model}/${name}`)]));
  const { config, tokenizer } = await readDescription(files);
  const documents = new Map<string, Int32Array>();
  const encode = (text: string) => Int32Array.from(tokenizer.encode(text));
  for (const text of await readTexts(options.archive)) documents.set(text, encode(text));
  for (const changes of options.runs) {
    const texts =
      options.heldOut === undefined
        ? splitTexts(documents, changes.split ?? 1)
        : heldOutTexts(documents, readList(options.heldOut), encode);
    const job = jobOf(options, changes, files, config, texts);
    if (options.backend === 'pytorch') await runInPyTorch(job);
    else await run(job);
  }
}

function jobOf(
  options: QualityOptions,
  changes: Changes,
  files: ModelFiles,
  config: GPT2Config,
  texts: Texts,
): Job {
  const { preset, mode } = options;
  const seed = changes.seed ?? 0;
  const overrides = {
    epochs: changes.epochs,
    learningRate: changes.rate,
    tokensPerStep: changes['tokens-per-step'],
    blockLength: changes.block,
    loraRank: changes.rank,
    dropout: changes.dropout,
    weightDecay: changes.decay,
    warmup: changes.warmup,
    mode,
  };
  const usual = must(waysToTrain(config, preset, overrides)[0], 'a way to train');
  const { targets } = options;
  const way =
    usual.mode.kind === 'lora' && targets !== undefined
      ? { ...usual, mode: { ...usual.mode, targets } }
      : usual;
  const perStep = overrides.tokensPerStep ?? recipeDefaults(preset, config).tokensPerStep;
  const stream = new TrainingStream(oneAccount(texts.training), config.endOfTextId, seed);
  const { epochTokens } = stream;
  const shape = stepShape(Infinity, perStep, way.blockLength);
  const made = createRecipe({ config, preset, overrides, way, seed, epochTokens, shape });
  const recipe: Recipe = {
    ...made,
    validationBlocks: Number.MAX_SAFE_INTEGER,
  };
  const passEnds = new Set<number>();
  for (let pass = 1; pass < recipe.epochs; pass++) {
    passEnds.add(Math.round((pass * epochTokens) / tokensPerStep(recipe)));
  }
  passEnds.add(recipe.totalSteps);
  const heldOutTokens = packedLength(texts.heldOut);
  const tell: Job['tell'] = (step, minutes, loss, share) =>
    console.log(
      JSON.stringify({
        ...{ bench: 'quality', backend: options.backend, archive: basename(options.archive) },
        ...{ preset, seed, split: changes.split ?? 1 },
        pass: Math.round((100 * step * tokensPerStep(recipe)) / epochTokens) / 100,
        minutes,
        bits_per_byte: (loss * heldOutTokens) / Math.LN2 / texts.heldOutBytes,
        ...(share === undefined ? {} : { trained_share: share }),
        ...{ trained: texts.training.length, held_out: texts.heldOut.length, recipe },
      }),
    );
  return { options, files, config, texts, stream, recipe, tell, passEnds };
}

async function run({ options, files, config, texts, stream, recipe, tell, passEnds }: Job) {
  const ops = await createOps(options.backend);
  const stored = await openParameters(files, config);
  const model = await loadModel(ops, config, stored);
  const { mode } = recipe;
  if (mode.kind === 'lora') {
    const values = initialAdapter(config, mode, recipe.seed);
    model.setAdapter(createAdapter(ops, config, mode, values));
  }
  // Scored one by one, whatever the recipe's attention is.
  const scoring = { ...recipe, attention: 'document', blockLength: config.blockSize } as const;
  const data = { stream, heldOut: texts.heldOut };
  const trainer = new Trainer(ops, model, recipe, data);
  const scorer = new Trainer(ops, model, scoring, data);
  const score = async () => must(await scorer.validationLoss(), 'held-out tweets');
  if (options.losses > 0) {
    const losses: number[] = [];
    for (let step = 0; step < options.losses; step++) {
      await trainer.step();
      losses.push(must(await trainer.settle(), 'a point').loss);
    }
    console.log(JSON.stringify({ losses, recipe }));
    ops.dispose();
    return;
  }
  let loss = await score();
  tell(0, 0, loss);
  let trainedMs = 0;
  const marks = [...MINUTE_MARKS];
  while (!trainer.isFinished) {
    const startedMs = performance.now();
    await trainer.step();
    trainedMs += performance.now() - startedMs;
    const isMark = trainedMs >= (marks[0] ?? Infinity) * 60_000;
    if (isMark) marks.shift();
    if (!isMark && !passEnds.has(trainer.completedSteps)) continue;
    await trainer.settle();
    loss = await score();
    tell(trainer.completedSteps, trainedMs / 60_000, loss);
  }
  if (recipe.mixesWithBase) {
    const base: StoredValues =
      mode.kind === 'lora'
        ? adapterBase(new Map([...model.trainable].map(([name, { shape }]) => [name, shape])))
        : async function* (name) {
            const source = must(stored.parameters.get(name), name);
            for await (const { values } of readPieces(source)) yield values;
          };
    const settled = await settleWeights(ops, scorer, { trained: null, base, validationLoss: loss });
    tell(recipe.totalSteps, trainedMs / 60_000, settled.validationLoss, settled.share);
  }
  ops.dispose();
}

async function runInPyTorch({ options, config, texts, stream, recipe, tell, passEnds }: Job) {
  const { model } = options;
  const scoreAfter = [0, ...passEnds];
  const { heldOut } = texts;
  const { losses } = options;
  await trainInPyTorch(
    { model, recipe, stream, heldOut, config, scoreAfter, minuteMarks: MINUTE_MARKS, losses },
    (line) => {
      if ('losses' in line) return console.log(JSON.stringify({ ...line, recipe }));
      const { step, loss, minutes, mixture } = line;
      if (mixture === undefined) tell(step, minutes, loss);
      else tell(step, minutes, mixture.loss, mixture.share);
    },
  );
}

function splitTexts(documents: ReadonlyMap<string, Int32Array>, seed: number): Texts {
  const split = splitDocuments([...documents.values()], HELD_OUT_SHARE, seed);
  const chosen = new Set(split.validation);
  const texts = [...documents].filter(([, document]) => chosen.has(document));
  const heldOutBytes = texts.reduce((sum, [text]) => sum + Buffer.byteLength(text), 0);
  return { training: split.training, heldOut: split.validation, heldOutBytes };
}

/** The texts of a list are scored, and all others are trained on. */
function heldOutTexts(
  documents: ReadonlyMap<string, Int32Array>,
  list: readonly string[],
  encode: (text: string) => Int32Array,
): Texts {
  const chosen = new Set(list);
  return {
    training: [...documents].flatMap(([text, document]) => (chosen.has(text) ? [] : [document])),
    heldOut: list.map(encode),
    heldOutBytes: list.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  };
}

function readList(path: string): readonly string[] {
  return arrayOf(parseString)(JSON.parse(readFileSync(path, 'utf8')) as unknown, path);
}

async function readTexts(path: string): Promise<readonly string[]> {
  const file = new File([readFileSync(path)], basename(path));
  const read = await readTweets(await openArchive([file]));
  return (await buildDataset(read, { options: HUGGINGTWEETS })).documents;
}

async function createOps(backend: QualityOptions['backend']): Promise<Ops> {
  if (backend === 'wasm') {
    await tfjsOn('wasm', null);
    return new PortableOps();
  }
  const { device, adapterInfo } = await requireDevice('all');
  const { isSoftware } = describeAdapter(adapterInfo);
  return new WebGPUOps(new GpuContext(device, { isSoftware }));
}
