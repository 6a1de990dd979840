/** Opens a bot from a file, which was exported here or elsewhere, or from the files of any GPT-2. */
import { useRef } from 'preact/hooks';
import { formatBytes } from '../format.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { adapterWithoutBase, botImport, cancelBotImport, importBot } from '../state/bot-files.ts';
import { baseModels, modelName } from '../state/base-models.ts';
import { canAskEngine } from '../state/engine.ts';
import { libraryError } from '../state/runs.ts';
import { FileInput } from '../ui/file-input.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress.tsx';
import { library } from '../texts/en/library.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('library', library);

export function OpenBot() {
  const input = useRef<HTMLInputElement>(null);
  const job = botImport.value;
  if (job !== null) {
    const { bytesDone, bytesTotal } = job;
    return (
      <div class="open-bot">
        <ProgressBar
          label={texts.readingBot}
          value={bytesTotal === 0 ? null : bytesDone / bytesTotal}
          valueText={bytesTotal === 0 ? texts.opening : formatBytes(bytesDone)}
        />
        <button type="button" class="button button-small" onClick={cancelBotImport}>
          {texts.cancel}
        </button>
      </div>
    );
  }
  return (
    <>
      <ChooseBase />
      <FileInput input={input} label={LABELS.botFile} onChosen={(files) => void importBot(files)} />
      <button
        type="button"
        class="button button-small"
        title={texts.openHint}
        disabled={!canAskEngine.value || activity.value !== null}
        onClick={() => input.current?.click()}
      >
        <Icon name="upload" />
        {LABELS.openBot}
      </button>
    </>
  );
}

/** Asks for the base model of an adapter that names none of the stored ones. */
function ChooseBase() {
  const select = useRef<HTMLSelectElement>(null);
  const files = adapterWithoutBase.value;
  if (files === null || libraryError.value === null) return null;
  return (
    <form
      class="open-bot"
      onSubmit={(event) => {
        event.preventDefault();
        void importBot(files, select.current?.value ?? null);
      }}
    >
      <label>
        {LABELS.adapterBase}{' '}
        <select ref={select}>
          {baseModels.value.map(({ id }) => (
            <option key={id} value={id}>
              {modelName(id)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button button-small">
        {texts.openWithModel}
      </button>
    </form>
  );
}
