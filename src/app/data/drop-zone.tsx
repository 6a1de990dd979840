/** Where tweets come in: the big zone of an empty page, a button later on, and the whole window. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { LABELS } from '../labels.ts';
import { importFiles, importSample, refuseFolder } from '../state/datasets.ts';
import { canAskEngine } from '../state/engine.ts';
import { Bird } from '../ui/bird.tsx';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { chooseFiles, chooseFilesRequest } from './choose-files.ts';

/** What is read today: a picker that offers more would only lead to an error. */
const ACCEPTED = '.zip,.js,.json';

/** The one file input of the page. Visually hidden; labels and buttons elsewhere open it. */
export function ArchiveInput() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(
    () =>
      chooseFilesRequest.subscribe((count) => {
        if (count > 0) input.current?.click();
      }),
    [],
  );
  return (
    <input
      ref={input}
      class="visually-hidden"
      type="file"
      multiple
      accept={ACCEPTED}
      // Buttons open it; a stop that can't be seen would only puzzle the keyboard.
      tabIndex={-1}
      aria-label={LABELS.archiveInput}
      onChange={(event) => {
        const { files } = event.currentTarget;
        const chosen = files === null ? [] : [...files];
        // Emptied, so that choosing the same file again is a change again.
        event.currentTarget.value = '';
        void importFiles(chosen);
      }}
    />
  );
}

export function DropZone() {
  const chooseButton = useFocusWhenLost<HTMLButtonElement>();
  return (
    <div class="drop-zone">
      <div class="drop-perch">
        <Bird mood="idle" />
      </div>
      <p class="drop-title">Drop your Twitter archive here</p>
      <p class="drop-formats">the ZIP as you got it, its tweets.js, or a JSON file</p>
      <div class="drop-actions">
        <button
          ref={chooseButton}
          type="button"
          class="button button-primary"
          disabled={!canAskEngine.value}
          onClick={chooseFiles}
        >
          <Icon name="upload" />
          Choose files
        </button>
        <button
          type="button"
          class="button"
          disabled={!canAskEngine.value}
          onClick={() => void importSample()}
        >
          {LABELS.trySample}
        </button>
      </div>
      <p class="drop-promise">
        <Icon name="lock" />
        Nothing you drop leaves this computer.
      </p>
    </div>
  );
}

/** The files; a folder is told as such, because its file can only fail to be read. */
function takeDropped(dropped: DataTransfer | null): void {
  const items = [...(dropped?.items ?? [])];
  const folder = items
    .map((item) => item.webkitGetAsEntry())
    .find((entry) => entry?.isDirectory === true);
  if (folder) refuseFolder(folder.name);
  else void importFiles([...(dropped?.files ?? [])]);
}

/** Files may be dropped anywhere, at any time. While they hover, the page says so. */
export function WholePageDrop() {
  const isOver = useSignal(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    // Not `dragenter`: it is missed by a page that was still loading when the pointer came.
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Without this the browser would open the file in place of the page.
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      isOver.value = true;
    };
    const onLeave = (event: DragEvent) => {
      // `dragleave` comes for every element on the way; into nowhere is out of the window.
      if (event.relatedTarget === null) isOver.value = false;
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      isOver.value = false;
      takeDropped(event.dataTransfer);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, [isOver]);
  return (
    <div class="page-drop" hidden={!isOver.value} aria-hidden="true">
      <div class="page-drop-card">
        <Bird mood="hungry" />
        <p>Let go, and the bird reads them</p>
      </div>
    </div>
  );
}
