/** The chart of one run or of several, with controls for the metric, the axes and the smoothing. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatLoss, formatRough } from '../format.ts';
import { LABELS } from '../labels.ts';
import {
  AXES,
  type AxisName,
  type ChartSettings,
  type Curve,
  curvesOf,
  METRICS,
  type MetricName,
  valueAt,
} from './curves.ts';
import { createRunPlot, type RunPlot } from './run-plot.ts';
import { Swatch } from './swatch.tsx';
import { runs as runTexts } from '../texts/en/runs.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('runs', runTexts);

// The keys of a constant table are its names, whatever Object.keys says of their type.
const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

const HEIGHT_PX = 260;

interface RunChartProps {
  readonly runs: readonly Charted[];
  /** The last step of the run, where the axis of steps ends; 0 to end at the last point. */
  readonly lastStep?: number;
}

/** What a chart shows of a run. */
export type Charted = Pick<RunSummary, 'id' | 'name' | 'points'>;

export function RunChart({ runs, lastStep = 0 }: RunChartProps) {
  const settings = useSignal<ChartSettings>({
    metric: 'loss',
    axis: 'step',
    smoothing: 0.6,
    isLog: false,
  });
  const container = useRef<HTMLDivElement>(null);
  const plot = useRef<RunPlot | null>(null);
  const hovered = useSignal<number | null>(null);
  const curves = useMemo(() => curvesOf(runs, settings.value), [runs, settings.value]);

  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    const created = createRunPlot(element, HEIGHT_PX, (x) => {
      hovered.value = x;
    });
    plot.current = created;
    return () => created.dispose();
  }, []);
  useEffect(
    () => plot.current?.draw(curves, settings.value, lastStep),
    [curves, settings.value, lastStep],
  );

  const { metric } = settings.value;
  const isAlone = runs.length === 1;
  return (
    <figure class="runs-chart">
      <Controls
        settings={settings.value}
        onChange={(change) => {
          settings.value = { ...settings.value, ...change };
        }}
      />
      <figcaption class="runs-legend">
        {runs.map((run, i) => (
          <span key={run.id} class="runs-key">
            <Swatch index={i} />
            <span class="runs-key-name">{isAlone ? aloneName(metric) : <bdi>{run.name}</bdi>}</span>
            {curves
              .filter((curve) => curve.run === i && curve.kind !== 'raw')
              .map((curve) => (
                <span key={curve.kind} class={`runs-key-value runs-key-${curve.kind}`}>
                  {curve.kind === 'held-out' ? `${texts.heldOut} ` : ''}
                  <b>{shownValue(metric, curve, hovered.value)}</b>
                </span>
              ))}
          </span>
        ))}
        {metric === 'loss' ? (
          <span class="runs-lines">{isAlone ? texts.linesAlone : texts.lines}</span>
        ) : null}
      </figcaption>
      {curves.length === 0 ? <p class="quiet">{texts.notMeasured}</p> : null}
      <div
        ref={container}
        class="runs-plot"
        role="img"
        aria-label={describe(metric, runs, curves)}
      />
    </figure>
  );
}

interface ControlsProps {
  readonly settings: ChartSettings;
  readonly onChange: (change: Partial<ChartSettings>) => void;
}

function Controls({ settings, onChange }: ControlsProps) {
  return (
    <div class="runs-controls">
      <fieldset class="runs-tabs" aria-label={LABELS.metric}>
        {METRIC_NAMES.map((name) => (
          <button
            key={name}
            type="button"
            class="runs-tab"
            aria-pressed={settings.metric === name}
            onClick={() => onChange({ metric: name })}
          >
            {texts.metrics[name].label}
          </button>
        ))}
      </fieldset>
      <label class="runs-control">
        {texts.xAxis}
        <select
          value={settings.axis}
          onChange={({ currentTarget }) => onChange({ axis: currentTarget.value as AxisName })}
        >
          {AXES.map((name) => (
            <option key={name} value={name}>
              {texts.axes[name]}
            </option>
          ))}
        </select>
      </label>
      <label class="runs-control">
        {texts.smoothing}
        <input
          type="range"
          min={0}
          max={0.98}
          step={0.02}
          value={settings.smoothing}
          onInput={({ currentTarget }) => onChange({ smoothing: currentTarget.valueAsNumber })}
        />
      </label>
      <label class="runs-control">
        <input
          type="checkbox"
          checked={settings.isLog}
          onChange={({ currentTarget }) => onChange({ isLog: currentTarget.checked })}
        />
        {texts.logarithmic}
      </label>
    </div>
  );
}

/** One run needs no name in its own chart. */
function aloneName(metric: MetricName): string {
  return metric === 'loss' ? texts.trainingLoss : texts.metrics[metric].label;
}

/** The value under the pointer, or the last one. */
function shownValue(metric: MetricName, curve: Curve, hovered: number | null): string {
  const value = hovered === null ? curve.y.at(-1) : valueAt(curve, hovered);
  if (value === undefined) return '';
  return metric === 'loss' ? formatLoss(value) : formatRough(value);
}

function describe(metric: MetricName, runs: readonly Charted[], curves: readonly Curve[]): string {
  const ends = curves.flatMap(({ run, kind, y }) => {
    const name = runs[run]?.name ?? '';
    if (kind === 'raw') return [];
    const values = [name, formatRough(y[0] ?? 0), formatRough(y.at(-1) ?? 0)] as const;
    return [kind === 'held-out' ? texts.curveOnHeldOut(...values) : texts.curve(...values)];
  });
  return texts.curves(texts.metrics[metric].label, ends);
}
