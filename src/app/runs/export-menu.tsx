/** Exports runs: the kinds of files, with what each is for. */
import { useRef } from 'preact/hooks';
import type { RunFileKind, RunSummary } from '../../protocol/bots.ts';
import { plural } from '../format.ts';
import { canAskEngine } from '../state/engine.ts';
import { exportRuns, isBusyWithFile } from '../state/run-files.ts';
import { Icon } from '../ui/icons.tsx';

const KINDS: readonly (readonly [kind: RunFileKind, name: string, what: string])[] = [
  ['json', 'JSON', 'everything that was recorded; can be imported again'],
  ['csv', 'CSV', 'a table of the runs, and one of their steps, in a ZIP'],
  ['tensorboard', 'TensorBoard', 'a folder of event files, in a ZIP'],
  ['wandb', 'Weights & Biases', 'the JSON and a script that logs it, in a ZIP'],
];

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
        {runs.length === 1 ? 'Export' : `Export ${plural(runs.length, 'run')}`}
      </summary>
      <div class="runs-menu-content">
        {KINDS.map(([kind, name, what]) => (
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
              <b>{name}</b> {what}
            </span>
          </button>
        ))}
        <p class="quiet">
          None of these files contains your tweets or the words that you filter out.
        </p>
      </div>
    </details>
  );
}
