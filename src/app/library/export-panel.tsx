/** Exports a bot: offers the kinds of files with their sizes, and shows the progress. */
import type { ComponentChildren } from 'preact';
import type { ExportChoice, RunSummary } from '../../protocol/bots.ts';
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
      <p>The file is a ZIP. It doesn’t contain your tweets.</p>
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
          <Group name="For Mynah and Hugging Face" programs="Open a bot, transformers, the Hub">
            <Choice run={run} choice={{ what: 'model', dtype: 'F32' }} onDone={onDone}>
              <b>Full precision</b> {formatBytes(4 * plan.parameters)} · exactly as it is here
            </Choice>
            <Choice run={run} choice={{ what: 'model', dtype: 'F16' }} onDone={onDone}>
              <b>Half the size</b> {formatBytes(2 * plan.parameters)} · slightly rounded
            </Choice>
            {run.hasAdapter ? (
              <Choice run={run} choice={{ what: 'adapter' }} onDone={onDone}>
                <b>Adapter only</b> {formatBytes(4 * plan.trainedParameters)} · for <i>PEFT</i>,
                which also needs the base model
              </Choice>
            ) : null}
          </Group>
          <Group name="GGUF" programs="Ollama, LM Studio, llama.cpp">
            {GGUF_CHOICES.map(({ dtype, label, bytes, note }) => (
              <Choice key={dtype} run={run} choice={{ what: 'gguf', dtype }} onDone={onDone}>
                <b>{label}</b> {formatBytes(bytes * plan.parameters)} · {note}
              </Choice>
            ))}
          </Group>
          <Group name="For web pages" programs="transformers.js, ONNX Runtime">
            <Choice run={run} choice={{ what: 'onnx' }} onDone={onDone}>
              <b>ONNX</b> {formatBytes(4 * plan.parameters)} · exactly as it is here
            </Choice>
          </Group>
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

/** The bytes of a number are those of ggml's types: Q8_0 has 34 for each 32 numbers. */
const GGUF_CHOICES = [
  { dtype: 'Q8_0', label: 'GGUF, 8 bits', bytes: 34 / 32, note: 'the smallest file, rounded more' },
  { dtype: 'F16', label: 'GGUF, 16 bits', bytes: 2, note: 'slightly rounded' },
  { dtype: 'F32', label: 'GGUF, 32 bits', bytes: 4, note: 'exactly as it is here' },
] as const;

interface GroupProps {
  readonly name: string;
  /** The programs that take such files. */
  readonly programs: string;
  readonly children: ComponentChildren;
}

function Group({ name, programs, children }: GroupProps) {
  return (
    <fieldset class="export-group">
      <legend>
        <b>{name}</b> <small>{programs}</small>
      </legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly run: RunSummary;
  readonly choice: ExportChoice;
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
