/** The curves of runs: what they measure, along which axis, and how they are smoothed. */
import type { RunSummary } from '../../protocol/bots.ts';
import type { MetricPoint } from '../../protocol/training.ts';

/** What a curve shows of a point, by the name of the metric. */
export const METRICS = {
  loss: ({ loss }) => loss,
  bitsPerByte: ({ bitsPerByte }) => bitsPerByte,
  learningRate: ({ learningRate }) => learningRate,
  gradientNorm: ({ gradientNorm }) => gradientNorm,
  tokensPerSecond: ({ tokensPerSecond }) => tokensPerSecond,
} as const satisfies Readonly<Record<string, (point: MetricPoint) => number | undefined>>;
export type MetricName = keyof typeof METRICS;

export const AXES = ['step', 'epoch', 'time'] as const;
export type AxisName = (typeof AXES)[number];

/** One line of a chart. */
export interface Curve {
  /** The index of its run among those that are shown, which decides its colour. */
  readonly run: number;
  /** `raw` was measured at each step, `smoothed` is made of it, and `held-out` was measured on held-out tweets. */
  readonly kind: 'raw' | 'smoothed' | 'held-out';
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface ChartSettings {
  readonly metric: MetricName;
  readonly axis: AxisName;
  /** The weight of the earlier points, from 0 (no smoothing) to below 1. */
  readonly smoothing: number;
  readonly isLog: boolean;
}

/** The curves of runs. Only a single run also has its raw curve: those of several would hide each other. */
export function curvesOf(
  runs: readonly Pick<RunSummary, 'points'>[],
  { metric, axis, smoothing, isLog }: ChartSettings,
): Curve[] {
  return runs.flatMap(({ points }, run) => {
    const along = (of: (point: MetricPoint) => number | undefined) => {
      const x: number[] = [];
      const y: number[] = [];
      for (const point of points) {
        const at = placeOn(axis, point, points[0]);
        const value = of(point);
        if (at === undefined || value === undefined) continue;
        if (!Number.isFinite(value) || (isLog && value <= 0)) continue;
        x.push(at);
        y.push(value);
      }
      return { x, y };
    };
    const raw = along(METRICS[metric]);
    const smoothed = { run, kind: 'smoothed', ...raw, y: smooth(raw.y, smoothing) } as const;
    const rest: Curve[] = [];
    if (metric === 'loss') {
      rest.push({ run, kind: 'held-out', ...along(({ validationLoss }) => validationLoss) });
    }
    const isRawShown = runs.length === 1 && smoothing > 0;
    const all: Curve[] = isRawShown ? [{ run, kind: 'raw', ...raw }, smoothed] : [smoothed];
    return [...all, ...rest].filter(({ x }) => x.length > 0).map(inOrder);
  });
}

/** The points sorted by `x`: passes begin at zero again with other texts, and a clock can be set back. */
function inOrder(curve: Curve): Curve {
  const order = curve.x.map((_, i) => i).sort((a, b) => (curve.x[a] ?? 0) - (curve.x[b] ?? 0));
  const sorted = (values: readonly number[]) => order.map((i) => values[i] ?? 0);
  return { ...curve, x: sorted(curve.x), y: sorted(curve.y) };
}

/** The value of a curve at the place that is nearest to `x`; undefined if it has none. */
export function valueAt({ x: places, y }: Curve, x: number): number | undefined {
  let nearest = 0;
  places.forEach((place, i) => {
    if (Math.abs(place - x) < Math.abs((places[nearest] ?? 0) - x)) nearest = i;
  });
  return y[nearest];
}

function placeOn(axis: AxisName, point: MetricPoint, first?: MetricPoint): number | undefined {
  if (axis !== 'time') return point[axis];
  if (point.atMs === undefined || first?.atMs === undefined) return undefined;
  return (point.atMs - first.atMs) / 60_000;
}

/**
 * An exponential moving average as TensorBoard's: divided by the sum of its weights, so that it isn't drawn
 * towards zero at its beginning.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (weight === 0) return [...values];
  let sum = 0;
  let total = 0;
  return values.map((value) => {
    sum = weight * sum + (1 - weight) * value;
    total = weight * total + (1 - weight);
    return sum / total;
  });
}

/** The lowest loss on held-out tweets, and the step where it was measured; null if it never was. */
export function lowestValidation(
  points: readonly MetricPoint[],
): { readonly step: number; readonly loss: number } | null {
  let lowest: { step: number; loss: number } | null = null;
  for (const { step, validationLoss } of points) {
    if (validationLoss === undefined || validationLoss >= (lowest?.loss ?? Infinity)) continue;
    lowest = { step, loss: validationLoss };
  }
  return lowest;
}
