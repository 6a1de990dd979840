/** Draws the losses with uPlot in the page's colours, and follows changes of theme and width. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { effect } from '@preact/signals';
import type { MetricPoint } from '../../protocol/training.ts';
import { theme } from '../state/settings.ts';

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
  let plot: uPlot | null = null;
  let data: uPlot.AlignedData = [[], [], []];
  let lastStep = 0;

  function build(): void {
    plot?.destroy();
    plot = new uPlot(
      optionsFor(element, () => lastStep),
      data,
      element,
    );
  }

  // A canvas doesn't follow CSS, so a change of theme draws a new plot.
  const darkScheme = matchMedia('(prefers-color-scheme: dark)');
  darkScheme.addEventListener('change', build);
  const stopTheme = effect(() => {
    void theme.value;
    // Runs after the effect that applies the theme to the page.
    queueMicrotask(build);
  });
  const observer = new ResizeObserver(() => {
    plot?.setSize({ width: element.clientWidth, height: HEIGHT_PX });
  });
  observer.observe(element);

  return {
    draw(points, totalSteps) {
      data = toSeries(points);
      lastStep = Math.max(totalSteps, points.at(-1)?.step ?? 0);
      plot?.setData(data);
    },
    dispose() {
      darkScheme.removeEventListener('change', build);
      stopTheme();
      observer.disconnect();
      plot?.destroy();
      plot = null;
    },
  };
}

function optionsFor(element: HTMLElement, lastStep: () => number): uPlot.Options {
  const color = (name: string) => resolveColor(element, name);
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  const axis: uPlot.Axis = {
    stroke: color('--muted'),
    font,
    labelFont: font,
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
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

/** The value of a custom property as a colour for a canvas. Only an element resolves `light-dark()`. */
function resolveColor(element: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
