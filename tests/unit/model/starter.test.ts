/** The starter model that comes with the page computes what PyTorch computes from its files. */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { type WriteOptions, writeTweets } from '../../../src/generate/write.ts';
import { parseConfig } from '../../../src/model/config.ts';
import { GPT2, type Parameters } from '../../../src/model/gpt2.ts';
import { parseSafetensorsHeader } from '../../../src/model/safetensors.ts';
import { toFloat32 } from '../../../src/model/tensor-source.ts';
import { parameterCount, parameterShapes } from '../../../src/model/weights.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { TextTokenizer } from '../../../src/tokenizer/tokenizer.ts';
import { parseGolden, relativeError } from '../../support/goldens.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));

async function loadStarter(ops: PortableOps): Promise<GPT2> {
  await tf.setBackend('wasm');
  const config = parseConfig(JSON.parse(read('public/models/starter/config.json').toString()));
  const bytes = read('public/models/starter/model.safetensors');
  const { entries } = parseSafetensorsHeader(bytes, bytes.byteLength, 'model.safetensors');
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    const entry = must(entries.get(`transformer.${name}`), name);
    const data = bytes.subarray(entry.byteOffset, entry.byteOffset + entry.byteLength);
    parameters.set(name, ops.tensor(toFloat32(data, entry.dtype, name), shape));
  }
  return new GPT2(ops, config, parameters);
}

test('logits of the starter equal PyTorch (float16 weights, upcast)', async () => {
  const ops = new PortableOps();
  const model = await loadStarter(ops);
  const golden = parseGolden(read('tests/goldens/starter-logits.safetensors'));
  const [B, T] = golden.shape('idx') as [number, number];
  const ids = Int32Array.from(golden.get('idx'));
  const { logits } = model.startDecoding({ ids, B, T }, T);
  expect(relativeError(await ops.read(logits), golden.get('logits'))).toBeLessThan(1e-4);
});

describe('writing with the starter', () => {
  const json = (name: string): unknown =>
    JSON.parse(read(`public/models/starter/${name}`).toString());
  const tokenizer = new TextTokenizer(json('tokenizer.json'), json('tokenizer_config.json'));
  const style = { temperature: 1, topK: 50, topP: 0.95, maxTokens: 40, minTokens: 10 };
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

  test('the number of live tensors is flat from tweet 1 to tweet 20', async () => {
    const ops = new PortableOps();
    const model = await loadStarter(ops);
    const counts = new Set<number>();
    for (let seed = 1; seed <= 20; seed++) {
      await write(ops, model, { seed, prompt: 'word '.repeat(seed) });
      counts.add(tf.memory().numTensors);
    }
    expect(counts.size).toBe(1);
  });

  test('a tweet written in company is the tweet written alone', async () => {
    const ops = new PortableOps();
    const model = await loadStarter(ops);
    const five = await write(ops, model, { count: 5, seed: 3 });
    expect(new Set(five).size).toBe(5);
    expect(await write(ops, model, { count: 5, seed: 3 })).toEqual(five);
    // Sequence 0 draws the same numbers whoever writes beside it.
    expect(await write(ops, model, { count: 1, seed: 3 })).toEqual(five.slice(0, 1));
  });

  test('a tweet has at most 280 characters and ends at a whole sentence or word', async () => {
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

  test('any start works: none, emoji, longer than the model reads', async () => {
    const ops = new PortableOps();
    const model = await loadStarter(ops);
    const [fromNothing] = await write(ops, model, { prompt: '' });
    expect(fromNothing).not.toBe('');
    expect((await write(ops, model, { prompt: '👩‍👩‍👧‍👦 is ' }))[0]).toMatch(/^👩‍👩‍👧‍👦 is/u);
    const long = 'word '.repeat(400);
    expect((await write(ops, model, { prompt: long }))[0]).toMatch(/^word word/);
  });
});

test('the starter is of the size it is said to be', () => {
  const config = parseConfig(JSON.parse(read('public/models/starter/config.json').toString()));
  expect(parameterCount(config)).toBe(3_505_152);
  expect(config.blockSize).toBe(256);
  expect(read('public/models/starter/model.safetensors').byteLength).toBeLessThan(16e6);
});
