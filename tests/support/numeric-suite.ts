/**
 * The numeric tests that run once per backend: comparison with PyTorch's goldens, determinism, and memory
 * leaks.
 */

import { describe, expect, test } from 'vitest';
import { must } from '../../src/core/assert.ts';
import { GPT2 } from '../../src/model/gpt2.ts';
import type { Parameters } from '../../src/model/model-weights.ts';
import { parameterShapes } from '../../src/model/weights.ts';
import type { TokenBatch } from '../../src/ops/operands.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { AdamW } from '../../src/train/adamw.ts';
import { type Golden, relativeError } from './goldens.ts';

const tolerance = 1e-4;

/** The goldens `kind-….safetensors` (tools/goldens/make_kinds.py). */
export const GPT2_KINDS = ['gelu-own-head', 'relu-by-layer', 'gelu-fast-unscaled'] as const;

/** A backend under test. */
export interface Subject {
  readonly name: string;
  createOps(): Ops;
  /** Counts that must not grow: tensors, or buffers and bytes in use. */
  usage(ops: Ops): Record<string, number>;
  /**
   * Disposes the operations, and returns how many tensors, or buffers behind them, were made with them
   * and not disposed before by whoever made them.
   */
  disposeAndCountLeaks(ops: Ops): number;
}

export function goldenModel(golden: Golden, ops: Ops): GPT2 {
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(golden.config)) {
    parameters.set(name, ops.tensor(golden.get(`w.${name}`), shape));
  }
  return new GPT2(ops, golden.config, parameters);
}

export function goldenBatch(golden: Golden): { tokens: TokenBatch; targets: Int32Array } {
  const [B, T] = golden.shape('idx') as [number, number];
  return {
    tokens: { ids: Int32Array.from(golden.get('idx')), B, T },
    targets: Int32Array.from(golden.get('targets')),
  };
}

export async function readAll(ops: Ops, tensors: Parameters): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) values.set(name, (await ops.read(tensor)).slice());
  return values;
}

