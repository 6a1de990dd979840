/** Step 3: the bot writes. The studio in which it does is loaded once there is a bot that can write. */
import { activity } from '../state/activity.ts';
import { selectedRun } from '../state/runs.ts';
import { LazyPart } from '../ui/lazy-part.tsx';
import { Step } from '../ui/step.tsx';

const loadStudio = () => import('./studio.tsx');

export function WriteStep() {
  const run = selectedRun.value;
  const writer = run?.canGenerate === true && activity.value !== 'training' ? run : null;
  return (
    <Step
      name="write"
      number={3}
      title="Write"
      state={writer === null ? 'waiting' : 'active'}
      summary={writer === null ? waitingLine() : null}
      canFold={false}
    >
      {writer === null ? null : (
        <LazyPart load={loadStudio}>{({ Studio }) => <Studio run={writer} />}</LazyPart>
      )}
    </Step>
  );
}

function waitingLine(): string {
  return activity.value === 'training'
    ? 'Available when training is done. Pause training to write earlier.'
    : 'Your bot will write new tweets in your voice, even offline.';
}
