/**
 * `npm run bench -- quality [--archive FILE] [--held-out FILE] [--model DIR] [--preset NAME] [--mode full|lora]
 *   [--epochs N] [--rate N] [--tokens-per-step N] [--block N] [--dropout N] [--decay N] [--warmup N] [--rank N] [--targets usual|all]
 *   [--replies trained|prompted] [--backend webgpu|wasm|pytorch] [--seed N] [--split N] [--grid "NAME=N,N;NAME=N,N"] [--losses N] [--json]`:
 * how good a bot a recipe makes. A line of JSON before training, after each pass, and after 1, 5 and 15 minutes
 * of training has the bits per byte of held-out tweets: every eighth of the archive's, or the texts of FILE (a
 * JSON list), each scored on its own from end-of-text to end-of-text. If some of them answer others, there are as well
 * the bits per byte of those that answer nothing, and of the answers on their own and after what they answer;
 * `--replies trained` trains with answers after what they answer, as the page does. The last line is of the best mixture with
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
import { REPLY_SEPARATOR } from '../../src/domain/tweet-text.ts';
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
  type Answers,
  oneAccount,
  readAfterAnswered,
  splitDocuments,
} from '../../src/train/documents.ts';
import { packedLength } from '../../src/train/packing.ts';
import { TrainingStream } from '../../src/train/training-stream.ts';
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
  /** What is trained on, as it is read. */
  readonly training: readonly Int32Array[];
  readonly heldOut: readonly Int32Array[];
  readonly heldOutBytes: number;
  /** Sets of held-out texts that are scored as well, by name. */
  readonly parts: Readonly<Record<string, readonly Int32Array[]>>;
}

/** The texts of an archive, each once. */
interface Documents {
  readonly texts: readonly string[];
  readonly documents: readonly Int32Array[];
  readonly answers: Answers;
}

interface Scores {
  readonly loss: number;
  /** Bits per byte of the parts of the held-out texts. */
  readonly parts?: Readonly<Record<string, number>>;
}

interface Job {
  readonly options: QualityOptions;
  readonly files: ModelFiles;
  readonly config: GPT2Config;
  readonly texts: Texts;
  readonly stream: TrainingStream;
  readonly recipe: Recipe;
  /** Prints the loss of a held-out token. */
  readonly tell: (step: number, minutes: number, scores: Scores, share?: number) => void;
  /** The steps after which a pass is complete. */
  readonly passEnds: ReadonlySet<number>;
}

