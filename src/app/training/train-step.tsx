/** Step 2: the form of a new training, the running one, an interrupted one, or the result. */
import type { RunSummary } from '../../protocol/bots.ts';
import { formatLoss, plural } from '../format.ts';
import { importJob, selectedDataset } from '../state/datasets.ts';
import { selectedRun } from '../state/runs.ts';
import { showLibrary } from '../state/steps.ts';
import { trainingError, trainingJob } from '../state/training.ts';
import { restartEngine } from '../state/boot.ts';
import { chooseFiles } from '../data/choose-files.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Step } from '../ui/step.tsx';
import { RunResult } from './run-result.tsx';
import { TrainForm } from './train-form.tsx';
import { TrainingLive } from './training-live.tsx';
import { UnfinishedRun } from './unfinished-run.tsx';

export function TrainStep() {
  const job = trainingJob.value;
  const run = job === null ? selectedRun.value : null;
  const isDone = run?.status === 'finished';
  const isWaiting =
    job === null && run === null && (selectedDataset.value === null || importJob.value !== null);
  return (
    <Step
      name="train"
      number={2}
      title="Train"
      state={isWaiting ? 'waiting' : isDone ? 'done' : 'active'}
      summary={
        isWaiting
          ? 'A small GPT-2 learns how you write, on this computer.'
          : isDone
            ? finishedLine(run)
            : null
      }
      canFold={isDone}
    >
      {trainingError.value === null ? null : (
        <ErrorNote
          error={trainingError.value}
          actions={{
            'restart-engine': () => void restartEngine(),
            'choose-files': chooseFiles,
            'show-library': showLibrary,
          }}
          onDismiss={() => {
            trainingError.value = null;
          }}
        />
      )}
      {job !== null ? (
        <TrainingLive job={job} />
      ) : run === null ? (
        <TrainForm />
      ) : isDone ? (
        <RunResult run={run} />
      ) : (
        <UnfinishedRun run={run} />
      )}
    </Step>
  );
}

/** `Trained 120 steps, loss 4.10 → 3.20` */
function finishedLine(run: RunSummary): string {
  const first = run.points[0];
  const last = run.points.at(-1);
  const loss =
    first === undefined || last === undefined
      ? ''
      : `, loss ${formatLoss(first.loss)} → ${formatLoss(last.loss)}`;
  return `Trained ${plural(run.completedSteps, 'step')}${loss}`;
}