export function describeGoldenParity(
  subject: Subject,
  goldens: Record<string, () => Golden>,
): void {
  for (const [name, load] of Object.entries(goldens)) {
    describe(`${name} GPT-2 on ${subject.name} equals PyTorch`, () => {
      test('logits and loss', async () => {
        const golden = load();
        const ops = subject.createOps();
        const model = goldenModel(golden, ops);
        const { tokens, targets } = goldenBatch(golden);
        const logits = await ops.read(model.logits(tokens));
        expect(relativeError(logits, golden.get('logits'))).toBeLessThan(tolerance);
        const loss = await ops.read(model.loss(tokens, targets));
        expect(relativeError(loss, golden.get('loss'))).toBeLessThan(tolerance);
      });

      test('every gradient by name', async () => {
        const golden = load();
        const ops = subject.createOps();
        const model = goldenModel(golden, ops);
        const { tokens, targets } = goldenBatch(golden);
        const { gradients } = model.lossAndGradients(tokens, targets, { scale: 1 });
        expect([...gradients.keys()].sort()).toEqual([...model.parameters.keys()].sort());
        const errors: Record<string, number> = {};
        for (const [key, value] of await readAll(ops, gradients)) {
          const error = relativeError(value, golden.get(`g.${key}`));
          if (!(error < tolerance)) errors[key] = error;
        }
        expect(errors).toEqual({});
      });

      test('documents packed into sequences give the loss and gradients of each on its own', async () => {
        const golden = load();
        const ops = subject.createOps();
        const model = goldenModel(golden, ops);
        const { ids, B, T } = goldenBatch(golden).tokens;
        // Two documents in the first sequence, three in the second, and so on.
        const starts = Int32Array.from(ids, (_, n) => {
          const length = Math.ceil(T / (2 + Math.floor(n / T)));
          return (n % T) - ((n % T) % length);
        });
        const rate = { rate: 0, seed: 1, microStep: 0 };
        const packed = model.lossAndGradients({ ids, B, T, starts }, ids, {
          scale: 1,
          dropout: rate,
        });
        const whole = model.lossAndGradients({ ids, B, T }, ids, { scale: 1 });
        let loss = 0;
        let into: Parameters | undefined;
        for (let n = 0; n < ids.length; ) {
          let end = n + 1;
          while (end % T !== 0 && starts[end] === starts[n]) end++;
          const document = ids.subarray(n, end);
          const scale = document.length / ids.length;
          const batch = { ids: document, B: 1, T: document.length };
          const own = model.lossAndGradients(batch, document, { scale, into, accumulate: n > 0 });
          into = own.gradients;
          loss += scale * ((await ops.read(own.loss))[0] as number);
          n = end;
        }
        const [packedLoss] = await ops.read(packed.loss);
        expect(Math.abs((packedLoss as number) - loss)).toBeLessThan(tolerance * loss);
        expect(packedLoss).not.toBeCloseTo((await ops.read(whole.loss))[0] as number, 4);
        const expected = await readAll(ops, must(into, 'gradients'));
        const errors: Record<string, number> = {};
        for (const [key, value] of await readAll(ops, packed.gradients)) {
          const error = relativeError(value, must(expected.get(key), key));
          if (!(error < tolerance)) errors[key] = error;
        }
        expect(errors).toEqual({});
        const alone = model.loss({ ids, B, T, starts }, ids);
        expect((await ops.read(alone))[0]).toBeCloseTo(loss, 4);
      });

      test('the gradients of two halves accumulate to the gradient of the whole batch', async () => {
        const golden = load();
        const ops = subject.createOps();
        const model = goldenModel(golden, ops);
        const { tokens } = goldenBatch(golden);
        // Every position counts here, so the mean of the halves' means is the mean of the whole.
        const targets = Int32Array.from(golden.get('idx'));
        const whole = model.lossAndGradients(tokens, targets, { scale: 1 }).gradients;
        const row = (b: number) => {
          const ids = tokens.ids.subarray(b * tokens.T, (b + 1) * tokens.T);
          const batch = { ids, B: 1, T: tokens.T };
          return model.lossAndGradients(batch, ids, { scale: 1 / tokens.B }).gradients;
        };
        const sum = row(0);
        for (let b = 1; b < tokens.B; b++) {
          for (const [key, value] of row(b)) sum.set(key, ops.add(must(sum.get(key), key), value));
        }
        for (const [key, value] of await readAll(ops, sum)) {
          const expected = await ops.read(must(whole.get(key), key));
          expect(relativeError(value, expected), key).toBeLessThan(tolerance);
        }
      });

      test('ten AdamW steps: every loss, and the weights afterwards', async () => {
        const golden = load();
        const ops = subject.createOps();
        const model = goldenModel(golden, ops);
        const { tokens, targets } = goldenBatch(golden);
        const o = golden.optimizer;
        const optimizer = new AdamW(ops, model.parameters, {
          beta1: must(o['beta1'], 'beta1'),
          beta2: must(o['beta2'], 'beta2'),
          epsilon: must(o['epsilon'], 'epsilon'),
          weightDecay: must(o['weight_decay'], 'weight_decay'),
          maxGradNorm: must(o['max_grad_norm'], 'max_grad_norm'),
        });
        const losses: number[] = [];
        for (let step = 0; step < 10; step++) {
          const { loss, gradients } = model.lossAndGradients(tokens, targets, { scale: 1 });
          losses.push((await ops.read(loss))[0] as number);
          optimizer.step(gradients, must(o['learning_rate'], 'learning_rate'));
        }
        expect(relativeError(Float32Array.from(losses), golden.get('losses'))).toBeLessThan(
          tolerance,
        );
        const C = golden.config.nEmbd;
        for (const [key, value] of await readAll(ops, model.parameters)) {
          const expected = golden.get(`p.${key}`);
          if (key.endsWith('c_attn.bias')) {
            // The keys' bias doesn't affect softmax: its gradient is rounding noise, which AdamW scales up.
            value.fill(0, C, 2 * C);
            expected.fill(0, C, 2 * C);
          }
          expect(relativeError(value, expected), key).toBeLessThan(1e-3);
        }
      });

      test('decoding token by token with the KV cache gives the same logits as one forward pass', async () => {
        const golden = load();
        const ops = subject.createOps();
        const model = goldenModel(golden, ops);
        const { tokens } = goldenBatch(golden);
        const { B, T } = tokens;
        const V = golden.config.vocabSize;
        const whole = golden.get('logits'); // [B, T, V]
        const column = (t: number) =>
          Int32Array.from({ length: B }, (_, b) => must(tokens.ids[b * T + t], 'id'));
        const prompt = 3;
        const ids = Int32Array.from({ length: B * prompt }, (_, i) =>
          must(tokens.ids[Math.floor(i / prompt) * T + (i % prompt)], 'id'),
        );
        const { logits: first, state } = model.startDecoding(
          { ids, B, T: prompt },
          golden.config.blockSize,
        );
        let logits = first;
        for (let t = prompt - 1; t < T; t++) {
          if (t >= prompt) logits = model.decode(column(t), state);
          const expected = new Float32Array(B * V);
          for (let b = 0; b < B; b++)
            expected.set(whole.subarray((b * T + t) * V, (b * T + t + 1) * V), b * V);
          expect(relativeError(await ops.read(logits), expected), `position ${t}`).toBeLessThan(
            tolerance,
          );
        }
      });
    });
  }
}