export async function benchQuality(args: readonly string[]): Promise<void> {
  const options = parseQualityOptions(args);
  const names = readdirSync(options.model).filter((name) => /\.(json|safetensors|bin)$/.test(name));
  const files = new Map(names.map((name) => [name, fileReader(`${options.model}/${name}`)]));
  const { config, tokenizer } = await readDescription(files);
  const encode = (text: string) => Int32Array.from(tokenizer.encode(text));
  const documents = await readDocuments(options.archive, encode);
  const separator = encode(REPLY_SEPARATOR);
  const byteLength = (id: number) => tokenizer.byteLength(id);
  for (const changes of options.runs) {
    const texts =
      options.heldOut === undefined
        ? splitTexts(documents, changes.split ?? 1, separator, options.replies === 'trained')
        : heldOutTexts(documents, readList(options.heldOut), encode);
    const job = jobOf(options, changes, files, config, texts);
    if (options.backend === 'pytorch') await runInPyTorch(job);
    else await run(job, byteLength);
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
    replyContext: options.replies === 'trained',
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
  const tell: Job['tell'] = (step, minutes, { loss, parts }, share) =>
    console.log(
      JSON.stringify({
        ...{ bench: 'quality', backend: options.backend, archive: basename(options.archive) },
        ...{ preset, seed, split: changes.split ?? 1 },
        pass: Math.round((100 * step * tokensPerStep(recipe)) / epochTokens) / 100,
        minutes,
        bits_per_byte: (loss * heldOutTokens) / Math.LN2 / texts.heldOutBytes,
        ...parts,
        ...(share === undefined ? {} : { trained_share: share }),
        ...{ trained: texts.training.length, held_out: texts.heldOut.length, recipe },
      }),
    );
  return { options, files, config, texts, stream, recipe, tell, passEnds };
}

async function run(
  { options, files, config, texts, stream, recipe, tell, passEnds }: Job,
  byteLength: (id: number) => number,
) {
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
  const partScorers = Object.entries(texts.parts).map(
    ([name, heldOut]) =>
      [name, new Trainer(ops, model, scoring, { stream, heldOut, byteLength })] as const,
  );
  const score = async (): Promise<Scores> => {
    const parts: Record<string, number> = {};
    for (const [name, of] of partScorers)
      parts[`${name}_bits_per_byte`] = must(of.bitsPerByte(await of.validationLoss()), name);
    return { loss: must(await scorer.validationLoss(), 'held-out tweets'), parts };
  };
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
  let scores = await score();
  tell(0, 0, scores);
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
    scores = await score();
    tell(trainer.completedSteps, trainedMs / 60_000, scores);
  }
  if (recipe.mixesWithBase) {
    const base: StoredValues =
      mode.kind === 'lora'
        ? adapterBase(new Map([...model.trainable].map(([name, { shape }]) => [name, shape])))
        : async function* (name) {
            const source = must(stored.parameters.get(name), name);
            for await (const { values } of readPieces(source)) yield values;
          };
    const { loss } = scores;
    const settled = await settleWeights(ops, scorer, { trained: null, base, validationLoss: loss });
    tell(recipe.totalSteps, trainedMs / 60_000, await score(), settled.share);
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
      if (mixture === undefined) tell(step, minutes, { loss });
      else tell(step, minutes, mixture, mixture.share);
    },
  );
}

function splitTexts(
  { texts, ...account }: Documents,
  seed: number,
  separator: Int32Array,
  withContext: boolean,
): Texts {
  const split = splitDocuments(account, { validationShare: HELD_OUT_SHARE, seed });
  const alone = (i: number) => must(account.documents[i], 'a document');
  const afterAnswered = (i: number) => readAfterAnswered(account, i, separator);
  const { training, validation } = split;
  const answers = validation.filter((i) => account.answers.has(i));
  const others = validation.filter((i) => !account.answers.has(i));
  return {
    training: training.map(withContext ? afterAnswered : alone),
    heldOut: validation.map(alone),
    heldOutBytes: bytesOf(validation.map((i) => must(texts[i], 'a text'))),
    parts:
      answers.length === 0
        ? {}
        : {
            others: others.map(alone),
            answers_alone: answers.map(alone),
            answers_after_answered: answers.map(afterAnswered),
          },
  };
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** The texts of a list are scored, and all others are trained on. */
function heldOutTexts(
  { texts, documents }: Documents,
  list: readonly string[],
  encode: (text: string) => Int32Array,
): Texts {
  const chosen = new Set(list);
  return {
    training: documents.filter((_, i) => !chosen.has(must(texts[i], 'a text'))),
    heldOut: list.map(encode),
    heldOutBytes: bytesOf(list),
    parts: {},
  };
}

function readList(path: string): readonly string[] {
  return arrayOf(parseString)(JSON.parse(readFileSync(path, 'utf8')) as unknown, path);
}

async function readDocuments(
  path: string,
  encode: (text: string) => Int32Array,
): Promise<Documents> {
  const file = new File([readFileSync(path)], basename(path));
  const read = await readTweets(await openArchive([file]));
  const { cleaned } = await buildDataset(read, { options: HUGGINGTWEETS });
  const places = new Map<string, number>();
  for (const { text } of cleaned.documents) if (!places.has(text)) places.set(text, places.size);
  const answers = new Map<number, number>();
  for (const { text, answered } of cleaned.documents) {
    const [place, other] = [text, cleaned.documents[answered]?.text ?? ''].map((of) =>
      places.get(of),
    );
    if (place !== undefined && other !== undefined && other < place) answers.set(place, other);
  }
  const texts = [...places.keys()];
  return { texts, documents: texts.map(encode), answers };
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
