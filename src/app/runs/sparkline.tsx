/** The loss of a run as a small line. Its numbers stand beside it. */
import type { MetricPoint } from '../../protocol/training.ts';
import { smooth } from './curves.ts';

const WIDTH = 72;
const HEIGHT = 28;
/** A line of more points looks the same. */
const MAX_POINTS = 60;

export function Sparkline({ points }: { points: readonly MetricPoint[] }) {
  if (points.length < 2) return null;
  const losses = smooth(
    points.map(({ loss }) => loss),
    0.6,
  );
  const every = Math.max(1, Math.ceil(losses.length / MAX_POINTS));
  const shown = losses.filter((_, i) => (losses.length - 1 - i) % every === 0);
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const line = shown.map((loss, i) => {
    const x = (WIDTH * i) / Math.max(1, shown.length - 1);
    const y = 2 + ((HEIGHT - 4) * (high - loss)) / Math.max(1e-9, high - low);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="runs-spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={line.join(' ')} />
    </svg>
  );
}
