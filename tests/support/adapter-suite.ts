/**
 * Tests of LoRA and of float16 weights that run once per backend: compared with PyTorch's goldens, for
 * consistency, and over fifty steps, for full training as well.
 */

import { describe, expect, onTestFinished, test } from 'vitest';
import { must } from '../../src/core/assert.ts';
import { GPT2 } from '../../src/model/gpt2.ts';
import type { Parameters } from '../../src/model/model-weights.ts';
import { adapterShapes, createAdapter, initialAdapter } from '../../src/model/lora.ts';
import { type LoraSettings, LORA_TARGETS } from '../../src/domain/recipe.ts';
import { parameterShapes } from '../../src/model/weights.ts';
import type { Precision } from '../../src/ops/operands.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { AdamW } from '../../src/train/adamw.ts';
import type { AdamWOptions } from '../../src/domain/recipe.ts';
import { type Golden, relativeError } from './goldens.ts';
import { goldenBatch, goldenModel, readAll, type Subject } from './numeric-suite.ts';

const tolerance = 1e-4;

/** The golden of a base model, and that of an adapter on its weights. */
export interface AdapterGoldens {
  readonly base: () => Golden;
  readonly lora: () => Golden;
}

function fresh(subject: Subject): Ops {
  const ops = subject.createOps();
  onTestFinished(() => ops.dispose());
  return ops;
}

function settingsOf({ metadata }: Golden): LoraSettings {
  const { rank, alpha } = JSON.parse(metadata['lora'] ?? '{}') as { rank: number; alpha: number };
  return { rank, alpha, dropout: 0, targets: LORA_TARGETS };
}

function values(golden: Golden, settings: LoraSettings, config = golden.config) {
  const names = [...adapterShapes(config, settings).keys()];
  return new Map(names.map((name) => [name, golden.get(`a.${name}`)]));
}

/** The base model with the golden adapter; its weights are read-only and have the given precision. */
function adaptedModel(
  ops: Ops,
  base: Golden,
  lora: Golden,
  options: { readonly precision?: Precision; readonly settings?: LoraSettings } = {},
): GPT2 {
  const { precision = 'f32', settings = settingsOf(lora) } = options;
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(base.config)) {
    const data = base.get(`w.${name}`);
    parameters.set(name, ops.weight(data, shape, shape.length > 1 ? precision : 'f32'));
  }
  const model = new GPT2(ops, base.config, parameters);
  const adapter = values(lora, settings, base.config);
  model.setAdapter(createAdapter(ops, base.config, settings, adapter));
  return model;
}

function adamwOf({ metadata }: Golden): { options: AdamWOptions; learningRate: number } {
  const o = JSON.parse(metadata['optimizer'] ?? '{}') as Record<string, number>;
  const get = (key: string) => must(o[key], key);
  return {
    learningRate: get('learning_rate'),
    options: {
      beta1: get('beta1'),
      beta2: get('beta2'),
      epsilon: get('epsilon'),
      weightDecay: get('weight_decay'),
      maxGradNorm: get('max_grad_norm'),
    },
  };
}

