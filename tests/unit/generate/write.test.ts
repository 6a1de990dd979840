/**
 * Writes tweets with tokens sampled on the GPU (Dawn) and on the host (WASM): both give the same tweets, and keep the
 * same promises about the drafts.
 */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openParameters, readDescription } from '../../../src/bots/read-model.ts';
import { must } from '../../../src/core/assert.ts';
import {
  type Draft,
  sequencesAtOnce,
  type WriteOptions,
  writeTweets,
} from '../../../src/generate/write.ts';
import { REPLY_SEPARATOR } from '../../../src/domain/tweet-text.ts';
import { newTries } from '../../../src/generate/new-tries.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import type { GPT2 } from '../../../src/model/gpt2.ts';
import { loadModel } from '../../../src/model/load.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { readerOf } from '../../support/model-folder.ts';

const dawn = await createDawnDevice();
const files = new Map(
  ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'].map((name) => [
    name,
    readerOf(readFileSync(new URL(`../../../public/models/starter/${name}`, import.meta.url))),
  ]),
);
const { config, tokenizer } = await readDescription(files);

interface Writer {
  readonly ops: Ops;
  readonly model: GPT2;
}

async function writerOn(ops: Ops): Promise<Writer> {
  return { ops, model: await loadModel(ops, config, await openParameters(files, config)) };
}

async function write({ ops, model }: Writer, options: Partial<WriteOptions>) {
  const drafts: Draft[] = [];
  const writing = writeTweets(ops, model, tokenizer, {
    ...{ prompt: 'My dream is', count: 3, seed: 11, maxTokens: 48, minTokens: 10 },
    ...{ temperature: 1, topK: 50, topP: 0.95, repetitionPenalty: 1.2 },
    ...options,
  });
  let next = await writing.next();
  for (; !next.done; next = await writing.next()) drafts.push(...next.value);
  return { drafts, ...next.value };
}

