/**
 * Trains a small GPT-2 as a whole for some steps, exports it with the state of its optimizer, and goes on for the rest
 * of the steps: `OUT/` has the export in `model/`, the tweets of every step in `model/tweets.jsonl`, and in `ours.json`
 * the losses after the export, and in `ours.safetensors` the weights in the end.
 *
 *   npx tsx tests/interop/make-optimizer.ts OUT
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { hubFolder } from '../../src/bots/bot-folder.ts';
import type { JsonObject } from '../../src/bots/hub-config.ts';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import { memorySource } from '../../src/bots/write-safetensors.ts';
import { must } from '../../src/core/assert.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import type { GPT2 } from '../../src/model/gpt2.ts';
import { hubName } from '../../src/model/find-parameters.ts';
import { loadModel } from '../../src/model/load.ts';
import { parameterShapes } from '../../src/model/weights.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import type { Tensor } from '../../src/ops/operands.ts';
import { AdamW } from '../../src/train/adamw.ts';
import { cosineLearningRate } from '../../src/train/learning-rate.ts';
import { someRecord } from '../fixtures/bot-record.ts';
import { someRecipe } from '../fixtures/recipe.ts';
import { TEN_LANGUAGES } from '../fixtures/ten-languages.ts';
import { createSafetensors, fileReader } from '../parity/safetensors-file.ts';
import { gpt2Small, randomGpt2 } from '../random-gpt2/random-gpt2.ts';
import { tfjsOn } from '../support/node-backends.ts';

const STEPS = 12;
/** The export is made after so many. */
const DONE = 6;
const TWEETS = 8;

/** Each step has all tweets, so an epoch is a step, in whatever order they are. */
function recipeOf(tokens: number): Recipe {
  return {
    ...someRecipe,
    ...{ epochs: STEPS, totalSteps: STEPS, learningRate: 3e-3, warmup: 0.25, dropout: 0 },
    ...{
      blockLength: tokens,
      microBatch: 1,
      accumulation: 1,
      validationShare: 0,
      checkpointing: false,
    },
  };
}

async function valuesOf(
  ops: Ops,
  tensors: Iterable<readonly [string, Tensor]>,
): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) values.set(name, await ops.read(tensor));
  return values;
}

/** A tweet a row, between two end tokens, padded; what follows a tweet isn't learned. */
function batchOf(tweets: readonly Int32Array[], end: number) {
  const rows = tweets.map((tweet) => Int32Array.of(end, ...tweet, end));
  const T = Math.max(...rows.map(({ length }) => length)) - 1;
  const ids = new Int32Array(rows.length * T).fill(end);
  const targets = new Int32Array(rows.length * T).fill(-100);
  for (const [b, row] of rows.entries()) {
    ids.set(row.subarray(0, -1), b * T);
    targets.set(row.subarray(1), b * T);
  }
  return {
    tokens: { ids, B: rows.length, T },
    targets,
    count: rows.flatMap((row) => [...row]).length,
  };
}

async function main([out]: readonly string[]): Promise<void> {
  if (out === undefined) throw new Error('usage: npx tsx tests/interop/make-optimizer.ts OUT');
  await tfjsOn('wasm', null);
  const ops = new PortableOps();
  mkdirSync(`${out}/base`, { recursive: true });
  mkdirSync(`${out}/model`, { recursive: true });
  for (const file of randomGpt2({
    ...gpt2Small,
    layers: 2,
    channels: 64,
    heads: 4,
    context: 128,
  })) {
    writeFileSync(`${out}/base/${file.name}`, Buffer.concat([...file.pieces()]));
  }
  const names = readdirSync(`${out}/base`);
  const files = new Map(names.map((name) => [name, fileReader(`${out}/base/${name}`)]));
  const { config, tokenizer, tokenizerJson } = await readDescription(files);
  const model: GPT2 = await loadModel(ops, config, await openParameters(files, config));
  const texts = TEN_LANGUAGES.flatMap(({ sentences }) => sentences).slice(0, TWEETS);
  const { tokens, targets, count } = batchOf(
    texts.map((text) => tokenizer.encode(text)),
    config.endOfTextId,
  );
  const recipe = recipeOf(count);
  const optimizer = new AdamW(ops, model.trainable, recipe.adamw);
  const shapes = parameterShapes(config);
  const gradients = ops.allocate(shapes);
  const step = async (): Promise<number> => {
    const rate = cosineLearningRate(
      ...([optimizer.completedSteps, STEPS, recipe.learningRate, recipe.warmup] as const),
    );
    const { loss } = model.lossAndGradients(tokens, targets, { scale: 1, into: gradients });
    await optimizer.step(gradients, rate);
    const [value = Number.NaN] = await ops.read(loss);
    loss.dispose();
    return value;
  };
  for (let i = 0; i < DONE; i++) await step();

  const state = [...optimizer.state()];
  const moments = {
    m: await valuesOf(
      ops,
      state.map(([name, { m }]) => [name, m] as const),
    ),
    v: await valuesOf(
      ops,
      state.map(([name, { v }]) => [name, v] as const),
    ),
  };
  const exported = hubFolder(
    {
      record: { ...someRecord, recipe },
      config,
      endOfText: tokenizer.endOfText,
      configJson: JSON.parse(readFileSync(`${out}/base/config.json`, 'utf8')) as JsonObject,
      tokenizerJson: tokenizerJson as JsonObject,
      weights: memorySource(shapes, await valuesOf(ops, model.trainable)),
      adapter: null,
      optimizer: {
        ...{ updates: optimizer.completedSteps, shapes },
        async *read(moment, name) {
          yield must(moments[moment].get(name), name).slice();
        },
      },
    },
    'F32',
  );
  for (const { name, content } of exported) await writeFile(`${out}/model/${name}`, content);
  const lines = texts.map((text) => `${JSON.stringify({ text })}\n`);
  writeFileSync(`${out}/model/tweets.jsonl`, lines.join(''));

  const losses: number[] = [];
  while (optimizer.completedSteps < STEPS) losses.push(await step());
  writeFileSync(`${out}/ours.json`, JSON.stringify({ done: DONE, steps: STEPS, losses }));
  const file = createSafetensors(
    `${out}/ours.safetensors`,
    new Map([...shapes].map(([name, shape]) => [hubName(name), shape])),
  );
  for (const [name, values] of await valuesOf(ops, model.trainable))
    file.write(hubName(name), values);
  file.close();
}

void main(process.argv.slice(2)).then(
  () => process.exit(0), // WebAssembly's threads would keep it alive
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
