/**
 * The curves of one training.
 *
 * The chart library is large compared to the rest of the page, so it is loaded with the first chart.
 */
import { useMemo } from 'preact/hooks';
import type { MetricPoint } from '../../protocol/training.ts';
import { LazyPart } from '../ui/lazy-part.tsx';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

interface LossChartProps {
  readonly points: readonly MetricPoint[];
  /** The end of the axis; 0 while it isn't known. */
  readonly totalSteps: number;
}

const loadChart = () => import('../runs/run-chart.tsx');

export function LossChart({ points, totalSteps }: LossChartProps) {
  const name = texts.it;
  const runs = useMemo(() => [{ id: '', name, points }], [name, points]);
  if (points.length === 0) return null;
  return (
    <LazyPart load={loadChart}>
      {({ RunChart }) => <RunChart runs={runs} lastStep={totalSteps} />}
    </LazyPart>
  );
}
