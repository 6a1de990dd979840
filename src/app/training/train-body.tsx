/** What step 2 shows once there is something to train on: the form, the running training, or what came of it. */
import type { RunSummary } from '../../protocol/bots.ts';
import type { trainingJob } from '../state/training.ts';
import { RunResult } from './run-result.tsx';
import { TrainForm } from './train-form.tsx';
import { TrainingLive } from './training-live.tsx';
import { UnfinishedRun } from './unfinished-run.tsx';

interface TrainBodyProps {
  readonly job: typeof trainingJob.value;
  readonly run: RunSummary | null;
}

export function TrainBody({ job, run }: TrainBodyProps) {
  if (job !== null) return <TrainingLive job={job} />;
  if (run === null) return <TrainForm />;
  return run.status === 'finished' ? <RunResult run={run} /> : <UnfinishedRun run={run} />;
}
