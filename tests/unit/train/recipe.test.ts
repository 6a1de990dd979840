import { describe, expect, test } from 'vitest';
import {
  createRecipe,
  defaultLearningRate,
  extendRecipe,
  recipeDefaults,
  validationShare,
  tokensPerStep,
} from '../../../src/train/recipe.ts';
import { parseRecipe } from '../../../src/domain/recipe.ts';
import { must } from '../../../src/core/assert.ts';
import { waysToTrain } from '../../../src/planning/ways-to-train.ts';
import { ParseError } from '../../../src/core/parse.ts';
import { PLAIN_GPT2 } from '../../../src/model/config.ts';
import { splitDocuments } from '../../../src/train/documents.ts';
import { cosineLearningRate } from '../../../src/train/learning-rate.ts';

const config = {
  nLayer: 12,
  nHead: 12,
  nEmbd: 768,
  blockSize: 1024,
  vocabSize: 50257,
  ...PLAIN_GPT2,
  endOfTextId: 50256,
};
const shape = { blockLength: 256, microBatch: 2, accumulation: 2 };
const way = must(waysToTrain(config, 'huggingtweets', {})[0], 'a way');
const options = { config, way, shape, epochTokens: 100_000, seed: 5 } as const;

describe('the recipe', () => {
  test('on GPT-2, as huggingtweets: what that runs', () => {
    const recipe = createRecipe({ ...options, preset: 'huggingtweets', overrides: {} });
    expect(way).toMatchObject({ blockLength: 1024, mode: { kind: 'full' } });
    expect(recipe).toMatchObject({
      learningRate: 1.372e-4,
      warmup: 0,
      dropout: 0.1,
      attention: 'block',
      adamw: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, maxGradNorm: 1 },
      seed: 5,
    });
    expect(tokensPerStep(recipe)).toBe(1024);
    expect(recipe.totalSteps).toBe(Math.round(400_000 / 1024));
    expect(recipe.epochs).toBeCloseTo(4, 1);
  });

  test('ours sees one tweet at a time, warms up, and drops nothing from a narrow model', () => {
    const starter = { ...config, nLayer: 6, nHead: 6, nEmbd: 192, blockSize: 256 };
    const own = must(waysToTrain(starter, 'quick', {})[0], 'a way');
    const length = { epochTokens: 13_445, seed: 1 };
    const made = createRecipe({
      config: starter,
      preset: 'quick',
      overrides: {},
      way: own,
      shape: { blockLength: 128, microBatch: 4, accumulation: 1 },
      ...length,
    });
    expect(made).toMatchObject({
      warmup: 0.1,
      finalRate: 0.1,
      dropout: 0,
      attention: 'document',
      totalSteps: 53,
    });
    expect(recipeDefaults('quick', config)).toMatchObject({ dropout: 0.1, blockLength: 128 });
  });

  test('a narrower model learns with larger steps', () => {
    expect(defaultLearningRate({ ...config, nEmbd: 192 }, { kind: 'full' })).toBeCloseTo(
      8 * 1.372e-4,
      6,
    );
  });

  test('overrides win, and epochs follow the steps', () => {
    const overrides = { steps: 10, learningRate: 1e-3, seed: 9 };
    const recipe = createRecipe({ ...options, preset: 'quick', overrides });
    expect(recipe).toMatchObject({ totalSteps: 10, learningRate: 1e-3, seed: 9 });
    expect(recipe.epochs).toBeCloseTo(0.1024);
  });

  test('more epochs go on in the same texts, or begin anew with others', () => {
    const recipe = createRecipe({ ...options, preset: 'quick', overrides: { steps: 10 } });
    const more = extendRecipe(recipe, 10, 1, 100_000);
    expect(more).toMatchObject({ startStep: 10, textsFromStep: 0, totalSteps: 10 + 98 });
    const others = extendRecipe(more, 108, 1, 200_000, true);
    expect(others).toMatchObject({ startStep: 108, textsFromStep: 108, totalSteps: 108 + 195 });
    expect(extendRecipe(others, 303, 1, 200_000)).toMatchObject({ textsFromStep: 108 });
    expect(parseRecipe(structuredClone(others), 'recipe')).toEqual(others);
  });

  test('tiny data still makes a step', () => {
    const recipe = createRecipe({ ...options, epochTokens: 50, preset: 'quick', overrides: {} });
    expect(recipe.totalSteps).toBe(1);
  });

  test('an adapter has PEFT’s settings, alpha twice the rank, and a rate of its own', () => {
    const overrides = { mode: 'lora', loraRank: 4, checkpointing: true } as const;
    const adapter = must(waysToTrain(config, 'quick', overrides)[0], 'a way');
    const recipe = createRecipe({ ...options, preset: 'quick', overrides, way: adapter });
    expect(recipe.mode).toEqual({
      kind: 'lora',
      isBaseHalf: true,
      rank: 4,
      alpha: 8,
      dropout: 0.05,
      targets: ['attn.c_attn', 'mlp.c_proj'],
    });
    expect(recipe.checkpointing).toBe(true);
    expect(recipe.learningRate).toBeGreaterThan(2 * 1.372e-4);
    const stored = JSON.parse(JSON.stringify(recipe)) as Record<string, unknown>;
    expect(parseRecipe(stored, 'recipe')).toEqual(recipe);
    for (const bad of [
      { rank: 0 },
      { rank: 1.5 },
      { dropout: 1 },
      { targets: ['wte'] },
      { targets: [] },
    ]) {
      const mode = { ...(stored['mode'] as object), ...bad };
      expect(() => parseRecipe({ ...stored, mode }, 'recipe')).toThrowError(/recipe\.mode/);
    }
  });

  test('an adapter of a narrow model has a larger rank and a lower rate, as measured', () => {
    const starter = { ...config, nLayer: 6, nHead: 6, nEmbd: 192, blockSize: 256 };
    const [large, small] = [config, starter].map((of) => {
      const { mode } = must(waysToTrain(of, 'quick', { mode: 'lora' })[0], 'a way');
      const full = defaultLearningRate(of, { kind: 'full' });
      return { mode, ratio: defaultLearningRate(of, mode) / full };
    });
    expect(large).toMatchObject({ mode: { rank: 8, alpha: 16 }, ratio: expect.closeTo(10) });
    expect(small).toMatchObject({ mode: { rank: 32, alpha: 64 }, ratio: expect.closeTo(5) });
  });

  test('survives being stored, and a damaged one is refused by field', () => {
    const recipe = createRecipe({ ...options, preset: 'best', overrides: {} });
    const stored = JSON.parse(JSON.stringify(recipe)) as Record<string, unknown>;
    expect(parseRecipe(stored, 'recipe')).toEqual(recipe);
    for (const key of Object.keys(stored)) {
      for (const bad of [undefined, null, 'text', Number.NaN, -1]) {
        expect(() => parseRecipe({ ...stored, [key]: bad }, 'recipe'), key).toThrowError(
          ParseError,
        );
      }
    }
  });
});

