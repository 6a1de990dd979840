/** Step 3: the bot writes. The studio in which it does is loaded once there is a bot that can write. */
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { isFirstVisit } from '../state/first-visit.ts';
import { writingBot } from '../state/runs.ts';
import { LazyPart } from '../ui/lazy-part.tsx';
import { Step } from '../ui/step.tsx';
import { page } from '../texts/en/page.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('page', page);

const loadStudio = () => import('./studio.tsx');

export function WriteStep() {
  // Then the first screen has the ready-made bot.
  const run = isFirstVisit.value ? null : writingBot.value;
  const writer = run?.canGenerate === true && activity.value !== 'training' ? run : null;
  return (
    <Step
      name="write"
      number={3}
      title={LABELS.writeStep}
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
  return activity.value === 'training' ? texts.writeInTraining : texts.writeWaiting;
}
