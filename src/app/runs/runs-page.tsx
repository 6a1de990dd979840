/** All runs in this browser: a list, and beside it the one that is looked at, or several compared. */
import { useRef } from 'preact/hooks';
import { LABELS } from '../labels.ts';
import { canAskEngine } from '../state/engine.ts';
import {
  importedText,
  importRuns,
  isBusyWithFile,
  runsError,
  runsNews,
} from '../state/run-files.ts';
import { runs } from '../state/runs.ts';
import { trainingJob } from '../state/training.ts';
import { showBots, view } from '../state/view.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { Icon } from '../ui/icons.tsx';
import { CompareRuns } from './compare-runs.tsx';
import { ExportMenu } from './export-menu.tsx';
import { RunDetail } from './run-detail.tsx';
import { RunList } from './run-list.tsx';
import './runs.css';
import './runs-panel.css';
import { runs as runTexts } from '../texts/en/runs.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('runs', runTexts);

export function RunsPage() {
  const all = runs.value.toSorted((a, b) => b.createdAt - a.createdAt);
  const ids = view.value.kind === 'runs' ? view.value.ids : [];
  const chosen = ids.flatMap((id) => all.find((run) => run.id === id) ?? []);
  const shown = chosen.length === 0 ? all.slice(0, 1) : chosen;
  const [first] = shown;
  return (
    <main class="runs-page">
      <div class="runs-head">
        <div>
          <h1>{LABELS.runs}</h1>
          <p class="quiet">{texts.about}</p>
        </div>
        <div class="row-actions">
          <ImportButton />
          {all.length === 0 ? null : <ExportMenu runs={all} />}
        </div>
      </div>
      {runsError.value === null ? null : (
        <ErrorNote
          error={runsError.value}
          onDismiss={() => {
            runsError.value = null;
          }}
        />
      )}
      {runsNews.value === null ? null : <p class="runs-news">{importedText(runsNews.value)}</p>}
      {trainingJob.value === null ? null : (
        <p class="runs-news">{texts.inTraining(trainingJob.value.name)}</p>
      )}
      {first === undefined ? (
        <div class="library-empty">
          <p>{texts.none}</p>
          <button type="button" class="button button-small" onClick={showBots}>
            {texts.trainBot}
          </button>
        </div>
      ) : (
        <div class="runs-columns">
          <RunList runs={all} shown={shown} />
          {shown.length === 1 ? (
            <RunDetail key={first.id} run={first} />
          ) : (
            <CompareRuns runs={shown} />
          )}
        </div>
      )}
    </main>
  );
}

function ImportButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <FileInput
        input={input}
        label={LABELS.runFile}
        accept=".json,application/json"
        onChosen={([file]) => {
          if (file !== undefined) void importRuns(file);
        }}
      />
      <button
        type="button"
        class="button button-small"
        title={texts.fileHint}
        disabled={!canAskEngine.value || isBusyWithFile.value}
        onClick={() => input.current?.click()}
      >
        <Icon name="upload" />
        {LABELS.importRuns}
      </button>
    </>
  );
}
