/** Exports a bot: offers the kinds of files with their sizes, and shows the progress. */
import type { ComponentChildren } from 'preact';
import type { ExportParams, RunSummary } from '../../protocol/bots.ts';
import { formatBytes } from '../format.ts';
import { cancelExport, exportError, exportJob, exportRun } from '../state/bot-files.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress.tsx';

export function ExportPanel({ run, onDone }: { run: RunSummary; onDone: () => void }) {
  const { plan } = run;
  const job = exportJob.value?.runId === run.id ? exportJob.value : null;
  return (
    <fieldset class="export" aria-label={`Export ${run.name}`}>
      <p>
        The ZIP file can be opened with Mynah and <i>transformers</i>, and uploaded to the Hugging
        Face Hub. It doesn’t contain your tweets.
      </p>
      {job !== null ? (
        <>
          <ProgressBar
            label="Writing the file"
            value={job.progress && job.progress.writtenBytes / job.progress.totalBytes}
            valueText={job.progress === null ? 'starting' : formatBytes(job.progress.writtenBytes)}
          />
          <button type="button" class="button button-small" onClick={cancelExport}>
            Cancel
          </button>
        </>
      ) : (
        <div class="export-choices">
          <Choice run={run} choice={{ what: 'model', dtype: 'F32' }} onDone={onDone}>
            <b>Full precision</b> {formatBytes(4 * plan.parameters)} · exactly as it is here
          </Choice>
          <Choice run={run} choice={{ what: 'model', dtype: 'F16' }} onDone={onDone}>
            <b>Half the size</b> {formatBytes(2 * plan.parameters)} · slightly rounded
          </Choice>
          {run.hasAdapter ? (
            <Choice run={run} choice={{ what: 'adapter', dtype: 'F32' }} onDone={onDone}>
              <b>Adapter only</b> {formatBytes(4 * plan.trainedParameters)} · for <i>PEFT</i>, which
              also needs the base model
            </Choice>
          ) : null}
          <button type="button" class="button button-small button-quiet" onClick={onDone}>
            Close
          </button>
        </div>
      )}
      {exportError.value === null ? null : (
        <ErrorNote
          error={exportError.value}
          actions={{}}
          onDismiss={() => {
            exportError.value = null;
          }}
        />
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly run: RunSummary;
  readonly choice: Pick<ExportParams, 'what' | 'dtype'>;
  readonly onDone: () => void;
  readonly children: ComponentChildren;
}

function Choice({ run, choice, onDone, children }: ChoiceProps) {
  return (
    <button
      type="button"
      class="export-choice"
      onClick={() => {
        void exportRun(run, choice).then((isDone) => {
          if (isDone) onDone();
        });
      }}
    >
      <Icon name="download" />
      <span>{children}</span>
    </button>
  );
}