export function describeAdapterParity(
  subject: Subject,
  goldens: Record<string, AdapterGoldens>,
  { keepsFloat32 }: { readonly keepsFloat32: boolean },
): void {
  for (const [name, { base, lora }] of Object.entries(goldens)) {
    describe(`an adapter on the ${name} GPT-2 on ${subject.name} equals PyTorch`, () => {
      const precisions: Precision[] = keepsFloat32 ? ['f32'] : ['f32', 'f16'];
      test.each(precisions)('logits, loss and every gradient on %s weights', async (precision) => {
        const prefix = precision === 'f16' ? 'half.' : '';
        const [golden, adapter] = [base(), lora()];
        const ops = fresh(subject);
        const model = adaptedModel(ops, golden, adapter, { precision });
        const { tokens, targets } = goldenBatch(golden);
        const expectClose = (actual: Float32Array, key: string) =>
          expect(relativeError(actual, adapter.get(prefix + key)), key).toBeLessThan(tolerance);
        expectClose(await ops.read(model.logits(tokens)), 'logits');
        expectClose(await ops.read(model.loss(tokens, targets)), 'loss');
        const { loss, gradients } = model.lossAndGradients(tokens, targets, { scale: 1 });
        expectClose(await ops.read(loss), 'loss');
        expect([...gradients.keys()].sort()).toEqual([...model.trainable.keys()].sort());
        for (const [key, value] of await readAll(ops, gradients)) expectClose(value, `g.${key}`);
      });

      test.each([
        { mode: 'the adapter', key: 'losses' },
        { mode: 'all parameters', key: 'full.losses' },
      ])('fifty AdamW steps of $mode: every loss is within 0.1 %', async ({ mode, key }) => {
        const [golden, adapter] = [base(), lora()];
        const ops = fresh(subject);
        const model =
          mode === 'all parameters' ? goldenModel(golden, ops) : adaptedModel(ops, golden, adapter);
        const { tokens, targets } = goldenBatch(golden);
        const { options, learningRate } = adamwOf(adapter);
        const optimizer = new AdamW(ops, model.trainable, options);
        const { gradients: into } = model.lossAndGradients(tokens, targets, { scale: 1 });
        const reads: Promise<Float32Array>[] = [];
        for (let step = 0; step < 50; step++) {
          const { loss } = model.lossAndGradients(tokens, targets, { scale: 1, into });
          reads.push(ops.read(loss));
          optimizer.step(into, learningRate);
        }
        const losses = (await Promise.all(reads)).map(([loss]) => must(loss, 'a loss'));
        const expected = adapter.get(key);
        const errors = losses.map((loss, i) => Math.abs(loss / must(expected[i], 'loss') - 1));
        expect(errors).toHaveLength(50);
        expect(Math.max(...errors)).toBeLessThan(1e-3);
      });
    });
  }
}

