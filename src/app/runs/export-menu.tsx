/** Exports runs: the kinds of files, with what each is for. */
import { useRef } from 'preact/hooks';
import type { RunFileKind, RunSummary } from '../../protocol/bots.ts';
import { canAskEngine } from '../state/engine.ts';
import { exportRuns, isBusyWithFile } from '../state/run-files.ts';
import { Icon } from '../ui/icons.tsx';
import { runs as runTexts } from '../texts/en/runs.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('runs', runTexts);

const KINDS: readonly RunFileKind[] = ['json', 'csv', 'tensorboard', 'wandb'];

export function ExportMenu({ runs }: { runs: readonly RunSummary[] }) {
  const menu = useRef<HTMLDetailsElement>(null);
  return (
    <details
      ref={menu}
      class="runs-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || menu.current === null) return;
        menu.current.open = false;
        menu.current.querySelector('summary')?.focus();
      }}
    >
      <summary class="button button-small">
        <Icon name="download" />
        {runs.length === 1 ? texts.export : texts.exportMany(runs.length)}
      </summary>
      <div class="runs-menu-content">
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            class="export-choice"
            disabled={!canAskEngine.value || isBusyWithFile.value || runs.length === 0}
            onClick={() => {
              if (menu.current !== null) menu.current.open = false;
              void exportRuns(runs, kind);
            }}
          >
            <span>
              <b>{texts.exportKinds[kind].name}</b> {texts.exportKinds[kind].what}
            </span>
          </button>
        ))}
        <p class="quiet">{texts.exportPromise}</p>
      </div>
    </details>
  );
}
