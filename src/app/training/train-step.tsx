/** Step 2: the form of a new training, the running one, an interrupted one, or the result. */
import type { RunSummary } from '../../protocol/bots.ts';
import { formatLoss } from '../format.ts';
import { LABELS } from '../labels.ts';
import { importJob, selectedDataset } from '../state/datasets.ts';
import { selectedRun } from '../state/runs.ts';
import { showLibrary } from '../state/steps.ts';
import { trainingError, trainingJob } from '../state/training.ts';
import { restartEngine } from '../state/boot.ts';
import { chooseFiles } from '../data/choose-files.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Step } from '../ui/step.tsx';
import { LazyPart } from '../ui/lazy-part.tsx';
import { loadTrainBody } from './load-train-body.ts';
import { page } from '../texts/en/page.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('page', page);

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
      title={LABELS.trainStep}
      state={isWaiting ? 'waiting' : isDone ? 'done' : 'active'}
      summary={isWaiting ? texts.trainWaiting : isDone ? finishedLine(run) : null}
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
      <LazyPart load={loadTrainBody}>
        {({ TrainBody }) => <TrainBody job={job} run={run} />}
      </LazyPart>
    </Step>
  );
}

/** `Trained 120 steps, loss 4.10 → 3.20` */
function finishedLine(run: RunSummary): string {
  const first = run.points[0];
  const last = run.points.at(-1);
  const steps = run.completedSteps;
  return first === undefined || last === undefined
    ? texts.trained(steps)
    : texts.trainedWithLoss(steps, formatLoss(first.loss), formatLoss(last.loss));
}
