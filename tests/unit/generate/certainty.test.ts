/**
 * How sure a model is of a text, and what it attended to, compared with transformers
 * (`tools/goldens/make_certainty.py`), on plain JavaScript, on WASM and on our kernels.
 */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openParameters, readDescription } from '../../../src/bots/read-model.ts';
import { must } from '../../../src/core/assert.ts';
import { attentionOf } from '../../../src/generate/attention.ts';
import { certaintyOf } from '../../../src/generate/certainty.ts';
import { piecesOf } from '../../../src/generate/pieces.ts';
import type { SamplingOptions } from '../../../src/generate/sample.ts';
import type { GPT2 } from '../../../src/model/gpt2.ts';
import { loadModel } from '../../../src/model/load.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { readerOf } from '../../support/model-folder.ts';
import type { Subject } from '../../support/numeric-suite.ts';
import { portableSubject, webgpuSubject } from '../../support/subjects.ts';

interface GoldenStep {
  readonly token: number;
  readonly rank: number;
  readonly others: readonly number[];
  /** Of the token, then of the others. */
  readonly probabilities: readonly number[];
  readonly settings: Readonly<Record<string, readonly number[]>>;
}

interface GoldenText {
  readonly text: string;
  readonly ids: readonly number[];
  readonly steps: readonly GoldenStep[];
  /** By position: [layers][heads][T]. */
  readonly attention: Readonly<Record<string, readonly (readonly (readonly number[])[])[]>>;
}

const TOLERANCE = 1e-4;
const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));
const golden = JSON.parse(read('tests/goldens/certainty.json').toString()) as {
  readonly minTokens: number;
  readonly settings: Readonly<Record<string, SamplingOptions>>;
  readonly texts: readonly GoldenText[];
};
const files = new Map(
  ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'].map((name) => [
    name,
    readerOf(read(`public/models/starter/${name}`)),
  ]),
);
const { config, tokenizer } = await readDescription(files);
const dawn = await createDawnDevice();
const neutral = { temperature: 1, topK: 0, topP: 1, repetitionPenalty: 1 };

