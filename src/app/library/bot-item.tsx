/** One bot: who it is, how far it got, and what can be done with it. */
import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RunSummary } from '../../protocol/calls.ts';
import { formatBytes, formatCount, formatDate, formatLoss, plural } from '../format.ts';
import { activity } from '../state/activity.ts';
import { canAskEngine, isEngineReady } from '../state/engine.ts';
import { deleteRun, hasTweets, renameRun, selectRun } from '../state/runs.ts';
import { selectedRunId } from '../state/settings.ts';
import { continueTraining } from '../state/training.ts';
import { BirdMark } from '../ui/bird.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Icon } from '../ui/icons.tsx';

type Mode = 'look' | 'rename' | 'delete';

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
          <BirdMark class="avatar" />
          <span class="bot-text">
            <span class="bot-name">{run.name}</span>
            <span class="bot-status">{describeStatus(run)}</span>
            <span class="bot-meta">
              from {run.dataset.name} · {run.baseModelId} model
            </span>
            <span class="bot-meta">
              {formatDate(run.updatedAt)} · {formatBytes(run.checkpointBytes)}
            </span>
          </span>
        </button>
      )}
      {mode.value === 'delete' ? (
        <Confirm
          question={`Delete ${run.name}? It can’t be brought back.`}
          confirmLabel="Delete bot"
          onConfirm={() => void deleteRun(run)}
          onCancel={look}
        />
      ) : null}
      {mode.value === 'look' && isSelected && isFree ? <BotActions run={run} mode={mode} /> : null}
    </li>
  );
}

function BotActions({ run, mode }: { run: RunSummary; mode: Signal<Mode> }) {
  return (
    <div class="bot-actions">
      {run.status === 'finished' ? null : (
        <button
          type="button"
          class="tweet-action"
          disabled={!isEngineReady.value || !hasTweets(run)}
          title={hasTweets(run) ? undefined : 'The tweets it learned from have been deleted'}
          onClick={() => void continueTraining(run)}
        >
          <Icon name="play" />
          Continue
        </button>
      )}
      <button
        type="button"
        class="tweet-action"
        aria-label={`Rename ${run.name}`}
        disabled={!canAskEngine.value}
        onClick={() => {
          mode.value = 'rename';
        }}
      >
        <Icon name="pencil" />
        Rename
      </button>
      <button
        type="button"
        class="tweet-action"
        aria-label={`Delete ${run.name}`}
        disabled={!canAskEngine.value}
        onClick={() => {
          mode.value = 'delete';
        }}
      >
        <Icon name="trash" />
        Delete
      </button>
    </div>
  );
}

function RenameForm({ run, onDone }: { run: RunSummary; onDone: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  // Before the next key arrives, not after the next frame.
  useLayoutEffect(() => input.current?.select(), []);
  function save(): void {
    const name = input.current?.value.trim() ?? '';
    if (name !== '' && name !== run.name) void renameRun(run.id, name);
    onDone();
  }
  return (
    <div class="bot-rename">
      <input
        ref={input}
        type="text"
        aria-label="Name of the bot"
        defaultValue={run.name}
        maxLength={60}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          if (event.key === 'Escape') onDone();
        }}
      />
      <button type="button" class="button button-small" onClick={save}>
        Save
      </button>
    </div>
  );
}

function describeStatus(run: RunSummary): string {
  if (run.status !== 'finished') {
    const what = run.status === 'paused' ? 'Paused' : 'Interrupted';
    return `${what} at step ${formatCount(run.completedSteps)} of ${formatCount(run.totalSteps)}`;
  }
  const last = run.points.at(-1);
  const loss = last === undefined ? '' : `, loss ${formatLoss(last.loss)}`;
  return `${plural(run.completedSteps, 'step')}${loss}`;
}
