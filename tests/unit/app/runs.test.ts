/** What the page of runs makes of their records: curves, facts, what differs, and what a repetition asks for. */
import { describe, expect, test, vi } from 'vitest';
import { curvesOf, lowestValidation, smooth, valueAt } from '../../../src/app/runs/curves.ts';
import { compare, factsOf } from '../../../src/app/runs/run-facts.ts';
import { requestOf } from '../../../src/app/state/repeat.ts';
import { someRecipe } from '../../fixtures/recipe.ts';
import { runSummary } from '../../fixtures/run-summary.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const LOSS = { metric: 'loss', axis: 'step', smoothing: 0, isLog: false } as const;

describe('curves', () => {
  test('smoothing is a moving average that begins at the first value', () => {
    // By hand with a weight of 0.5: (0.5 · 4 · 0.5 + 0.5 · 2) / 0.75, and so on.
    expect(smooth([4, 2, 6], 0.5)).toEqual([4, 2 / 0.75, (0.125 * 4 + 0.25 * 2 + 0.5 * 6) / 0.875]);
    expect(smooth([4, 2], 0)).toEqual([4, 2]);
  });

  test('one run has raw values behind the smoothed ones; several don’t hide each other', () => {
    const kinds = (runs: number, smoothing: number) =>
      curvesOf(Array(runs).fill(runSummary()), { ...LOSS, smoothing }).map(({ kind }) => kind);
    expect(kinds(1, 0.6)).toEqual(['raw', 'smoothed', 'held-out']);
    expect(kinds(1, 0)).toEqual(['smoothed', 'held-out']);
    expect(kinds(2, 0.6)).toEqual(['smoothed', 'held-out', 'smoothed', 'held-out']);
  });

  test('each value stands where it was measured', () => {
    const { points } = runSummary();
    const [learning, heldOut] = curvesOf([{ points }], LOSS);
    expect(learning?.x).toHaveLength(120);
    expect(heldOut?.x).toEqual([12, 24, 36, 48, 60, 72, 84, 96, 108, 120]);
    expect(heldOut && valueAt(heldOut, 25)).toBe(points[23]?.validationLoss);
    const [inTime] = curvesOf([{ points }], { ...LOSS, metric: 'gradientNorm', axis: 'time' });
    expect(inTime?.x.slice(0, 2)).toEqual([0, 1 / 60]);
    expect(inTime?.y[0]).toBe(points[0]?.gradientNorm);
  });

  test('a logarithm needs positive values, and places are in order although passes begin again', () => {
    const point = { loss: 1, epoch: 0.5, step: 1 };
    const points = [
      { ...point, learningRate: 0.1, epoch: 1 },
      { ...point, learningRate: 0 },
      { ...point, learningRate: 0.3 },
    ];
    const settings = { ...LOSS, metric: 'learningRate', axis: 'epoch', isLog: true } as const;
    expect(curvesOf([{ points }], settings)).toMatchObject([{ x: [0.5, 1], y: [0.3, 0.1] }]);
  });

  test('the lowest validation loss is the first of the lowest', () => {
    const { points } = runSummary();
    expect(lowestValidation(points)).toEqual({ step: 120, loss: points.at(-1)?.validationLoss });
    expect(lowestValidation([])).toBeNull();
  });
});

describe('facts', () => {
  test('have every setting of the recipe, each under a name of its own', () => {
    const labels = factsOf(runSummary()).flatMap(({ facts }) => facts.map(([label]) => label));
    expect(new Set(labels).size).toBe(labels.length);
    const { dataset } = runSummary();
    const counts = { ...dataset.counts, reasons: { retweet: 140 } };
    const run = runSummary({ dataset: { ...dataset, counts } });
    const values = factsOf(run).flatMap(({ facts }) => facts);
    expect(values).toContainEqual(['Learning rate', '0.0001372']);
    expect(values).toContainEqual(['Dropout', '0.1']);
    expect(values).toContainEqual(['Left out: retweets', '140']);
    expect(values).toContainEqual(['Starts from', 'openai-community/gpt2']);
  });

  test('of several runs say what differs, and which has the lowest loss', () => {
    const other = runSummary({
      recipe: {
        ...someRecipe,
        learningRate: 1e-3,
        mode: {
          kind: 'lora',
          isBaseHalf: false,
          rank: 8,
          alpha: 16,
          dropout: 0.05,
          targets: ['attn.c_attn'],
        },
      },
      points: runSummary().points.slice(0, 60),
    });
    const rows = compare([runSummary(), other]).flatMap((group) => group.rows);
    const row = (label: string) => rows.find((each) => each.label === label);
    expect(row('Learning rate')).toMatchObject({ values: ['0.0001372', '0.001'], differs: true });
    expect(row('Rank of the adapter')).toMatchObject({ values: ['', '8'], differs: true });
    expect(row('Seed')).toMatchObject({ values: ['7', '7'], differs: false });
    expect(row('Lowest loss on held-out tweets')).toMatchObject({ best: [0] });
  });
});

describe('a repetition', () => {
  test('asks for what was asked, with what was decided then', () => {
    expect(requestOf(runSummary())).toEqual({
      preset: 'best',
      overrides: {
        ...{ mode: 'full', learningRate: 1.372e-4, blockLength: 128, tokensPerStep: 1024, seed: 7 },
        ...{ dropout: 0.1, warmup: 0.1, weightDecay: 0, patience: 3 },
        isUnmixed: !someRecipe.mixesWithBase,
        replyContext: false,
      },
    });
  });

  test('of a bot whose request isn’t known sets the number of steps', () => {
    const { overrides } = requestOf(runSummary({ request: null }));
    expect(overrides).toMatchObject({ steps: 120, seed: 7 });
  });
});
