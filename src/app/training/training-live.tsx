/** The running training: its progress, its losses, and the tweets it writes meanwhile. */
import { formatSpeed } from '../estimates.ts';
import { LABELS } from '../labels.ts';
import { restReason } from '../spare-device.ts';
import { engineStatus } from '../state/engine.ts';
import { endTraining, type trainingJob } from '../state/training.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { PerchedProgress } from '../ui/perched-progress.tsx';
import { describeCompute, hasCardFailed } from './describe-compute.ts';
import { liveFigures } from './live-figures.ts';
import { LossChart } from './loss-chart.tsx';
import { phaseText } from './phase-names.ts';
import { skippedSteps } from './plan-text.ts';
import { SampleTweets } from './sample-tweets.tsx';
import { TellSwitch } from './tell-switch.tsx';
import { system } from '../texts/en/system.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);
const systemTexts = messages('system', system);

type Job = NonNullable<typeof trainingJob.value>;

export function TrainingLive({ job }: { job: Job }) {
  const panel = useFocusWhenLost<HTMLElement>();
  const { completedSteps, totalSteps } = job;
  const doing = describePhase(job);
  const skipped = skippedSteps(job.points);
  const hasSteps = totalSteps !== null && totalSteps > 0;
  return (
    // Takes the focus when the button "Start training" is removed, so that it isn't lost.
    <section class="live" ref={panel} tabIndex={-1} aria-label={texts.live}>
      <div class="live-top">
        <p class="live-step">
          {hasSteps ? texts.stepOf(completedSteps, totalSteps) : texts.underway(doing)}
        </p>
        <p class="live-detail">
          {hasSteps && !isStepping(job) ? texts.underway(doing) : describeSpeed(job)}
        </p>
      </div>
      <PerchedProgress
        mood="learning"
        label={LABELS.trainingProgress}
        value={hasSteps ? stepsDone(job) / totalSteps : null}
        valueText={hasSteps ? texts.stepOfInRow(completedSteps, totalSteps) : doing}
      />
      {engineStatus.value !== null && hasCardFailed(engineStatus.value) ? (
        <p>{describeCompute(engineStatus.value)}</p>
      ) : null}
      {skipped === 0 ? null : <p class="quiet">{texts.skipped(skipped)}</p>}
      <div class="row-actions">
        <button
          type="button"
          class="button"
          disabled={job.ending !== null}
          onClick={() => void endTraining('paused')}
        >
          <Icon name="pause" />
          {LABELS.pause}
        </button>
        <button
          type="button"
          class="button"
          disabled={job.ending !== null}
          onClick={() => void endTraining('finished')}
        >
          <Icon name="stop" />
          {LABELS.stopAndKeep}
        </button>
        <span class="quiet">
          {job.ending === null ? texts.savedAsItGoes : null}
          {job.ending === 'paused' ? texts.pausing : null}
          {job.ending === 'finished' ? texts.finishing : null}
        </span>
      </div>
      {restReason.value === null ? null : (
        <p class="quiet" role="status">
          {systemTexts.rests[restReason.value]}
        </p>
      )}
      <TellSwitch />
      <LossChart points={job.points} totalSteps={totalSteps ?? 0} />
      <p class="quiet">{liveFigures(job.points)}</p>
      <SampleTweets samples={job.samples} botName={job.name} isLive={true} />
    </section>
  );
}

function describePhase(job: Job): string {
  return job.phase === null ? texts.gettingReady : phaseText(job.phase, job.part);
}

/** With the part of the present step that is done, which on a slow computer takes long. */
function stepsDone({ completedSteps, phase, part }: Job): number {
  return completedSteps + (phase === 'training' && part ? part.done / part.count : 0);
}

/** Saving between two steps takes only a moment, during which the time left stays on the page. */
function isStepping(job: Job): boolean {
  return job.phase === 'training' || (job.phase === 'saving' && job.secondsLeft !== null);
}

function describeSpeed(job: Job): string {
  const parts: string[] = [];
  if (job.secondsLeft !== null) parts.push(texts.secondsLeft(job.secondsLeft));
  if (job.tokensPerSecond > 0) parts.push(formatSpeed(job.tokensPerSecond));
  return parts.join(' · ');
}
