/**
 * `npm run bench -- quality [--archive FILE] [--model DIR] [--preset NAME] [--epochs N] [--rate N]
 *   [--tokens-per-step N] [--block N] [--dropout N] [--backend webgpu|wasm|pytorch] [--seed N] [--split N]`:
 * how good a bot a recipe makes. A line of JSON before training and after each pass has the bits per byte of
 * held-out tweets: every eighth of the archive's, each scored on its own from end-of-text to end-of-text.
 * `--backend pytorch` trains on the very same batches in PyTorch; the variable PYTHON names an interpreter
 * with torch, transformers and numpy.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { buildDataset } from '../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../src/archive/opening/open.ts';
import { readTweets } from '../../src/archive/read-tweets.ts';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import { must } from '../../src/core/assert.ts';
import { HUGGINGTWEETS } from '../../src/domain/cleaning.ts';
import { PRESET_NAMES } from '../../src/domain/training-options.ts';
import { GpuContext } from '../../src/gpu/context.ts';
import { describeAdapter } from '../../src/gpu/device.ts';
import { loadModel } from '../../src/model/load.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { stepShape } from '../../src/planning/plan-training.ts';
import { waysToTrain } from '../../src/planning/ways-to-train.ts';
import {
  documentStarts,
  oneAccount,
  packedLength,
  splitDocuments,
  TrainingStream,
} from '../../src/train/batches.ts';
import { cosineLearningRate } from '../../src/train/learning-rate.ts';
import { createRecipe, recipeDefaults, tokensPerStep } from '../../src/train/recipe.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import { Trainer } from '../../src/train/trainer.ts';
import { requireDevice, tfjsOn } from '../support/node-backends.ts';
import { fileReader } from '../parity/safetensors-file.ts';

const HELD_OUT_SHARE = 1 / 8;

interface Result {
  readonly passes: number;
  readonly minutes: number;
  readonly bits_per_byte: number;
}

export async function benchQuality(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      archive: { type: 'string', default: 'public/sample/mynah-sample.zip' },
      model: { type: 'string', default: 'public/models/starter' },
      preset: { type: 'string', default: 'quick' },
      epochs: { type: 'string' },
      rate: { type: 'string' },
      'tokens-per-step': { type: 'string' },
      block: { type: 'string' },
      dropout: { type: 'string' },
      backend: { type: 'string', default: 'wasm' },
      seed: { type: 'string', default: '0' },
      split: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const preset = PRESET_NAMES.find((name) => name === values.preset);
  if (preset === undefined) throw new Error(`--preset ${PRESET_NAMES.join('|')}`);
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));

  const names = readdirSync(values.model).filter((name) => /\.(json|safetensors|bin)$/.test(name));
  const files = new Map(names.map((name) => [name, fileReader(`${values.model}/${name}`)]));
  const { config, tokenizer } = await readDescription(files);
  const texts = await readTexts(values.archive);
  const documents = texts.map((text) => Int32Array.from(tokenizer.encode(text)));
  const split = splitDocuments(documents, HELD_OUT_SHARE, Number(values.split));
  const heldOut = new Set(split.validation);
  const heldOutBytes = texts
    .filter((_, i) => heldOut.has(must(documents[i], 'a document')))
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const heldOutTokens = packedLength(split.validation);

  const seed = Number(values.seed);
  const overrides = {
    epochs: number(values.epochs),
    learningRate: number(values.rate),
    tokensPerStep: number(values['tokens-per-step']),
    blockLength: number(values.block),
  };
  const [usualWay] = waysToTrain(config, preset, { ...overrides, mode: 'full' });
  const usual = must(usualWay, 'a way to train');
  const way = { ...usual, dropout: number(values.dropout) ?? usual.dropout };
  const perStep = overrides.tokensPerStep ?? recipeDefaults(preset, config).tokensPerStep;
  const stream = new TrainingStream(oneAccount(split.training), config.endOfTextId, seed);
  const recipe: Recipe = {
    ...createRecipe({
      ...{ config, preset, overrides, way, seed, epochTokens: stream.epochTokens },
      shape: stepShape(Infinity, perStep, way.blockLength),
    }),
    validationBlocks: Number.MAX_SAFE_INTEGER,
  };
  const bitsPerByte = (loss: number) => (loss * heldOutTokens) / Math.LN2 / heldOutBytes;
  const tell = ({ passes, minutes, bits_per_byte }: Result) =>
    console.log(
      JSON.stringify({
        ...{ bench: 'quality', backend: values.backend, archive: basename(values.archive) },
        ...{ preset, seed, pass: passes, minutes, bits_per_byte },
        ...{ trained: split.training.length, held_out: split.validation.length, recipe },
      }),
    );
  /** The steps after which a pass is complete. */
  const passEnds = new Map<number, number>();
  for (let pass = 1; pass < recipe.epochs; pass++) {
    passEnds.set(Math.round((pass * stream.epochTokens) / tokensPerStep(recipe)), pass);
  }
  passEnds.set(recipe.totalSteps, Math.round(recipe.epochs * 100) / 100);

  if (values.backend === 'pytorch') {
    await trainInPyTorch(
      values.model,
      recipe,
      stream,
      split.validation,
      config,
      (line) => {
        const { step, loss, minutes } = line;
        const passes = step === 0 ? 0 : must(passEnds.get(step), 'the end of a pass');
        tell({ passes, minutes, bits_per_byte: bitsPerByte(loss) });
      },
      passEnds,
    );
    return;
  }
  const ops = await createOps(values.backend);
  const model = await loadModel(ops, config, await openParameters(files, config));
  // Scored one by one, whatever the recipe's attention is.
  const scoring = { ...recipe, attention: 'document', blockLength: config.blockSize } as const;
  const data = { stream, heldOut: split.validation };
  const trainer = new Trainer(ops, model, recipe, data);
  const scorer = new Trainer(ops, model, scoring, data);
  const score = async () => bitsPerByte(must(await scorer.validationLoss(), 'held-out tweets'));
  tell({ passes: 0, minutes: 0, bits_per_byte: await score() });
  let trainedMs = 0;
  while (!trainer.isFinished) {
    const startedMs = performance.now();
    await trainer.step();
    trainedMs += performance.now() - startedMs;
    const passes = passEnds.get(trainer.completedSteps);
    if (passes === undefined) continue;
    await trainer.settle();
    tell({ passes, minutes: trainedMs / 60_000, bits_per_byte: await score() });
  }
  ops.dispose();
}