export function describeDeterminismAndLeaks(subject: Subject, load: () => Golden): void {
  describe(`training and decoding on ${subject.name}`, () => {
    test('dropout gives the same bits for the same seed, and others for another seed', async () => {
      const golden = load();
      const ops = subject.createOps();
      const model = goldenModel(golden, ops);
      const { tokens, targets } = goldenBatch(golden);
      const gradient = async (seed: number) => {
        const dropout = { rate: 0.1, seed, microStep: 3 };
        const { gradients } = model.lossAndGradients(tokens, targets, { scale: 1, dropout });
        return ops.read(must(gradients.get('h.0.attn.c_attn.weight'), 'gradient'));
      };
      expect(await gradient(7)).toEqual(await gradient(7));
      expect(await gradient(7)).not.toEqual(await gradient(8));
    });

    test('gradients with dropout equal the slope of the loss with the same masks', async () => {
      const golden = load();
      const ops = subject.createOps();
      const { tokens, targets } = goldenBatch(golden);
      const dropout = { rate: 0.2, seed: 5, microStep: 1 };
      const name = 'h.1.mlp.c_fc.weight';
      const model = goldenModel(golden, ops);
      const { gradients } = model.lossAndGradients(tokens, targets, { scale: 1, dropout });
      const gradient = (await ops.read(must(gradients.get(name), name))).slice();
      const norm = Math.hypot(...gradient);
      // A central difference along the gradient: there the slope is the gradient's norm.
      const lossAt = async (distance: number) => {
        const moved = goldenModel(golden, ops);
        const weights = golden
          .get(`w.${name}`)
          .map((w, i) => w + (distance * (gradient[i] as number)) / norm);
        moved.parameters.set(name, ops.tensor(weights, golden.shape(`w.${name}`)));
        const { loss } = moved.lossAndGradients(tokens, targets, { scale: 1, dropout });
        return (await ops.read(loss))[0] as number;
      };
      const h = 0.05;
      const slope = ((await lossAt(h)) - (await lossAt(-h))) / (2 * h);
      expect(Math.abs(slope - norm) / norm).toBeLessThan(0.02);
    });

    test('memory in use is constant from step 5 to step 50', async () => {
      const golden = load();
      const ops = subject.createOps();
      const model = goldenModel(golden, ops);
      const { tokens, targets } = goldenBatch(golden);
      const optimizer = new AdamW(ops, model.parameters, {
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: 0,
        maxGradNorm: 1,
      });
      const counts: string[] = [];
      for (let step = 1; step <= 50; step++) {
        const dropout = { rate: 0.1, seed: 1, microStep: step };
        const { loss, gradients } = model.lossAndGradients(tokens, targets, { scale: 1, dropout });
        await ops.read(loss);
        await optimizer.step(gradients, 1e-3);
        loss.dispose();
        for (const gradient of gradients.values()) gradient.dispose();
        if (step >= 5) counts.push(JSON.stringify(subject.usage(ops)));
      }
      expect([...new Set(counts)]).toHaveLength(1);
    });

    test('checkpointing changes no gradient, even with dropout', async () => {
      const golden = load();
      const ops = subject.createOps();
      const model = goldenModel(golden, ops);
      const { tokens, targets } = goldenBatch(golden);
      const gradients = async (checkpointing: boolean) => {
        const dropout = { rate: 0.1, seed: 2, microStep: 9 };
        const options = { scale: 1, dropout, checkpointing };
        return readAll(ops, model.lossAndGradients(tokens, targets, options).gradients);
      };
      expect(await gradients(true)).toEqual(await gradients(false));
    });

    test('gradients are written, accumulated, and written again', async () => {
      const golden = load();
      const ops = subject.createOps();
      const model = goldenModel(golden, ops);
      const { tokens, targets } = goldenBatch(golden);
      const half = { scale: 0.5 };
      const { gradients: whole } = model.lossAndGradients(tokens, targets, { scale: 1 });
      const expected = await readAll(ops, whole);
      const { gradients: into } = model.lossAndGradients(tokens, targets, half);
      for (const options of [
        { into, accumulate: true, ...half },
        { into, scale: 1 },
      ]) {
        const { gradients } = model.lossAndGradients(tokens, targets, options);
        for (const [key, value] of await readAll(ops, gradients)) {
          expect(relativeError(value, must(expected.get(key), key)), key).toBeLessThan(tolerance);
        }
      }
    });

    test('a tensor that is not disposed counts as a leak', () => {
      const ops = subject.createOps();
      const leaked = ops.zeros([3]);
      ops.zeros([4]).dispose();
      expect(subject.disposeAndCountLeaks(ops)).toBe(1);
      leaked.dispose();
    });

    test('after disposing everything, no tensor is left', () => {
      const golden = load();
      const ops = subject.createOps();
      const model = goldenModel(golden, ops);
      const { tokens, targets } = goldenBatch(golden);
      const { logits, state } = model.startDecoding(tokens, golden.config.blockSize);
      logits.dispose();
      model.decode(tokens.ids.subarray(0, tokens.B), state).dispose();
      model.disposeState(state);
      const { loss, gradients } = model.lossAndGradients(tokens, targets, { scale: 1 });
      loss.dispose();
      for (const gradient of gradients.values()) gradient.dispose();
      model.loss(tokens, targets).dispose();
      model.logits(tokens).dispose();
      model.dispose();
      expect(subject.disposeAndCountLeaks(ops)).toBe(0);
    });
  });
}
