/** A bot whose training was paused or interrupted, with a button that continues it. */
import type { RunSummary } from '../../protocol/bots.ts';
import { joinSentences } from '../format.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { isEngineReady } from '../state/engine.ts';
import { hasTweets, prepareNewBot } from '../state/runs.ts';
import { continueTraining } from '../state/training.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { PerchedProgress } from '../ui/perched-progress.tsx';
import { LossChart } from './loss-chart.tsx';
import { SampleTweets } from './sample-tweets.tsx';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

export function UnfinishedRun({ run }: { run: RunSummary }) {
  const continueButton = useFocusWhenLost<HTMLButtonElement>();
  const { completedSteps, totalSteps } = run;
  return (
    <div class="unfinished">
      <div class="live-top">
        <p class="live-step">
          {run.status === 'paused'
            ? texts.pausedAt(completedSteps, totalSteps)
            : texts.interruptedAt(completedSteps, totalSteps)}
        </p>
        <p class="live-detail">{describeState(run)}</p>
      </div>
      <PerchedProgress
        mood="idle"
        label={LABELS.trainingProgress}
        value={totalSteps === 0 ? 0 : completedSteps / totalSteps}
        valueText={texts.stepOfInRow(completedSteps, totalSteps)}
      />
      <div class="row-actions">
        <button
          ref={continueButton}
          type="button"
          class="button button-primary"
          disabled={!isEngineReady.value || activity.value !== null || !hasTweets(run)}
          onClick={() => void continueTraining(run)}
        >
          <Icon name="play" />
          {LABELS.continueTraining}
        </button>
        <button type="button" class="button" onClick={prepareNewBot}>
          {texts.startOver}
        </button>
      </div>
      <LossChart points={run.points} totalSteps={run.totalSteps} />
      <SampleTweets samples={run.samples} botName={run.name} isLive={false} />
    </div>
  );
}

function describeState(run: RunSummary): string {
  if (!hasTweets(run)) {
    return joinSentences(texts.tweetsDeleted, run.canGenerate ? texts.stillWrites : null);
  }
  return run.status === 'paused' ? texts.allSaved : texts.pageWasClosed;
}