async function readTexts(path: string): Promise<readonly string[]> {
  const file = new File([readFileSync(path)], basename(path));
  const read = await readTweets(await openArchive([file]));
  return (await buildDataset(read, { options: HUGGINGTWEETS })).documents;
}

async function createOps(backend: string): Promise<Ops> {
  if (backend === 'wasm') {
    await tfjsOn('wasm', null);
    return new PortableOps();
  }
  if (backend !== 'webgpu') throw new Error('--backend webgpu|wasm|pytorch');
  const { device, adapterInfo } = await requireDevice('all');
  const { isSoftware } = describeAdapter(adapterInfo);
  return new WebGPUOps(new GpuContext(device, { isSoftware }));
}

/** One line of `quality.py`. */
interface Line {
  readonly step: number;
  readonly loss: number;
  readonly minutes: number;
}

async function trainInPyTorch(
  model: string,
  recipe: Recipe,
  stream: TrainingStream,
  heldOut: readonly Int32Array[],
  { endOfTextId, blockSize }: { readonly endOfTextId: number; readonly blockSize: number },
  onLine: (line: Line) => void,
  passEnds: ReadonlyMap<number, number>,
): Promise<void> {
  if (recipe.dropout > 0) throw new Error('the masks of dropout differ: use --dropout 0');
  const { blockLength: T, totalSteps, learningRate, warmup, adamw } = recipe;
  const blocksPerStep = tokensPerStep(recipe) / T;
  const steps = Array.from({ length: totalSteps }, (_, step) => ({
    rate: cosineLearningRate(step, totalSteps, learningRate, warmup),
    blocks: Array.from({ length: blocksPerStep }, (_, b) => {
      const { ids, targets } = stream.block(step * blocksPerStep + b, T);
      const starts =
        recipe.attention === 'document'
          ? documentStarts(ids, T, endOfTextId, blockSize)
          : new Int32Array(T);
      return { ids: [...ids], targets: [...targets], starts: [...starts] };
    }),
  }));
  const job = {
    ...{ model, steps, adamw, endOfTextId, scoreAfter: [0, ...passEnds.keys()] },
    heldOut: heldOut.map((ids) => [...ids]),
  };
  const python = spawn(process.env['PYTHON'] ?? 'python3', ['tests/bench/quality.py'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  python.stdin.end(JSON.stringify(job));
  let text = '';
  python.stdout.on('data', (chunk: Buffer) => {
    const lines = (text + chunk.toString()).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) onLine(JSON.parse(line) as Line);
  });
  const [code] = (await once(python, 'close')) as [number | null];
  if (code !== 0) throw new Error(`quality.py ended with ${code}`);
}