/** The slower ones get the shorter text, with one of the settings. */
function describeCertainty(
  subject: Subject,
  start: () => Promise<unknown>,
  { isSlow = false, storesHalves = false } = {},
): void {
  const texts = isSlow ? golden.texts.slice(1) : golden.texts;
  const settings = Object.entries(golden.settings).slice(isSlow ? 1 : 0, isSlow ? 2 : 3);
  let ops: Ops;
  let model: GPT2;

  beforeAll(async () => {
    await start();
    ops = subject.createOps();
    model = await loadModel(ops, config, await openParameters(files, config));
    // The starter's numbers are float16 in its file.
    expect(storesHalves && model.storeHalves()).toBe(storesHalves);
  });

  afterAll(() => {
    model.dispose();
    expect(subject.disposeAndCountLeaks(ops)).toBe(0);
  });

  test('probabilities, ranks and runners-up are those of transformers, also after settings', async () => {
    for (const { text, ids, steps } of texts) {
      expect([...tokenizer.encode(text)]).toEqual(ids);
      for (const [name, sampling] of settings) {
        const options = { ...sampling, minTokens: golden.minTokens, runnersUp: 5 };
        const found = await certaintyOf(ops, model, tokenizer, Int32Array.from(ids), options);
        expect(found).toHaveLength(ids.length + 1);
        for (const [t, step] of steps.entries()) {
          const ours = must(found[t], 'a step');
          expect(ours.id).toBe(step.token);
          expect(ours.rank).toBe(step.rank);
          expect(ours.runnersUp.map(({ id }) => id)).toEqual(step.others);
          const chances = [ours, ...ours.runnersUp];
          const worst = (values: readonly number[], expected: readonly number[]) =>
            Math.max(...expected.map((value, i) => Math.abs(value - (values[i] ?? NaN))));
          const probabilities = chances.map(({ probability }) => probability);
          expect(worst(probabilities, step.probabilities), `${t}`).toBeLessThan(TOLERANCE);
          const drawn = chances.map(({ settingsProbability }) => settingsProbability);
          expect(worst(drawn, step.settings[name] ?? []), `${name} ${t}`).toBeLessThan(TOLERANCE);
        }
      }
    }
  });

  test('attention weights are those of transformers', async () => {
    for (const { ids, attention } of texts) {
      const whole = Int32Array.of(tokenizer.endOfTextId, ...ids);
      for (const [t, expected] of Object.entries(attention)) {
        const found = await attentionOf(ops, model, whole.subarray(0, Number(t) + 1));
        const flat = expected.flat(2);
        expect([found.layers, found.heads]).toEqual([config.nLayer, config.nHead]);
        expect(found.weights).toHaveLength(flat.length);
        const worst = Math.max(...flat.map((w, i) => Math.abs(w - (found.weights[i] ?? NaN))));
        expect(worst).toBeLessThan(TOLERANCE);
      }
    }
  });

  test('nothing stays behind, also when it is cancelled in the middle', async () => {
    const ids = Int32Array.from(must(golden.texts[1], 'a text').ids).subarray(0, 8);
    const options = { ...neutral, minTokens: 0, runnersUp: 3 };
    await certaintyOf(ops, model, tokenizer, ids, options);
    await attentionOf(ops, model, ids);
    const before = subject.usage(ops);
    for (let i = 0; i < 3; i++) {
      await certaintyOf(ops, model, tokenizer, ids, options);
      await attentionOf(ops, model, ids);
      const controller = new AbortController();
      const { signal } = controller;
      const cancelled = certaintyOf(ops, model, tokenizer, ids, { ...options, signal });
      const cancelledRow = attentionOf(ops, model, ids, signal);
      controller.abort();
      await expect(cancelled).rejects.toMatchObject({ data: { code: 'cancelled' } });
      await expect(cancelledRow).rejects.toMatchObject({ data: { code: 'cancelled' } });
    }
    expect(subject.usage(ops)).toEqual(before);
  });

  if (isSlow) return;
  test('of a text that is longer than the context, as much as fits is looked at', async () => {
    const { blockSize } = config;
    const ids = new Int32Array(blockSize + 7).fill(5);
    const options = { ...neutral, minTokens: 0, runnersUp: 1 };
    const found = await certaintyOf(ops, model, tokenizer, ids, options);
    expect(found).toHaveLength(blockSize);
    expect(found.every(({ id }) => id === 5)).toBe(true);
  });
}

describe('on WASM', () => {
  describeCertainty(portableSubject('wasm'), () => tf.setBackend('wasm'));
});

describe('on plain JavaScript', () => {
  describeCertainty(portableSubject('cpu'), () => tf.setBackend('cpu'), { isSlow: true });
});

describe('on our kernels', onlyWithDevice(dawn), () => {
  const device = () => must(dawn, 'a device').device;
  describe('for software', () => {
    describeCertainty(webgpuSubject('kernels', device, { isSoftware: true }), async () => {}, {
      isSlow: true,
    });
  });
  describe('for graphics cards, with matrices as float16', () => {
    describeCertainty(webgpuSubject('kernels', device, { isSoftware: false }), async () => {}, {
      isSlow: true,
      storesHalves: true,
    });
  });
  afterAll(() => dawn?.device.destroy());
});

test('pieces are whole characters, and together the text', () => {
  for (const { text, ids } of golden.texts) {
    const pieces = piecesOf(tokenizer, Int32Array.from(ids));
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length);
    expect(pieces.some((piece) => piece.text.includes('\uFFFD'))).toBe(false);
  }
  // A bird has more tokens than one.
  const bird = piecesOf(tokenizer, tokenizer.encode('a 🐦'));
  expect(bird.at(-1)).toMatchObject({ text: expect.stringContaining('🐦') });
  expect(bird.at(-1)?.count).toBeGreaterThan(1);
  expect(piecesOf(tokenizer, new Int32Array(0))).toEqual([]);
});
