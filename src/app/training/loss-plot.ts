/** Draws the losses of one training. */
import uPlot from 'uplot';
import type { MetricPoint } from '../../protocol/training.ts';
import { createPlot, type Paper } from '../ui/plot.ts';

export interface LossPlot {
  draw(points: readonly MetricPoint[], totalSteps: number): void;
  dispose(): void;
}

const HEIGHT_PX = 200;

/** The points in the format of uPlot: steps, losses, validation losses. */
export function toSeries(points: readonly MetricPoint[]): uPlot.AlignedData {
  return [
    points.map(({ step }) => step),
    points.map(({ loss }) => loss),
    points.map(({ validationLoss }) => validationLoss ?? null),
  ];
}

export function createLossPlot(element: HTMLElement): LossPlot {
  let data: uPlot.AlignedData = [[], [], []];
  let lastStep = 0;
  const plot = createPlot(element, HEIGHT_PX, (paper) => ({
    options: optionsFor(paper, () => lastStep),
    data,
  }));
  return {
    draw(points, totalSteps) {
      data = toSeries(points);
      lastStep = Math.max(totalSteps, points.at(-1)?.step ?? 0);
      plot.setData(data);
    },
    dispose: () => plot.dispose(),
  };
}

function optionsFor({ width, color, axis }: Paper, lastStep: () => number): uPlot.Options {
  return {
    width,
    height: HEIGHT_PX,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [1, Math.max(2, lastStep())] },
      y: { range: (_plot, min, max) => uPlot.rangeNum(min, max, 0.1, false) },
    },
    axes: [
      {
        ...axis,
        label: 'Step',
        labelSize: 18,
        size: 26,
        grid: { show: false },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
      },
      { ...axis, label: 'Loss (nats a token)', labelSize: 18, size: 38, space: 40 },
    ],
    series: [
      {},
      {
        label: 'Learning',
        stroke: color('--chart-train'),
        width: 2,
        // A single step doesn't make a line.
        points: {
          show: (plot) => plot.data[0].length === 1,
          size: 6,
          fill: color('--chart-train'),
        },
      },
      {
        label: 'Held back',
        stroke: color('--chart-validation'),
        width: 2,
        dash: [6, 4],
        spanGaps: true,
        points: { show: true, size: 6, fill: color('--chart-validation') },
      },
    ],
  };
}
