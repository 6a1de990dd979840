/** A model from this computer: a folder, its files or a ZIP of it, picked or dropped here. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { LABELS } from '../labels.ts';
import { canAskEngine } from '../state/engine.ts';
import { importModel } from '../state/models.ts';
import { FileInput } from '../ui/file-input.tsx';
import { Icon } from '../ui/icons.tsx';
import { droppedEntries, modelFilesOf } from './dropped-model.ts';
import { modelList } from '../texts/en/model-list.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('modelList', modelList);

/** What may be in a model's folder; the rest of a large folder needn't be looked at. */
const ACCEPTED = '.json,.txt,.safetensors,.bin,.zip';

export function LocalModel() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const isOver = useSignal(false);
  return (
    <section
      class={isOver.value ? 'model-drop model-drop-over' : 'model-drop'}
      aria-label={texts.fromComputer}
      onDragOver={(event) => {
        // The window takes for tweets what no place on the way has taken (`WholePageDrop`).
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        void modelFilesOf(droppedEntries(event.dataTransfer)).then(importModel);
      }}
    >
      <p>{texts.dropIt}</p>
      <div class="row-actions">
        <button
          type="button"
          class="button button-small"
          disabled={!canAskEngine.value}
          onClick={() => files.current?.click()}
        >
          <Icon name="upload" />
          {texts.chooseFiles}
        </button>
        <button
          type="button"
          class="button button-small"
          disabled={!canAskEngine.value}
          onClick={() => folder.current?.click()}
        >
          <Icon name="folder" />
          {texts.chooseFolder}
        </button>
      </div>
      <FileInput input={files} label={LABELS.modelFiles} accept={ACCEPTED} onChosen={take} />
      <FileInput input={folder} label={LABELS.modelFolder} isFolder onChosen={take} />
    </section>
  );
}

function take(files: readonly File[]): void {
  void importModel(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}
