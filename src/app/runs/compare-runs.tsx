/** Several runs beside each other: their curves in one chart, and what differs between them in one table. */
import { useSignal } from '@preact/signals';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatDate } from '../format.ts';
import { LABELS } from '../labels.ts';
import { showRuns } from '../state/view.ts';
import { ExportMenu } from './export-menu.tsx';
import { RunChart } from './run-chart.tsx';
import { compare } from './run-facts.ts';
import { Swatch } from './swatch.tsx';
import { runs as runTexts } from '../texts/en/runs.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('runs', runTexts);

export function CompareRuns({ runs }: { runs: readonly RunSummary[] }) {
  const isAllShown = useSignal(false);
  const groups = compare(runs)
    .map(({ title, rows }) => ({
      title,
      rows: rows.filter(({ differs }) => isAllShown.value || differs),
    }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <article class="runs-panel" aria-labelledby="compare-title">
      <header class="runs-panel-head">
        <h2 id="compare-title">{texts.compared(runs.length)}</h2>
        <div class="row-actions">
          <ExportMenu runs={runs} />
          <button
            type="button"
            class="button button-small button-quiet"
            onClick={() => showRuns(runs.slice(0, 1).map(({ id }) => id))}
          >
            {texts.stopComparing}
          </button>
        </div>
      </header>
      <RunChart runs={runs} />
      <section class="runs-section">
        <div class="runs-samples-head">
          <h3 class="small-heading">{isAllShown.value ? texts.allSettings : texts.whatDiffers}</h3>
          <label class="runs-control">
            <input
              type="checkbox"
              checked={isAllShown.value}
              onChange={({ currentTarget }) => {
                isAllShown.value = currentTarget.checked;
              }}
            />
            {LABELS.sameSettingsToo}
          </label>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, by keyboard too */}
        <section class="runs-table-frame" tabIndex={0} aria-label={LABELS.settingsTable}>
          <table
            class="runs-table"
            aria-label={LABELS.settingsTable}
            style={{ '--runs-compared': runs.length }}
          >
            <thead>
              <tr>
                <td />
                {runs.map((run, i) => (
                  <th key={run.id} scope="col">
                    <span class="runs-column">
                      <Swatch index={i} />
                      <span>
                        <bdi>{run.name}</bdi>
                        <span class="bot-meta">{formatDate(run.createdAt)}</span>
                      </span>
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            {groups.map(({ title, rows }) => (
              <tbody key={title}>
                <tr>
                  <th class="runs-group" scope="rowgroup" colSpan={runs.length + 1}>
                    {title}
                  </th>
                </tr>
                {rows.map(({ label, values, best }) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    {values.map((value, i) => (
                      // The columns are the runs, in their order.
                      <td key={runs[i]?.id} class={best.includes(i) ? 'runs-best' : undefined}>
                        {value === '' ? '–' : value}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </section>
      </section>
    </article>
  );
}
