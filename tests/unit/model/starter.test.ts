/** The starter model that comes with the page gives the same results as in PyTorch. */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { openParameters, readDescription } from '../../../src/bots/read-model.ts';
import { type WriteOptions, writeTweets } from '../../../src/generate/write.ts';
import type { GPT2 } from '../../../src/model/gpt2.ts';
import { loadModel } from '../../../src/model/load.ts';
import { parameterCount } from '../../../src/model/weights.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { parseGolden, relativeError } from '../../support/goldens.ts';
import { readerOf } from '../../support/model-folder.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));

const files = new Map(
  ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'].map((name) => [
    name,
    readerOf(read(`public/models/starter/${name}`)),
  ]),
);
const { config, tokenizer } = await readDescription(files);

async function loadStarter(ops: PortableOps): Promise<GPT2> {
  await tf.setBackend('wasm');
  return loadModel(ops, config, await openParameters(files, config));
}

test('the logits of the starter equal those of PyTorch (float16 weights, converted to float32)', async () => {
  const ops = new PortableOps();
  const model = await loadStarter(ops);
  const golden = parseGolden(read('tests/goldens/starter-logits.safetensors'));
  const [B, T] = golden.shape('idx') as [number, number];
  const ids = Int32Array.from(golden.get('idx'));
  const { logits } = model.startDecoding({ ids, B, T }, T);
  expect(relativeError(await ops.read(logits), golden.get('logits'))).toBeLessThan(1e-4);
});

describe('generating with the starter', () => {
  const style = {
    temperature: 1,
    topK: 50,
    topP: 0.95,
    repetitionPenalty: 1,
    maxTokens: 40,
    minTokens: 10,
  };
  const write = async (ops: PortableOps, model: GPT2, options: Partial<WriteOptions>) => {
    const drafts = writeTweets(ops, model, tokenizer, {
      ...style,
      prompt: 'My dream is',
      count: 1,
      seed: 1,
      ...options,
    });
    let next = await drafts.next();
    while (!next.done) next = await drafts.next();
    return next.value.tweets;
  };

  test('the number of tensors is constant from tweet 1 to tweet 20', async () => {
    const ops = new PortableOps();
    const model = await loadStarter(ops);
    const counts = new Set<number>();
    for (let seed = 1; seed <= 20; seed++) {
      await write(ops, model, { seed, prompt: 'word '.repeat(seed) });
      counts.add(tf.memory().numTensors);
    }
    expect(counts.size).toBe(1);
  });

  test('a tweet that is generated together with others equals the tweet generated alone', async () => {
    const ops = new PortableOps();
    const model = await loadStarter(ops);
    const five = await write(ops, model, { count: 5, seed: 3 });
    expect(new Set(five).size).toBe(5);
    expect(await write(ops, model, { count: 5, seed: 3 })).toEqual(five);
    // Sequence 0 draws the same random numbers whatever the other sequences are.
    expect(await write(ops, model, { count: 1, seed: 3 })).toEqual(five.slice(0, 1));
  });

  test('a tweet has at most 280 characters and ends with a complete sentence or word', async () => {
    const ops = new PortableOps();
    const model = await loadStarter(ops);
    const prompt = 'It was a long day and I have a lot to say about it. '.repeat(5).trim();
    const tweets = await write(ops, model, { prompt, count: 5, maxTokens: 250 });
    for (const tweet of tweets) {
      expect([...tweet].length).toBeLessThanOrEqual(280);
      expect(tweet.startsWith(prompt)).toBe(true);
    }
    const whole = await write(ops, model, { prompt: '', count: 5, minTokens: 200, maxTokens: 220 });
    for (const tweet of whole) {
      expect([...tweet].length).toBeLessThanOrEqual(280);
      expect([...tweet].length).toBeGreaterThan(40);
    }
  });

  test('any start works: empty, emoji, or longer than the model can read', async () => {
    const ops = new PortableOps();
    const model = await loadStarter(ops);
    const [fromNothing] = await write(ops, model, { prompt: '' });
    expect(fromNothing).not.toBe('');
    expect((await write(ops, model, { prompt: '👩‍👩‍👧‍👦 is ' }))[0]).toMatch(/^👩‍👩‍👧‍👦 is/u);
    const long = 'word '.repeat(400);
    expect((await write(ops, model, { prompt: long }))[0]).toMatch(/^word word/);
  });
});

test('the starter has the size that the documents give', () => {
  expect(parameterCount(config)).toBe(3_505_152);
  expect(config.blockSize).toBe(256);
  expect(read('public/models/starter/model.safetensors').byteLength).toBeLessThan(16e6);
});
