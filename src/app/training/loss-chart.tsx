/**
 * The loss by step.
 *
 * The chart library is large compared to the rest of the page, so it is loaded with the first chart.
 */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { MetricPoint } from '../../protocol/training.ts';
import { formatCount, formatLoss } from '../format.ts';
import { LABELS } from '../labels.ts';
import type { LossPlot } from './loss-plot.ts';

interface LossChartProps {
  readonly points: readonly MetricPoint[];
  /** The end of the axis; 0 while it isn't known. */
  readonly totalSteps: number;
}

export function LossChart({ points, totalSteps }: LossChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const plot = useSignal<LossPlot | null>(null);
  const hasPoints = points.length > 0;

  useEffect(() => {
    const element = container.current;
    if (!hasPoints || element === null) return;
    let isGone = false;
    let created: LossPlot | null = null;
    import('./loss-plot.ts').then(
      ({ createLossPlot }) => {
        if (isGone) return;
        created = createLossPlot(element);
        plot.value = created;
      },
      () => {
        // The library isn't stored yet and the page is offline. The numbers above the chart are shown.
      },
    );
    return () => {
      isGone = true;
      created?.dispose();
      plot.value = null;
    };
  }, [hasPoints, plot]);

  useEffect(() => plot.value?.draw(points, totalSteps), [plot.value, points, totalSteps]);

  if (!hasPoints) return null;
  const last = points.at(-1);
  const lastValidation = points.findLast((point) => point.validationLoss !== undefined);
  return (
    <figure class="loss">
      <figcaption class="loss-head">
        <span class="small-heading">Loss</span>
        <span class="quiet">how surprised it is by your tweets; lower is better</span>
        <span class="loss-legend">
          <span class="loss-key loss-key-train">
            Learning <b>{last === undefined ? '' : formatLoss(last.loss)}</b>
          </span>
          {lastValidation?.validationLoss === undefined ? null : (
            <span class="loss-key loss-key-validation">
              On tweets held back <b>{formatLoss(lastValidation.validationLoss)}</b>
            </span>
          )}
        </span>
      </figcaption>
      <div ref={container} class="loss-plot" role="img" aria-label={describePoints(points)} />
    </figure>
  );
}

function describePoints(points: readonly MetricPoint[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return LABELS.lossChart;
  return `${LABELS.lossChart}: ${formatLoss(first.loss)} at step ${formatCount(first.step)}, ${formatLoss(last.loss)} at step ${formatCount(last.step)}`;
}
