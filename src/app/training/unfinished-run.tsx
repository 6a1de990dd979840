/** A bot whose training was paused or interrupted, with a button that continues it. */
import type { RunSummary } from '../../protocol/bots.ts';
import { joinSentences } from '../format.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { isEngineReady } from '../state/engine.ts';
import { isLostOften } from '../state/lost-pages.ts';
import { prepareSmaller } from '../state/repeat.ts';
import { hasTweets, prepareNewBot } from '../state/runs.ts';
import { continueTraining } from '../state/training.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { PerchedProgress } from '../ui/perched-progress.tsx';
import { LossChart } from './loss-chart.tsx';
import { SampleTweets } from './sample-tweets.tsx';
import { system } from '../texts/en/system.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);
const systemTexts = messages('system', system);

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
      {isLostOften(run.id) && hasTweets(run) ? <OfferSmaller run={run} /> : null}
      <LossChart points={run.points} totalSteps={run.totalSteps} />
      <SampleTweets samples={run.samples} botName={run.name} isLive={false} />
    </div>
  );
}

/** The device has ended the page again and again: it is probably too small for this training. */
function OfferSmaller({ run }: { run: RunSummary }) {
  return (
    <div class="note note-warning" role="status">
      <Icon name="warning" />
      <div class="note-text">
        <p>{systemTexts.lostOften}</p>
        <div class="note-actions">
          <button type="button" class="button button-small" onClick={() => prepareSmaller(run)}>
            {systemTexts.trySmaller}
          </button>
        </div>
      </div>
    </div>
  );
}

function describeState(run: RunSummary): string {
  if (!hasTweets(run)) {
    return joinSentences(texts.tweetsDeleted, run.canGenerate ? texts.stillWrites : null);
  }
  return run.status === 'paused' ? texts.allSaved : texts.pageWasClosed;
}