describe('writing tweets', onlyWithDevice(dawn), () => {
  let host: Writer;
  let device: Writer;

  beforeAll(async () => {
    await tf.setBackend('wasm');
    host = await writerOn(new PortableOps());
    const context = new GpuContext(must(dawn, 'a device').device, { isSoftware: true });
    device = await writerOn(new WebGPUOps(context));
  });

  afterAll(() => {
    host.ops.dispose();
    device.ops.dispose();
    dawn?.device.destroy();
  });

  test('a given tweet is read and never part of what is written', async () => {
    const replyTo = 'Has anyone seen my umbrella? I left it on the night train.';
    const plain = await write(host, {});
    for (const each of [host, device]) {
      const { tweets, drafts } = await write(each, { replyTo });
      for (const text of [...tweets, ...drafts.map((draft) => draft.text)]) {
        expect(text).toMatch(/^My dream is/);
        expect(text).not.toContain('umbrella? I left');
      }
      expect(tweets).not.toEqual(plain.tweets);
      // However long it is, there is room for the start and for new words.
      const long = await write(each, { replyTo: `${replyTo} `.repeat(60), count: 1 });
      expect(long.tweets[0]).toMatch(/^My dream is./);
    }
    // Without one, and with an empty one, nothing changes.
    expect((await write(host, { replyTo: '  ' })).tweets).toEqual(plain.tweets);
  });

  test('a bot that learned to answer reads the given tweet as in what it learned from', async () => {
    const replyTo = 'Has anyone seen my umbrella? I left it on the night train.';
    const given = `${replyTo}${REPLY_SEPARATOR}`;
    const free = { minTokens: 0, maxCharacters: 1000, count: 2 };
    for (const each of [host, device]) {
      const { tweets, drafts } = await write(each, { ...free, replyTo, replyContext: true });
      const maxTokens = 48 + tokenizer.encode(given).length;
      const pairs = await write(each, { ...free, maxTokens, prompt: `${given}My dream is` });
      expect(tweets.map((tweet) => given + tweet)).toEqual(pairs.tweets);
      for (const text of [...tweets, ...drafts.map((draft) => draft.text)])
        expect(text).toMatch(/^My dream is/);
      // Any other bot reads it as a text of its own.
      expect(tweets).not.toEqual((await write(each, { ...free, replyTo })).tweets);
    }
  });

  test('the cache of many long tweets is bounded, and what is written doesn’t depend on it', async () => {
    const gpt2 = { ...config, nLayer: 12, nEmbd: 768 };
    expect(sequencesAtOnce(gpt2, 512)).toBe(7);
    expect(sequencesAtOnce({ ...gpt2, nLayer: 48, nEmbd: 1600 }, 1024)).toBe(1);
    const bytesEach = 8 * config.nLayer * config.nEmbd * 48;
    for (const writer of [host, device]) {
      const whole = await write(writer, { count: 5 });
      const inGroups = await write(writer, { count: 5, maxCacheBytes: 2 * bytesEach });
      expect(inGroups.tweets).toEqual(whole.tweets);
      expect(inGroups.tokens).toBe(whole.tokens);
      const done = inGroups.drafts.filter(({ isDone }) => isDone).map(({ index }) => index);
      expect(done.sort()).toEqual([0, 1, 2, 3, 4]);
    }
  });

  test('the same seed gives the same tweets on both', async () => {
    const unusual = { minP: 0.02, typicalP: 0.9, noRepeatNgram: 2, topK: 0, seed: 14 };
    for (const options of [
      {},
      { prompt: '', seed: 12 },
      { topK: 0, topP: 0.9, seed: 13 },
      unusual,
    ]) {
      const { tweets, tokens } = await write(host, options);
      expect(await write(device, options)).toMatchObject({ tweets, tokens });
    }
  });

  test('another try in the place of a copy is what its number gives', async () => {
    const one = async (firstSequence: number) =>
      must((await write(host, { count: 1, firstSequence })).tweets[0], 'a tweet');
    const copy = await one(0);
    const other = await newTries(0, (text) => text === copy, one);
    expect(other).toEqual({ number: 2 ** 20, text: await one(2 ** 20) });
    expect(other?.text).not.toBe(copy);
    expect(await newTries(0, () => true, one)).toBeNull();
  });

  test('a tweet that reaches its last token ends with a whole word', async () => {
    for (const maxTokens of [20, 24, 28]) {
      const { tweets } = await write(host, { maxTokens, minTokens: 400, count: 4, seed: 5 });
      const { tweets: longer } = await write(host, {
        maxTokens: 60,
        minTokens: 400,
        count: 4,
        seed: 5,
      });
      for (const [i, tweet] of tweets.entries()) {
        const rest = must(longer[i], 'the longer tweet').slice(tweet.length);
        expect(rest).toMatch(/^(?![\p{L}\p{N}])/u);
      }
    }
  });

  test('a call that fails at the start leaves nothing on the device', async () => {
    class WithoutRoom extends PortableOps {
      override createSampler(): null {
        throw new Error('no room');
      }
    }
    const before = tf.memory().numTensors;
    await expect(write({ ...host, ops: new WithoutRoom() }, {})).rejects.toThrow('no room');
    expect(tf.memory().numTensors).toBe(before);
  });

  test('bytes that don’t become a character are not part of a tweet (seeds 0 to 3)', async () => {
    const hot = { temperature: 3, topK: 0, topP: 1, minTokens: 40, maxTokens: 40, count: 8 };
    for (const writer of [host, device]) {
      for (let seed = 0; seed < 4; seed++) {
        const { tweets, drafts } = await write(writer, { ...hot, seed });
        for (const text of [...tweets, ...drafts.map((draft) => draft.text)])
          expect(text).not.toContain('\uFFFD');
      }
    }
  });

  test('a draft only grows, shows whole emoji, and has at most 280 characters in one line', async () => {
    const prompt = '👩‍👩‍👧‍👦 is '.repeat(4).trim();
    for (const writer of [host, device]) {
      // A high temperature, so that incomplete emoji are drawn, too.
      const hot = { prompt, temperature: 3, topK: 0, topP: 1, maxTokens: 256, minTokens: 256 };
      const { drafts, tweets } = await write(writer, hot);
      const texts = tweets.map(() => prompt);
      for (const { index, text, isDone } of drafts) {
        // When it ends, a tweet that is too long loses its last words.
        if (!isDone) expect(text.startsWith(must(texts[index], 'a draft'))).toBe(true);
        expect(text).not.toContain('\uFFFD');
        texts[index] = text;
      }
      expect(texts.map((text) => text.trim())).toEqual(tweets);
      for (const tweet of tweets) {
        expect([...tweet].length).toBeLessThanOrEqual(280);
        expect(tweet).not.toContain('\n');
      }
    }
  });
});
