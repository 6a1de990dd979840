/** The colour of a run in charts, lists and tables. Its name always stands beside it. */
import { RUN_COLORS } from './run-plot.ts';

export function Swatch({ index }: { index: number }) {
  return (
    <span
      class="runs-swatch"
      aria-hidden="true"
      style={{ background: `var(--run-${(index % RUN_COLORS) + 1})` }}
    />
  );
}
