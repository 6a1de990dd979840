/** Draws the curves of one run or of several. */
import uPlot from 'uplot';
import { createPlot, type Paper } from '../ui/plot.ts';
import { AXES, type ChartSettings, type Curve, METRICS } from './curves.ts';

export interface RunPlot {
  draw(curves: readonly Curve[], settings: ChartSettings): void;
  dispose(): void;
}

/** How many runs have a colour of their own. */
export const RUN_COLORS = 8;

/** @param onHover Told the place on the axis that the pointer is at; null when it leaves. */
export function createRunPlot(
  element: HTMLElement,
  height: number,
  onHover: (x: number | null) => void,
): RunPlot {
  let curves: readonly Curve[] = [];
  let settings: ChartSettings = { metric: 'loss', axis: 'step', smoothing: 0, isLog: false };
  const plot = createPlot(element, height, (paper) => ({
    options: { ...optionsFor(paper, curves, settings, onHover), height },
    data: curves.length === 0 ? [[]] : uPlot.join(curves.map(({ x, y }) => [[...x], [...y]])),
  }));
  return {
    draw(newCurves, newSettings) {
      curves = newCurves;
      settings = newSettings;
      plot.redraw();
    },
    dispose: () => plot.dispose(),
  };
}

function optionsFor(
  { width, color, axis }: Paper,
  curves: readonly Curve[],
  { metric, axis: along, isLog }: ChartSettings,
  onHover: (x: number | null) => void,
): Omit<uPlot.Options, 'height'> {
  return {
    width,
    padding: [8, 16, 0, 0],
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
      x: { time: false },
      y: isLog
        ? { distr: 3 }
        : { range: (_plot, min, max) => uPlot.rangeNum(min, max, 0.1, false) },
    },
    axes: [
      { ...axis, label: AXES[along], labelSize: 18, size: 26, grid: { show: false } },
      {
        ...axis,
        label: METRICS[metric].axis,
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
  return value.toLocaleString('en', { maximumFractionDigits: 4 });
}
