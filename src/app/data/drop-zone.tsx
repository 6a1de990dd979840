/** Where tweets come in: the big zone of an empty page, a button later on, and the whole window. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { LABELS } from '../labels.ts';
import { loadArrivals } from '../arrivals/load-arrivals.ts';
import { OPENED_FILES } from '../../domain/archive-files.ts';
import { droppedEntries } from '../models/dropped-model.ts';
import { importFiles, importSample, refuseFolder } from '../state/datasets.ts';
import { canAskEngine } from '../state/engine.ts';
import { Bird } from '../ui/bird.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { filesOfPick } from './brought-folder.ts';
import { chooseFiles, chooseFilesRequest, chosenFor } from './choose-files.ts';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

/** What is read: a picker that offers more would only lead to an error. */
const ACCEPTED = OPENED_FILES.join();

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
    <FileInput
      input={input}
      label={LABELS.archiveInput}
      accept={ACCEPTED}
      onChosen={(files) => void importFiles(files, chosenFor.value)}
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
      <p class="drop-title">{texts.dropTitle}</p>
      <p class="drop-formats">{texts.dropFormats}</p>
      <div class="drop-actions">
        <button
          ref={chooseButton}
          type="button"
          class="button button-primary"
          disabled={!canAskEngine.value}
          onClick={chooseFiles}
        >
          <Icon name="upload" />
          {texts.chooseFiles}
        </button>
        <ChooseFolder />
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
        {texts.dropPromise}
      </p>
    </div>
  );
}

/** An unpacked archive. */
function ChooseFolder() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <FileInput
        input={input}
        label={LABELS.folderInput}
        isFolder
        onChosen={(all) => {
          const files = filesOfPick(all);
          if (files.length > 0) void importFiles(files);
          else if (all.length > 0) refuseFolder(all[0]?.webkitRelativePath.split('/')[0] ?? '');
        }}
      />
      <button
        type="button"
        class="button"
        disabled={!canAskEngine.value}
        onClick={() => input.current?.click()}
      >
        {texts.chooseFolder}
      </button>
    </>
  );
}

/** Both lists are empty after the event. */
async function takeDropped(dropped: DataTransfer | null): Promise<void> {
  const entries = droppedEntries(dropped);
  const files = [...(dropped?.files ?? [])];
  await (await loadArrivals()).takeDropped(entries, files);
}

/** Files may be dropped anywhere, at any time. While they hover, the page says so. */
export function WholePageDrop() {
  const isOver = useSignal(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    // Not `dragenter`: it is missed by a page that was still loading when the pointer came.
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Some place under the pointer takes it itself.
      if (event.defaultPrevented) {
        isOver.value = false;
        return;
      }
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
      isOver.value = false;
      if (event.defaultPrevented) return;
      event.preventDefault();
      void takeDropped(event.dataTransfer);
    };
    // A drag has no pointer events: one tells that it is over, also where no `dragleave` came, as in
    // Chromium when its protocol calls a drag off.
    const onPointer = () => {
      isOver.value = false;
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    addEventListener('pointermove', onPointer, { passive: true });
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
      removeEventListener('pointermove', onPointer);
    };
  }, [isOver]);
  return (
    <div class="page-drop" hidden={!isOver.value} aria-hidden="true">
      <div class="page-drop-card">
        <Bird mood="hungry" />
        <p>{texts.dropHere}</p>
      </div>
    </div>
  );
}