test('the learning rate may fall to a share of its maximum', () => {
  const rates = [0, 50, 100].map((step) => cosineLearningRate(step, 100, 2, 0, 0.1));
  expect(rates).toEqual([2, expect.closeTo(1.1), expect.closeTo(0.2)]);
  expect(recipeDefaults('quick', config).finalRate).toBeUndefined();
  expect(recipeDefaults('huggingtweets', { ...config, nEmbd: 192 }).finalRate).toBeUndefined();
});

test('the learning rate is half a cosine', () => {
  const rates = [0, 25, 50, 75, 100].map((step) => cosineLearningRate(step, 100, 2));
  expect(rates[0]).toBe(2);
  expect(rates[1]).toBeCloseTo(1 + Math.SQRT1_2);
  expect(rates[2]).toBeCloseTo(1);
  expect(rates[3]).toBeCloseTo(1 - Math.SQRT1_2);
  expect(rates[4]).toBeCloseTo(0);
});

test('the learning rate rises to the schedule during the warm-up, and then follows it', () => {
  const withWarmup = Array.from({ length: 101 }, (_, step) =>
    cosineLearningRate(step, 100, 2, 0.1),
  );
  const without = Array.from({ length: 101 }, (_, step) => cosineLearningRate(step, 100, 2));
  for (let step = 0; step <= 100; step++) {
    const factor = Math.min(1, (step + 1) / 10);
    expect(withWarmup[step]).toBeCloseTo(factor * (without[step] as number), 12);
  }
  // A long training doesn't wait for a tenth of its steps.
  expect(cosineLearningRate(19, 20_000, 2, 0.1)).toBeCloseTo(2, 4);
});

test('of 400 tweets at least 40 are held out, and the share never grows with the tweets', () => {
  const documents = Array.from({ length: 400 }, (_, d) => Int32Array.of(d, d * d, 7 * d));
  for (let seed = 0; seed < 50; seed++) {
    const { validation } = splitDocuments(
      { documents, answers: new Map() },
      { validationShare: validationShare(400), seed },
    );
    expect(validation.length).toBeGreaterThanOrEqual(40);
    expect(validation.length).toBeLessThan(90);
  }
  const shares = [10, 100, 400, 500, 1000, 1200, 5000, 100_000].map(validationShare);
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
  expect(shares.at(-1)).toBe(0.05);
});
