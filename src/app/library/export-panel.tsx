/** Exports a bot: offers the kinds of files with their sizes, and shows the progress. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ExportChoice, RunSummary } from '../../protocol/bots.ts';
import { formatBytes } from '../format.ts';
import { cancelExport, exportError, exportJob, exportRun } from '../state/bot-files.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress.tsx';
import { library } from '../texts/en/library.ts';
import { bold, italic } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';
import { chosenExtras, ExtrasChoice } from './export-extras.tsx';

const texts = messages('library', library);

export function ExportPanel({ run, onDone }: { run: RunSummary; onDone: () => void }) {
  const { plan } = run;
  const job = exportJob.value?.runId === run.id ? exportJob.value : null;
  const panel = useRef<HTMLFieldSetElement>(null);
  // What was pressed gives way to the progress, and that to the choice.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, [job === null]);
  return (
    <fieldset ref={panel} class="export" tabIndex={-1} aria-label={texts.exportOf(run.name)}>
      <p>{texts.exportPromise}</p>
      {job !== null ? (
        <>
          <ProgressBar
            label={texts.writingFile}
            value={job.progress && job.progress.writtenBytes / job.progress.totalBytes}
            valueText={
              job.progress === null ? texts.starting : formatBytes(job.progress.writtenBytes)
            }
          />
          <button type="button" class="button button-small" onClick={cancelExport}>
            {texts.cancel}
          </button>
        </>
      ) : (
        <div class="export-choices">
          <ExtrasChoice run={run} />
          <Group name={texts.forMynah} programs={texts.forMynahPrograms}>
            <Choice run={run} choice={{ what: 'model', dtype: 'F32' }} onDone={onDone}>
              {texts.files.full(bold, 4 * plan.parameters)}
            </Choice>
            <Choice run={run} choice={{ what: 'model', dtype: 'F16' }} onDone={onDone}>
              {texts.files.half(bold, 2 * plan.parameters)}
            </Choice>
            {run.hasAdapter ? (
              <Choice run={run} choice={{ what: 'adapter' }} onDone={onDone}>
                {texts.files.adapter(bold, italic, 4 * plan.trainedParameters)}
              </Choice>
            ) : null}
          </Group>
          <Group name={texts.forGguf} programs="Ollama, LM Studio, llama.cpp">
            {GGUF_CHOICES.map(({ dtype, bytes }) => (
              <Choice key={dtype} run={run} choice={{ what: 'gguf', dtype }} onDone={onDone}>
                {texts.files[dtype](bold, bytes * plan.parameters)}
              </Choice>
            ))}
          </Group>
          <Group name={texts.forPages} programs="transformers.js, ONNX Runtime">
            <Choice run={run} choice={{ what: 'onnx' }} onDone={onDone}>
              {texts.files.onnx(bold, 4 * plan.parameters)}
            </Choice>
          </Group>
          <button type="button" class="button button-small button-quiet" onClick={onDone}>
            {texts.close}
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
  { dtype: 'Q8_0', bytes: 34 / 32 },
  { dtype: 'F16', bytes: 2 },
  { dtype: 'F32', bytes: 4 },
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
        void exportRun(run, choice, chosenExtras.value).then((isDone) => {
          if (isDone) onDone();
        });
      }}
    >
      <Icon name="download" />
      <span>{children}</span>
    </button>
  );
}
