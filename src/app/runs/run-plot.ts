/** Draws the curves of one run or of several. */
import uPlot from 'uplot';
import { formatNumber } from '../format.ts';
import { createPlot, type Paper } from '../ui/plot.ts';
import './chart.css';
import type { ChartSettings, Curve } from './curves.ts';
import { runs } from '../texts/en/runs.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('runs', runs);

export interface RunPlot {
  /** @param lastStep Where the axis of steps ends; 0 to end at the last point. */
  draw(curves: readonly Curve[], settings: ChartSettings, lastStep: number): void;
  dispose(): void;
}

/** How many runs have a colour of their own. */
export const RUN_COLORS = 8;

/** @param onHover Called with the pointer's place on the X axis; with null when it leaves the plot. */
export function createRunPlot(
  element: HTMLElement,
  height: number,
  onHover: (x: number | null) => void,
): RunPlot {
  let curves: readonly Curve[] = [];
  let settings: ChartSettings = { metric: 'loss', axis: 'step', smoothing: 0, isLog: false };
  let lastStep = 0;
  const dataNow = () =>
    curves.length === 0
      ? ([[]] satisfies uPlot.AlignedData)
      : uPlot.join(curves.map(({ x, y }) => [[...x], [...y]]));
  const plot = createPlot(element, height, (paper) => ({
    options: { ...optionsFor(paper, curves, settings, () => lastStep, onHover), height },
    data: dataNow(),
  }));
  return {
    draw(newCurves, newSettings, newLastStep) {
      const shape = (all: readonly Curve[]) =>
        all.map(({ run, kind, x }) => `${run} ${kind} ${x.length === 1}`).join();
      const isSame = newSettings === settings && shape(newCurves) === shape(curves);
      curves = newCurves;
      settings = newSettings;
      lastStep = newLastStep;
      // While a bot trains there are new points several times a second, and the options stay as they are.
      if (isSame) plot.setData(dataNow());
      else plot.redraw();
    },
    dispose: () => plot.dispose(),
  };
}

function optionsFor(
  { width, color, axis }: Paper,
  curves: readonly Curve[],
  { metric, axis: along, isLog }: ChartSettings,
  lastStep: () => number,
  onHover: (x: number | null) => void,
): Omit<uPlot.Options, 'height'> {
  return {
    width,
    // Half of the longest number of steps is right of the last line.
    padding: [8, 26, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false, setScale: false } },
    hooks: {
      setCursor: [
        (plot) => {
          const left = plot.cursor.left ?? -1;
          onHover(left < 0 ? null : plot.posToVal(left, 'x'));
        },
      ],
    },
    scales: {
      x: {
        time: false,
        range: (_plot, min, max) => {
          if (along !== 'step') return uPlot.rangeNum(min, max, 0, false);
          return [Math.min(1, min), Math.max(2, max, lastStep())];
        },
      },
      y: isLog
        ? { distr: 3 }
        : { range: (_plot, min, max) => uPlot.rangeNum(min, max, 0.1, false) },
    },
    axes: [
      {
        ...axis,
        label: texts.axes[along],
        labelSize: 18,
        size: 26,
        grid: { show: false },
        ...(along === 'step' ? { incrs: WHOLE_STEPS } : {}),
      },
      {
        ...axis,
        label: texts.metrics[metric].axis,
        labelSize: 18,
        size: 58,
        space: 36,
        values: (_plot, splits) => splits.map((value) => (value === null ? '' : shortly(value))),
      },
    ],
    series: [
      {},
      ...curves.map((curve) => seriesOf(curve, color(`--run-${(curve.run % RUN_COLORS) + 1}`))),
    ],
  };
}

/** The distances between ticks, so that none is at half a step. */
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000];

function seriesOf({ kind, x }: Curve, stroke: string): uPlot.Series {
  const points = { show: true, size: 6, fill: stroke };
  switch (kind) {
    case 'raw':
      return { stroke, width: 1, alpha: 0.3, points: { show: false } };
    case 'smoothed':
      // A single step doesn't make a line.
      return { stroke, width: 2, points: x.length === 1 ? points : { show: false } };
    case 'held-out':
      return { stroke, width: 2, dash: [6, 4], points };
  }
}

/** `0.001`, `1.1e-4`, `12,000` */
function shortly(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential().replace('.0e', 'e');
  return formatNumber(value);
}
