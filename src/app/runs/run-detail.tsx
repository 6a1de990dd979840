/** One run: its curves, samples, notes, checkpoints, and everything else that was recorded. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useMemo } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatBytes, formatCount, formatDate } from '../format.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { canAskEngine } from '../state/engine.ts';
import { repeatRun } from '../state/repeat.ts';
import { deleteRecord, isBusyWithFile, makeBot, saveNotes } from '../state/run-files.ts';
import { selectRun } from '../state/runs.ts';
import { showBots } from '../state/view.ts';
import { Facts } from '../ui/facts.tsx';
import { Icon } from '../ui/icons.tsx';
import { ExportMenu } from './export-menu.tsx';
import { lossText } from './held-out-text.ts';
import { baseName, factsOf, statsOf } from './run-facts.ts';
import { Outcome } from './run-list.tsx';
import { RunChart } from './run-chart.tsx';
import { Samples } from './samples.tsx';
import { runs } from '../texts/en/runs.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('runs', runs);

export function RunDetail({ run }: { run: RunSummary }) {
  const alone = useMemo(() => [run], [run]);
  return (
    <article class="runs-panel" aria-labelledby="run-title">
      <header class="runs-panel-head">
        <div>
          <h2 id="run-title">
            <bdi>{run.name}</bdi>
          </h2>
          <p class="quiet">
            <bdi>{run.dataset.name}</bdi> · {texts.tweets(run.dataset.counts.kept)} ·{' '}
            {baseName(run)} · {formatDate(run.createdAt)}
          </p>
        </div>
        <Outcome run={run} />
      </header>
      <div class="row-actions">
        <button
          type="button"
          class="button button-small button-primary"
          disabled={activity.value !== null}
          onClick={() => repeatRun(run)}
        >
          <Icon name="undo" />
          {LABELS.repeatRun}
        </button>
        <ExportMenu runs={[run]} />
        {run.isRecordOnly ? (
          <button
            type="button"
            class="button button-small"
            disabled={!canAskEngine.value}
            onClick={() => void deleteRecord(run)}
          >
            <Icon name="trash" />
            {texts.deleteRecord}
          </button>
        ) : (
          <button
            type="button"
            class="button button-small"
            disabled={activity.value !== null}
            onClick={() => {
              selectRun(run);
              showBots();
            }}
          >
            {texts.goToBot}
          </button>
        )}
      </div>
      <Facts class="runs-stats" facts={statsOf(run)} />
      <RunChart runs={alone} />
      <Samples key={`${run.id} samples`} run={run} />
      <Notes key={`${run.id} notes`} run={run} />
      <Checkpoints run={run} />
      {factsOf(run).map(({ title, facts }) => (
        <section key={title} class="runs-section">
          <h3 class="small-heading">{title}</h3>
          <Facts facts={facts} />
        </section>
      ))}
    </article>
  );
}

/** Saves when the field is left, and after a pause in the typing. */
const NOTES_DELAY_MS = 800;
const MAX_NOTES = 20_000;

function Notes({ run }: { run: RunSummary }) {
  const id = useId();
  const text = useSignal(run.notes);
  const save = () => {
    if (text.value !== run.notes) void saveNotes(run, text.value);
  };
  useEffect(() => {
    if (text.value === run.notes) return;
    const timer = setTimeout(save, NOTES_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text.value, run]);
  return (
    <section class="runs-section">
      <label class="small-heading" for={id}>
        {LABELS.notes}
      </label>
      <textarea
        id={id}
        class="runs-notes"
        rows={3}
        maxLength={MAX_NOTES}
        placeholder={texts.notesHint}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
        }}
        onBlur={save}
      />
    </section>
  );
}

function Checkpoints({ run }: { run: RunSummary }) {
  const { checkpoints } = run;
  if (checkpoints.length === 0) return null;
  return (
    <section class="runs-section">
      <h3 class="small-heading">{texts.checkpoints}</h3>
      <ul class="runs-checkpoints">
        {checkpoints.map((checkpoint) => (
          <li key={checkpoint.checkpointId}>
            <span>
              <b>{texts.step(checkpoint.completedSteps)}</b>
              <span class="bot-meta">
                {' '}
                {texts.checkpointKinds[checkpoint.kind]}
                {checkpoint.validationLoss === null
                  ? ''
                  : ` · ${lossText({ points: run.points, loss: checkpoint.validationLoss, step: checkpoint.completedSteps })}`}{' '}
                · {formatBytes(checkpoint.bytes)}
              </span>
            </span>
            <button
              type="button"
              class="button button-small"
              aria-label={LABELS.makeBot(formatCount(checkpoint.completedSteps))}
              disabled={activity.value !== null || isBusyWithFile.value}
              onClick={() => void makeBot(run, checkpoint)}
            >
              {texts.makeBot}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