export function describeAdapters(subject: Subject, { base, lora }: AdapterGoldens): void {
  describe(`adapters on ${subject.name}`, () => {
    test('a merged adapter gives the same logits and leaves a model without an adapter', async () => {
      const ops = fresh(subject);
      const model = adaptedModel(ops, base(), lora());
      const { tokens } = goldenBatch(base());
      model.mergeAdapter();
      expect(model.trainable).toBe(model.parameters);
      const logits = await ops.read(model.logits(tokens));
      expect(relativeError(logits, lora().get('logits'))).toBeLessThan(tolerance);
    });

    test('decoding token by token gives the logits of one forward pass, and leaves nothing behind', async () => {
      const golden = base();
      const ops = fresh(subject);
      const model = adaptedModel(ops, golden, lora());
      const { ids, B, T } = goldenBatch(golden).tokens;
      const V = golden.config.vocabSize;
      const column = (t: number) => Int32Array.from({ length: B }, (_, b) => ids[b * T + t] ?? 0);
      const started = model.startDecoding({ ids: column(0), B, T: 1 }, T);
      let { logits } = started;
      const usages = new Set<string>();
      for (let t = 1; t < T; t++) {
        logits.dispose();
        logits = model.decode(column(t), started.state);
        // By the second token, everything that is kept for later has been made.
        if (t > 1) usages.add(JSON.stringify(subject.usage(ops)));
      }
      expect([...usages]).toHaveLength(1);
      const whole = lora().get('logits');
      const last = new Float32Array(B * V);
      for (let b = 0; b < B; b++) {
        last.set(whole.subarray((b * T + T - 1) * V, (b + 1) * T * V), b * V);
      }
      expect(relativeError(await ops.read(logits), last)).toBeLessThan(tolerance);
    });

    test('a new adapter changes nothing', async () => {
      const golden = base();
      const ops = fresh(subject);
      const settings = settingsOf(lora());
      const model = goldenModel(golden, ops);
      const initial = initialAdapter(golden.config, settings, 7);
      model.setAdapter(createAdapter(ops, golden.config, settings, initial));
      const logits = await ops.read(model.logits(goldenBatch(golden).tokens));
      expect(relativeError(logits, golden.get('logits'))).toBeLessThan(tolerance);
      for (const [name, a] of initial) {
        const bound = name.includes('lora_A') ? 1 / Math.sqrt(a.length / settings.rank) : 0;
        expect(Math.max(...a.map(Math.abs)), name).toBeLessThanOrEqual(bound);
      }
    });

    test('with a single target, where the backward pass ends early, gradients are the same', async () => {
      const golden = base();
      const { tokens, targets } = goldenBatch(golden);
      const all = settingsOf(lora());
      for (const target of LORA_TARGETS) {
        const ops = fresh(subject);
        const gradients = async (settings: LoraSettings) => {
          const model = adaptedModel(ops, golden, lora(), { settings });
          for (const [name, { shape }] of model.trainable) {
            if (!name.includes(target)) model.trainable.set(name, ops.zeros(shape));
          }
          return readAll(ops, model.lossAndGradients(tokens, targets, { scale: 1 }).gradients);
        };
        const expected = await gradients(all);
        for (const [name, value] of await gradients({ ...all, targets: [target] })) {
          expect(relativeError(value, must(expected.get(name), name)), name).toBeLessThan(1e-5);
        }
      }
    });

    test('with dropout, checkpointing changes no gradient, and accumulated halves give the whole', async () => {
      const golden = base();
      const { tokens, targets } = goldenBatch(golden);
      const ops = fresh(subject);
      const settings = { ...settingsOf(lora()), dropout: 0.2 };
      const model = adaptedModel(ops, golden, lora(), { settings });
      const dropout = { rate: 0.1, seed: 2, microStep: 9 };
      const plain = model.lossAndGradients(tokens, targets, { scale: 1, dropout });
      const expected = await readAll(ops, plain.gradients);
      const again = { scale: 1, dropout, checkpointing: true };
      expect(await readAll(ops, model.lossAndGradients(tokens, targets, again).gradients)).toEqual(
        expected,
      );
      const half = { scale: 0.5, dropout, checkpointing: true };
      const { gradients: into } = model.lossAndGradients(tokens, targets, half);
      const sum = model.lossAndGradients(tokens, targets, { ...half, into, accumulate: true });
      for (const [name, value] of await readAll(ops, sum.gradients)) {
        expect(relativeError(value, must(expected.get(name), name)), name).toBeLessThan(1e-5);
      }
    });

    test('with dropout on its input, gradients equal the slope of the loss', async () => {
      const golden = base();
      const { tokens, targets } = goldenBatch(golden);
      const ops = fresh(subject);
      const settings = { ...settingsOf(lora()), dropout: 0.3 };
      const dropout = { rate: 0, seed: 5, microStep: 1 };
      const model = adaptedModel(ops, golden, lora(), { settings });
      const { gradients } = model.lossAndGradients(tokens, targets, { scale: 1, dropout });
      // Central differences along each gradient in the first block: there the slope is the gradient's norm.
      for (const name of [...gradients.keys()].filter((key) => key.startsWith('h.0.'))) {
        const gradient = (await ops.read(must(gradients.get(name), name))).slice();
        const norm = Math.hypot(...gradient);
        const lossAt = async (distance: number) => {
          const moved = adaptedModel(ops, golden, lora(), { settings });
          const data = lora()
            .get(`a.${name}`)
            .map((w, i) => w + (distance * must(gradient[i], 'gradient')) / norm);
          moved.trainable.set(name, ops.tensor(data, must(gradients.get(name), name).shape));
          const { loss } = moved.lossAndGradients(tokens, targets, { scale: 1, dropout });
          return must((await ops.read(loss))[0], 'loss');
        };
        const h = 0.008;
        const slope = ((await lossAt(h)) - (await lossAt(-h))) / (2 * h);
        expect(slope / norm, name).toBeGreaterThan(0.98);
        expect(slope / norm, name).toBeLessThan(1.02);
      }
    });

    test('memory is constant over twenty steps, and disposing frees all of it', async () => {
      const golden = base();
      const { tokens, targets } = goldenBatch(golden);
      const ops = subject.createOps();
      const model = adaptedModel(ops, golden, lora(), { precision: 'f16' });
      const { options } = adamwOf(lora());
      const optimizer = new AdamW(ops, model.trainable, options);
      const into = ops.allocate(adapterShapes(golden.config, settingsOf(lora())));
      const counts: string[] = [];
      for (let step = 0; step < 20; step++) {
        const dropout = { rate: 0.1, seed: 1, microStep: step };
        const { loss } = model.lossAndGradients(tokens, targets, { scale: 1, dropout, into });
        await ops.read(loss);
        loss.dispose();
        await optimizer.step(into, 1e-3);
        if (step >= 5) counts.push(JSON.stringify(subject.usage(ops)));
      }
      expect([...new Set(counts)]).toHaveLength(1);
      for (const gradient of into.values()) gradient.dispose();
      optimizer.dispose();
      model.dispose();
      expect(subject.disposeAndCountLeaks(ops)).toBe(0);
    });
  });
}
