/** One bot in the list: its name, its progress, and the actions for it. */
import { type Signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { quizScore } from '../../domain/quiz.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatBytes, formatDate, formatLoss } from '../format.ts';
import { activity } from '../state/activity.ts';
import { modelName } from '../state/base-models.ts';
import { canAskEngine, isEngineReady } from '../state/engine.ts';
import { deleteRun, duplicateRun, hasTweets, selectRun } from '../state/runs.ts';
import { selectedRunId } from '../state/settings.ts';
import { continueTraining, trainingJob } from '../state/training.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { ExportPanel } from './export-panel.tsx';
import { RenameForm } from './rename-form.tsx';
import { TrainMore } from './train-more.tsx';
import { Versions } from './versions.tsx';
import { library } from '../texts/en/library.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('library', library);

type Mode = 'view' | 'rename' | 'export' | 'train-more';

export function BotItem({ run }: { run: RunSummary }) {
  const mode = useSignal<Mode>('view');
  const isSelected = selectedRunId.value === run.id;
  const isFree = activity.value === null;
  const item = useRef<HTMLLIElement>(null);
  const view = () => {
    mode.value = 'view';
    // The pressed button is gone with its panel. What that has begun may have taken the focus.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) item.current?.querySelector('button')?.focus();
    });
  };
  return (
    <li ref={item} class={isSelected ? 'bot bot-selected' : 'bot'}>
      {mode.value === 'rename' ? (
        <RenameForm run={run} onDone={view} />
      ) : (
        <button
          type="button"
          class="bot-select"
          aria-current={isSelected ? 'true' : undefined}
          disabled={!isFree}
          onClick={() => selectRun(run)}
        >
          <Avatar bot={run} />
          <span class="bot-text">
            <span class="bot-name">
              <bdi>{run.name}</bdi>
            </span>
            <span class="bot-status">{describeStatus(run)}</span>
            <span class="bot-meta">{describeOrigin(run)}</span>
            <QuizLine run={run} />
            <span class="bot-meta">
              {formatDate(run.updatedAt)} · {formatBytes(run.storedBytes)}
            </span>
          </span>
        </button>
      )}
      {mode.value === 'export' ? <ExportPanel run={run} onDone={view} /> : null}
      {mode.value === 'train-more' ? <TrainMore run={run} onDone={view} /> : null}
      {mode.value === 'view' && isSelected && isFree ? (
        <>
          <BotActions run={run} mode={mode} />
          <Versions run={run} />
        </>
      ) : null}
    </li>
  );
}

/** How good the bot is by “Real or bot?”. */
function QuizLine({ run }: { run: RunSummary }) {
  const score = quizScore(run);
  if (score === null) return null;
  return <span class="bot-meta">{texts.quiz(score.right, score.pairs)}</span>;
}

function BotActions({ run, mode }: { run: RunSummary; mode: Signal<Mode> }) {
  const canTrain = isEngineReady.value && hasTweets(run);
  const open = (next: Mode) => () => {
    mode.value = next;
  };
  return (
    <div class="bot-actions">
      {run.status === 'finished' ? (
        <Action icon="play" disabled={!canTrain} onClick={open('train-more')}>
          {texts.trainMore}
        </Action>
      ) : (
        <Action icon="play" disabled={!canTrain} onClick={() => void continueTraining(run)}>
          {texts.continue}
        </Action>
      )}
      {run.canGenerate ? (
        <Action icon="download" label={texts.exportOf(run.name)} onClick={open('export')}>
          {texts.export}
        </Action>
      ) : null}
      <Action icon="pencil" label={texts.renameOf(run.name)} onClick={open('rename')}>
        {texts.rename}
      </Action>
      <Action
        icon="copy"
        label={texts.duplicateOf(run.name)}
        onClick={() => void duplicateRun(run)}
      >
        {texts.duplicate}
      </Action>
      <Action icon="trash" label={texts.deleteOf(run.name)} onClick={() => void deleteRun(run)}>
        {texts.delete}
      </Action>
      {hasTweets(run) ? null : <p class="quiet">{texts.noTweets}</p>}
    </div>
  );
}

interface ActionProps {
  readonly icon: IconName;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

function Action({ icon, label, disabled = false, onClick, children }: ActionProps) {
  return (
    <button
      type="button"
      class="tweet-action"
      aria-label={label}
      disabled={disabled || !canAskEngine.value}
      onClick={onClick}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}

function describeOrigin({ dataset, baseModelId }: RunSummary): string {
  const { kept } = dataset.counts;
  const parts = [
    texts.from(dataset.name),
    // For a bot from somebody else, the number of tweets is unknown.
    ...(kept === 0 ? [] : [texts.tweets(kept)]),
    modelName(baseModelId),
  ];
  return parts.join(' · ');
}

function describeStatus(run: RunSummary): string {
  const job = trainingJob.value;
  if (job?.runId === run.id) {
    return texts.inTraining(job.completedSteps, job.totalSteps);
  }
  if (run.status !== 'finished') {
    const { completedSteps, totalSteps } = run;
    return run.status === 'paused'
      ? texts.paused(completedSteps, totalSteps)
      : texts.interrupted(completedSteps, totalSteps);
  }
  const last = run.points.at(-1);
  return last === undefined
    ? texts.steps(run.completedSteps)
    : texts.stepsWithLoss(run.completedSteps, formatLoss(last.loss));
}
