/** One bot: who it is, how far it got, and what can be done with it. */
import { type Signal, useSignal } from '@preact/signals';
import type { RunSummary } from '../../protocol/calls.ts';
import { formatBytes, formatCount, formatDate, formatLoss, plural } from '../format.ts';
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
import { Versions } from './versions.tsx';

type Mode = 'look' | 'rename' | 'export' | 'more';

export function BotItem({ run }: { run: RunSummary }) {
  const mode = useSignal<Mode>('look');
  const isSelected = selectedRunId.value === run.id;
  const isFree = activity.value === null;
  const look = () => {
    mode.value = 'look';
  };
  return (
    <li class={isSelected ? 'bot bot-selected' : 'bot'}>
      {mode.value === 'rename' ? (
        <RenameForm run={run} onDone={look} />
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
            <span class="bot-name">{run.name}</span>
            <span class="bot-status">{describeStatus(run)}</span>
            <span class="bot-meta">{describeOrigin(run)}</span>
            <span class="bot-meta">
              {formatDate(run.updatedAt)} · {formatBytes(run.storedBytes)}
            </span>
          </span>
        </button>
      )}
      {mode.value === 'export' ? <ExportPanel run={run} onDone={look} /> : null}
      {mode.value === 'more' ? <TrainMore run={run} onDone={look} /> : null}
      {mode.value === 'look' && isSelected && isFree ? (
        <>
          <BotActions run={run} mode={mode} />
          <Versions run={run} />
        </>
      ) : null}
    </li>
  );
}

function BotActions({ run, mode }: { run: RunSummary; mode: Signal<Mode> }) {
  const canTrain = isEngineReady.value && hasTweets(run);
  const open = (next: Mode) => () => {
    mode.value = next;
  };
  return (
    <div class="bot-actions">
      {run.status === 'finished' ? (
        <Action icon="play" disabled={!canTrain} onClick={open('more')}>
          Train more
        </Action>
      ) : (
        <Action icon="play" disabled={!canTrain} onClick={() => void continueTraining(run)}>
          Continue
        </Action>
      )}
      {run.canGenerate ? (
        <Action icon="download" label={`Export ${run.name}`} onClick={open('export')}>
          Export
        </Action>
      ) : null}
      <Action icon="pencil" label={`Rename ${run.name}`} onClick={open('rename')}>
        Rename
      </Action>
      <Action icon="copy" label={`Duplicate ${run.name}`} onClick={() => void duplicateRun(run)}>
        Duplicate
      </Action>
      <Action icon="trash" label={`Delete ${run.name}`} onClick={() => void deleteRun(run)}>
        Delete
      </Action>
      {hasTweets(run) ? null : (
        <p class="quiet">It can’t learn on: the tweets it learned from have been deleted.</p>
      )}
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

/** How much longer a finished bot learns. */
function TrainMore({ run, onDone }: { run: RunSummary; onDone: () => void }) {
  return (
    <fieldset class="export" aria-label={`Train ${run.name} more`}>
      <p>
        It goes on from where it is, over the same tweets, and becomes version {nextVersion(run)}.
      </p>
      <div class="row-actions">
        {[1, 2, 4].map((epochs) => (
          <button
            key={epochs}
            type="button"
            class="button button-small"
            onClick={() => {
              onDone();
              void continueTraining(run, epochs);
            }}
          >
            {plural(epochs, 'pass', 'passes')} more
          </button>
        ))}
        <button type="button" class="button button-small button-quiet" onClick={onDone}>
          Close
        </button>
      </div>
    </fieldset>
  );
}

function nextVersion({ history }: RunSummary): number {
  return 1 + history.reduce((most, { number }) => Math.max(most, number), 0);
}

function describeOrigin({ dataset, baseModelId }: RunSummary): string {
  const { kept } = dataset.counts;
  const parts = [
    `from ${dataset.name}`,
    // Nothing is known of what somebody else's bot has read.
    ...(kept === 0 ? [] : [plural(kept, 'tweet')]),
    modelName(baseModelId),
  ];
  return parts.join(' · ');
}

function describeStatus(run: RunSummary): string {
  const job = trainingJob.value;
  if (job?.runId === run.id) {
    const of = job.totalSteps === null ? '' : ` of ${formatCount(job.totalSteps)}`;
    return `In training: step ${formatCount(job.completedSteps)}${of}`;
  }
  if (run.status !== 'finished') {
    const what = run.status === 'paused' ? 'Paused' : 'Interrupted';
    return `${what} at step ${formatCount(run.completedSteps)} of ${formatCount(run.totalSteps)}`;
  }
  const last = run.points.at(-1);
  const loss = last === undefined ? '' : `, loss ${formatLoss(last.loss)}`;
  return `${plural(run.completedSteps, 'step')}${loss}`;
}
