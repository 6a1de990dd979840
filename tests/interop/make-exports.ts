/**
 * Exports two bots with the project's own code, for the other files here to load with the tools that people use, and
 * writes what our engine computes of them: `OUT/NAME/` has `model-F32.zip`, `model-F16.zip`, `adapter.zip`, GGUFs in
 * `gguf-F32/` and so on, `onnx/`, the base model in `base/`, the logits in `ours.safetensors`, the rest in `ours.json`,
 * and tweets to train on in `tweets.jsonl`.
 *
 *   npx tsx tests/interop/make-exports.ts OUT
 */

import {
  cpSync,
  createWriteStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';
import { adapterFolder, hubFolder } from '../../src/bots/bot-folder.ts';
import { ggufFolder } from '../../src/bots/gguf-folder.ts';
import { onnxFolder } from '../../src/bots/onnx-folder.ts';
import type { JsonObject } from '../../src/bots/hub-config.ts';
import { mergedSource } from '../../src/bots/merge-adapter.ts';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import { memorySource, type WeightSource } from '../../src/bots/write-safetensors.ts';
import { type FolderFile, writeZip } from '../../src/bots/write-zip.ts';
import { must } from '../../src/core/assert.ts';
import type { LoraSettings, Recipe } from '../../src/domain/recipe.ts';
import { MIN_TWEET_TOKENS } from '../../src/domain/writing.ts';
import { drawTokens } from '../../src/generate/tokens.ts';
import { loadModel } from '../../src/model/load.ts';
import { adapterShapes, createAdapter, initialAdapter } from '../../src/model/lora.ts';
import type { GPT2 } from '../../src/model/gpt2.ts';
import { readPieces } from '../../src/model/tensor-source.ts';
import { parameterShapes } from '../../src/model/weights.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import type { BaseOfBot } from '../../src/protocol/bots.ts';
import type { TextTokenizer } from '../../src/tokenizer/tokenizer.ts';
import { AdamW, defaultAdamW } from '../../src/train/adamw.ts';
import { someRecipe } from '../fixtures/recipe.ts';
import { someRecord } from '../fixtures/bot-record.ts';
import { TEN_LANGUAGES } from '../fixtures/ten-languages.ts';
import { createSafetensors, fileReader } from '../parity/safetensors-file.ts';
import { gpt2Small, randomGpt2 } from '../random-gpt2/random-gpt2.ts';
import { tfjsOn } from '../support/node-backends.ts';
import { stringsOfAllScripts } from './all-scripts.ts';

interface Subject {
  readonly name: string;
  readonly base: BaseOfBot;
}

const subjects: readonly Subject[] = [
  { name: 'starter', base: { name: 'starter', repo: null, revision: null } },
  {
    name: 'gpt2',
    base: { name: 'gpt2', repo: 'openai-community/gpt2', revision: '0123abcd' },
  },
];

const lora: LoraSettings = {
  rank: 4,
  alpha: 8,
  dropout: 0,
  targets: ['attn.c_attn', 'mlp.c_proj'],
};
const PROMPT = 'My dream is';
const GREEDY_TOKENS = 60;
/** More than are compared, because Python may not know the newest characters. */
const STRINGS = 14_000;
const SEED = 20261130;

/** One bot is trained further as a whole, and one as the adapter that it was. */
function recipeOf({ name }: Subject): Recipe {
  const mode =
    name === 'gpt2' ? ({ kind: 'lora', isBaseHalf: false, ...lora } as const) : someRecipe.mode;
  const few = { blockLength: 32, microBatch: 2, accumulation: 2, epochs: 2, validationShare: 0.2 };
  return { ...someRecipe, ...few, mode, learningRate: 1e-3 };
}

/** A few tweets as `exportDataset` writes them. */
function writeTweets(file: string): void {
  const texts = TEN_LANGUAGES.flatMap(({ sentences }) => sentences).slice(0, 60);
  writeFileSync(file, texts.map((text) => `${JSON.stringify({ text, account: '@a' })}\n`).join(''));
}

function makeBase(name: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (name === 'starter') {
    cpSync('public/models/starter', folder, { recursive: true });
    return;
  }
  // GPT-2's tokenizer with what some models add to it; the rest is small and random.
  const small = { ...gpt2Small, layers: 2, channels: 64, heads: 4, context: 256 };
  for (const file of randomGpt2(small)) {
    writeFileSync(`${folder}/${file.name}`, Buffer.concat([...file.pieces()]));
  }
  const change = (file: string, changes: JsonObject) =>
    writeFileSync(`${folder}/${file}`, JSON.stringify({ ...readJson(folder, file), ...changes }));
  change('tokenizer.json', { normalizer: { type: 'NFC' } });
  change('tokenizer_config.json', { add_bos_token: true, clean_up_tokenization_spaces: true });
}

function readJson(folder: string, name: string): JsonObject {
  return JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as JsonObject;
}

/** Twenty steps on a few tweets, so that no matrix of the adapter is zero any more. */
async function train(ops: Ops, model: GPT2, tokenizer: TextTokenizer): Promise<void> {
  const { endOfTextId } = tokenizer;
  const texts = TEN_LANGUAGES.flatMap(({ sentences }) => sentences);
  const stream = texts.flatMap((text) => [endOfTextId, ...tokenizer.encode(text)]);
  const [B, T] = [4, 64];
  const ids = Int32Array.from(stream.slice(0, B * T));
  const targets = Int32Array.from(stream.slice(1, B * T + 1));
  const shapes = new Map([...model.trainable].map(([name, { shape }]) => [name, shape]));
  const gradients = ops.allocate(shapes);
  const optimizer = new AdamW(ops, model.trainable, defaultAdamW);
  for (let step = 0; step < 20; step++) {
    model.lossAndGradients({ ids, B, T }, targets, { scale: 1, into: gradients }).loss.dispose();
    optimizer.step(gradients, 5e-3);
  }
  optimizer.dispose();
  for (const gradient of gradients.values()) gradient.dispose();
}

/** The most likely token each time, until the bot ends its text, which it can't do before `minTokens`. */
async function writeGreedily(
  ops: Ops,
  model: GPT2,
  tokenizer: TextTokenizer,
  minTokens: number,
): Promise<number[]> {
  const { endOfTextId, vocabSize } = tokenizer;
  const ids = [endOfTextId, ...tokenizer.encode(PROMPT)];
  const rows = drawTokens(ops, model, {
    ...{ temperature: 1, topK: 1, topP: 1, repetitionPenalty: 1 },
    prompt: Int32Array.from(ids),
    ...{ count: 1, capacity: GREEDY_TOKENS, minTokens },
    ...{ endOfTextId, vocabSize, seed: 1 },
  });
  for await (const arrived of rows) {
    for (const row of arrived) ids.push(must(row.ids[0], 'the token'));
    if (ids.at(-1) === endOfTextId) break;
  }
  return ids;
}

async function writeFolder(folder: string, files: readonly FolderFile[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { name, content } of files) {
    mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
    await writeFile(`${folder}/${name}`, content);
  }
}

/** The probability of each token of a text but its first. */
async function probabilitiesOf(
  ops: Ops,
  model: GPT2,
  tokens: readonly number[],
): Promise<number[]> {
  const T = tokens.length - 1;
  const logits = model.logits({ ids: Int32Array.from(tokens.slice(0, T)), B: 1, T });
  const values = await ops.read(logits);
  logits.dispose();
  const V = values.length / T;
  return tokens.slice(1).map((token, t) => {
    const row = values.subarray(t * V, (t + 1) * V);
    const largest = row.reduce((a, b) => Math.max(a, b));
    const sum = row.reduce((total, x) => total + Math.exp(x - largest), 0);
    return Math.exp(must(row[token], 'the logit') - largest) / sum;
  });
}

function write(file: string, files: readonly FolderFile[]): Promise<void> {
  return writeZip(Writable.toWeb(createWriteStream(file)), files);
}

async function makeSubject(ops: Ops, subject: Subject, out: string): Promise<void> {
  makeBase(subject.name, `${out}/base`);
  writeTweets(`${out}/tweets.jsonl`);
  const names = readdirSync(`${out}/base`);
  const files = new Map(names.map((name) => [name, fileReader(`${out}/base/${name}`)]));
  const { config, tokenizer, tokenizerJson } = await readDescription(files);
  const opened = await openParameters(files, config);
  const model = await loadModel(ops, config, opened);
  model.setAdapter(createAdapter(ops, config, lora, initialAdapter(config, lora, 1)));
  await train(ops, model, tokenizer);

  const trained = new Map<string, Float32Array>();
  for (const [name, tensor] of model.trainable) trained.set(name, await ops.read(tensor));
  const base: WeightSource = {
    shapes: parameterShapes(config),
    async *read(name) {
      const source = must(opened.parameters.get(name), name);
      for await (const { values } of readPieces(source)) yield values;
    },
  };
  const adapter = {
    settings: lora,
    weights: memorySource(adapterShapes(config, lora), trained),
    base: subject.base,
  };
  const bot = {
    record: { ...someRecord, base: subject.base, recipe: recipeOf(subject) },
    config,
    endOfText: tokenizer.endOfText,
    configJson: readJson(`${out}/base`, 'config.json'),
    tokenizerJson: tokenizerJson as JsonObject,
    weights: mergedSource(config, base, lora, trained),
    adapter,
  };
  for (const dtype of ['F32', 'F16'] as const) {
    await write(`${out}/model-${dtype}.zip`, hubFolder(bot, dtype));
  }
  for (const type of ['F32', 'F16', 'Q8_0'] as const) {
    await writeFolder(`${out}/gguf-${type}`, ggufFolder(bot, type));
  }
  await writeFolder(`${out}/onnx`, onnxFolder(bot));
  await write(`${out}/adapter.zip`, adapterFolder(bot.record, adapter, bot.endOfText));

  const greedy = await writeGreedily(ops, model, tokenizer, MIN_TWEET_TOKENS);
  const unbounded = await writeGreedily(ops, model, tokenizer, 1);
  const T = Math.min(greedy.length, config.blockSize);
  const logits = model.logits({ ids: Int32Array.from(greedy.slice(0, T)), B: 1, T });
  const file = createSafetensors(
    `${out}/ours.safetensors`,
    new Map([['logits', [1, T, config.vocabSize]]]),
  );
  file.write('logits', await ops.read(logits));
  file.close();
  logits.dispose();
  const probabilities = await probabilitiesOf(ops, model, unbounded);
  model.dispose();
  const strings = stringsOfAllScripts(STRINGS, SEED);
  const ours = {
    greedy,
    unbounded,
    probabilities,
    context: config.blockSize,
    promptLength: 1 + tokenizer.encode(PROMPT).length,
    capacity: GREEDY_TOKENS,
    text: tokenizer.decode(greedy),
    base: subject.base,
    endOfText: tokenizer.endOfText,
    strings: strings.map((text) => ({ text, ids: [...tokenizer.encode(text)] })),
  };
  writeFileSync(`${out}/ours.json`, JSON.stringify(ours));
}

async function main([out]: readonly string[]): Promise<void> {
  if (out === undefined) throw new Error('usage: npx tsx tests/interop/make-exports.ts OUT');
  await tfjsOn('wasm', null);
  const ops = new PortableOps();
  for (const subject of subjects) await makeSubject(ops, subject, `${out}/${subject.name}`);
  ops.dispose();
}

void main(process.argv.slice(2)).then(
  () => process.exit(0), // WebAssembly's threads would keep it alive
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
