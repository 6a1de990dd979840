/** A bot whose training was paused or interrupted, with a button that continues it. */
import type { RunSummary } from '../../protocol/bots.ts';
import { formatCount } from '../format.ts';
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

export function UnfinishedRun({ run }: { run: RunSummary }) {
  const continueButton = useFocusWhenLost<HTMLButtonElement>();
  const where = `step ${formatCount(run.completedSteps)} of ${formatCount(run.totalSteps)}`;
  return (
    <div class="unfinished">
      <div class="live-top">
        <p class="live-step">
          {run.status === 'paused' ? 'Paused' : 'Interrupted'} at {where}
        </p>
        <p class="live-detail">{describeState(run)}</p>
      </div>
      <PerchedProgress
        mood="idle"
        label={LABELS.trainingProgress}
        value={run.totalSteps === 0 ? 0 : run.completedSteps / run.totalSteps}
        valueText={where}
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
          Start over
        </button>
      </div>
      <LossChart points={run.points} totalSteps={run.totalSteps} />
      <SampleTweets samples={run.samples} botName={run.name} isLive={false} />
    </div>
  );
}

function describeState(run: RunSummary): string {
  if (!hasTweets(run)) {
    const still = run.canGenerate ? ' It still writes with what it has learned.' : '';
    return `The tweets it was learning from have been deleted here, so it can’t go on.${still}`;
  }
  return run.status === 'paused'
    ? 'Everything so far is saved.'
    : 'The page was closed while it was training. What it had saved is here.';
}
