/** All runs, the newest first, each with its curve, its outcome and its result. */
import type { RunSummary } from '../../protocol/bots.ts';
import { formatDate, formatLoss } from '../format.ts';
import { LABELS } from '../labels.ts';
import { trainingJob } from '../state/training.ts';
import { showRuns } from '../state/view.ts';
import { lowestValidation } from './curves.ts';
import { outcomeWord } from './run-facts.ts';
import { Sparkline } from './sparkline.tsx';
import { Swatch } from './swatch.tsx';
import { runs as runTexts } from '../texts/en/runs.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('runs', runTexts);

interface RunListProps {
  readonly runs: readonly RunSummary[];
  /** Those that are looked at, in the order in which they were chosen. */
  readonly shown: readonly RunSummary[];
}

export function RunList({ runs, shown }: RunListProps) {
  const ids = shown.map(({ id }) => id);
  return (
    <ul class="runs-list" aria-label={LABELS.runs}>
      {runs.map((run) => {
        const index = ids.indexOf(run.id);
        const isShown = index >= 0;
        return (
          <li key={run.id} class={isShown ? 'runs-item runs-item-shown' : 'runs-item'}>
            <label class="runs-check">
              <input
                type="checkbox"
                aria-label={LABELS.compareRun(run.name)}
                checked={isShown}
                onChange={() =>
                  showRuns(isShown ? ids.filter((id) => id !== run.id) : [...ids, run.id])
                }
              />
            </label>
            <button
              type="button"
              class="runs-open"
              aria-current={isShown && ids.length === 1 ? 'true' : undefined}
              onClick={() => showRuns([run.id])}
            >
              <span class="runs-item-text">
                <span class="runs-item-name">
                  {isShown && ids.length > 1 ? <Swatch index={index} /> : null}
                  <bdi>{run.name}</bdi>
                </span>
                <Outcome run={run} />
                <span class="runs-item-meta">
                  {describeResult(run)} · {formatDate(run.createdAt)}
                </span>
              </span>
              <Sparkline points={run.points} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** How a run ended, as a coloured word. */
export function Outcome({ run }: { run: RunSummary }) {
  const { status, outcome } = run;
  const isLearning = trainingJob.value?.runId === run.id;
  const isGood = status === 'finished' && !isLearning;
  const tone = outcome?.kind === 'failed' ? 'bad' : isGood ? 'good' : 'open';
  return (
    <span class="runs-outcomes">
      <span class={`runs-outcome runs-outcome-${tone}`}>
        {isLearning ? texts.outcomes.inTraining : outcomeWord(run)}
      </span>
      {run.isRecordOnly ? <span class="runs-outcome">{texts.isImported}</span> : null}
    </span>
  );
}

function describeResult({ points, completedSteps }: RunSummary): string {
  const lowest = lowestValidation(points);
  const steps = texts.steps(completedSteps);
  return lowest === null ? steps : `${texts.lossIs(formatLoss(lowest.loss))} · ${steps}`;
}
