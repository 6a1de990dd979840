/** What GPT-2 124M dispatches and reads, exactly: counted on paper, for every way to train and to write. */

import { describe, expect, test } from 'vitest';
import { LORA_TARGETS, type TrainingMode } from '../../../src/domain/recipe.ts';
import { TILE_SHAPES } from '../../../src/gpu/kernels/tile-shapes.ts';
import { defaultLora } from '../../../src/train/recipe.ts';
import { configOf } from '../../bench/train.ts';
import {
  type Counted,
  countStep,
  countToken,
  type PaperStep,
  tokenBytes,
} from '../../support/paper-counts.ts';

const config = configOf({ L: 12, C: 768, H: 12, T: 1024, B: 1, V: 50_257 });
const hardware = { isSoftware: false };
const software = { isSoftware: true };

const lora: TrainingMode = { kind: 'lora', isBaseHalf: false, ...defaultLora };
const modes: Record<string, TrainingMode> = {
  full: { kind: 'full' },
  lora,
  'lora, float16 base': { ...lora, isBaseHalf: true },
  'lora on all matrices': { ...lora, targets: LORA_TARGETS },
  'lora on all matrices, float16 base': { ...lora, isBaseHalf: true, targets: LORA_TARGETS },
};
type SavingStep = Pick<PaperStep, 'mode' | 'checkpointing' | 'hasHalfActivations'>;
const savings = [
  { name: '', checkpointing: false },
  { name: ', halves', checkpointing: false, hasHalfActivations: true },
  { name: ', checkpointing', checkpointing: true },
];
const ways = Object.entries(modes).flatMap(([name, mode]) =>
  savings.map((saving) => ({ ...saving, name: `${name}${saving.name}`, mode })),
);
const step = (way: SavingStep, T = 256): PaperStep => ({
  ...way,
  ...{ B: 4, T, dropout: 0.1 },
});

/** Dispatches of one step of 1,024 tokens with dropout, on kernels for hardware and for software. */
const dispatches: Record<string, [number, number]> = {
  full: [279, 351],
  'full, halves': [301, 373],
  'full, checkpointing': [345, 439],
  lora: [272, 343],
  'lora, halves': [294, 365],
  'lora, checkpointing': [338, 431],
  'lora, float16 base': [272, 343],
  'lora, float16 base, halves': [294, 365],
  'lora, float16 base, checkpointing': [338, 431],
  'lora on all matrices': [332, 403],
  'lora on all matrices, halves': [354, 425],
  'lora on all matrices, checkpointing': [398, 491],
  'lora on all matrices, float16 base': [332, 403],
  'lora on all matrices, float16 base, halves': [354, 425],
  'lora on all matrices, float16 base, checkpointing': [398, 491],
};

const flopsOf = (counted: readonly Counted[]) =>
  counted.reduce((sum, { flops }) => sum + (flops ?? 0), 0);
const isProduct = ({ kernel }: Counted) =>
  kernel.startsWith('matmul') && !kernel.includes('finish splits');

describe('a training step of GPT-2 124M', () => {
  test.each(ways)('dispatches at most 400 kernels on hardware: $name', (way) => {
    const { counted } = countStep(config, step(way), hardware);
    const onSoftware = countStep(config, step(way), software).counted;
    expect([counted.length, onSoftware.length]).toEqual(dispatches[way.name]);
    expect(counted.length).toBeLessThanOrEqual(400);
  });

  const [small, medium] = [
    configOf({ L: 4, C: 128, H: 4, T: 64, B: 1, V: 1024 }),
    configOf({ L: 6, C: 256, H: 8, T: 128, B: 1, V: 4096 }),
  ];
  test.each([
    { name: 'small', config: small, B: 8, T: 64 },
    { name: 'medium', config: medium, B: 4, T: 128 },
    { name: 'few tokens', config, B: 1, T: 32 },
    { name: 'one long block', config, B: 1, T: 1024 },
  ])('is cheaper with an adapter than in full: $name', ({ config: of, B, T }) => {
    for (const card of [hardware, software]) {
      for (const checkpointing of [false, true]) {
        const counts = [modes['full'], lora].map((mode) => {
          const how = { mode: mode ?? lora, checkpointing, B, T, dropout: 0.1 };
          return countStep(of, how, card).counted;
        });
        const [full = [], adapter = []] = counts;
        expect(flopsOf(adapter)).toBeLessThan(0.8 * flopsOf(full));
        expect(adapter.length).toBeLessThan(full.length);
      }
    }
  });

  test.each(Object.entries(modes))(
    'keeps a third less of activations as float16: %s',
    (_, mode) => {
      const bytes = (saving: Partial<SavingStep>) =>
        countStep(config, step({ mode, checkpointing: false, ...saving }), hardware).peakBytes;
      const [kept, halves] = [bytes({}), bytes({ hasHalfActivations: true })];
      const activations = 12 * 10 * 4 * 768 * 1024;
      expect(kept - halves).toBeGreaterThan(activations / 3);
      expect(halves).toBeGreaterThan(bytes({ checkpointing: true }));
    },
  );

  test.each(TILE_SHAPES)('keeps 64 workgroups busy in every product: %o', (tiles) => {
    for (const way of ways.filter(({ name }) => /^(full|lora)(, checkpointing)?$/.test(name))) {
      const { counted } = countStep(config, step(way, 128), { ...hardware, tiles });
      const products = counted.filter(isProduct);
      expect(products.length).toBeGreaterThan(70);
      const few = products.filter(({ workgroups }) => workgroups < 64);
      expect(few.map(({ kernel, params }) => `${kernel} ${params.slice(0, 3)}`)).toEqual([]);
    }
  });
});

describe('a token of GPT-2 124M that a card decodes', () => {
  const isRows = ({ kernel }: Counted) => kernel === 'linear rows' || kernel === 'logits rows';

  test.each([1, 5])('reads 250 MB, stored as float16: %i sequences', async (count) => {
    const token = await countToken(config, { count, position: 16, precision: 'f16' }, hardware);
    const whole = await countToken(config, { count, position: 16, precision: 'f32' }, hardware);
    expect(token.length).toBe(65);
    // Five sequences have five caches, and logits to draw from.
    expect(tokenBytes(token)).toBeLessThanOrEqual(count === 1 ? 250e6 : 260e6);
    expect(tokenBytes(token.filter(isRows))).toBeLessThanOrEqual(250e6);
    // All matrices of the blocks and the head, once.
    const matrices = 2 * (12 * 12 * 768 ** 2 + 50_257 * 768);
    expect(tokenBytes(token.filter(isRows))).toBeGreaterThan(matrices);
    expect(tokenBytes(whole) - tokenBytes(token)).toBeGreaterThan(0.99 * matrices);
  });

  test.each([1, 5])('keeps 64 workgroups busy in every product: %i sequences', async (count) => {
    const token = await countToken(config, { count, position: 16, precision: 'f16' }, hardware);
    const products = token.filter(isRows);
    expect(products).toHaveLength(49);
    expect(Math.min(...products.map(({ workgroups }) => workgroups))).toBeGreaterThanOrEqual(64);
  });
});
