/** Any other model: by its name or language from the Hub, or from this computer. */
import { modelImportJob } from '../state/models.ts';
import { modelCards } from '../texts/en/model-cards.ts';
import { modelList } from '../texts/en/model-list.ts';
import { messages } from '../texts/messages.ts';
import { Icon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress.tsx';
import { HubAddress, HubForm } from './hub-form.tsx';
import { LocalModel } from './local-model.tsx';

const texts = messages('modelList', modelList);
const cardTexts = messages('modelCards', modelCards);

export function OwnModel() {
  return (
    <div class="model-own">
      <HubForm />
      {modelImportJob.value === null ? <LocalModel /> : <Importing job={modelImportJob.value} />}
      <p class="quiet">{cardTexts.otherBots}</p>
      <p class="quiet">
        <Icon name="lock" /> {texts.downloadPromise}
      </p>
      <HubAddress />
    </div>
  );
}

function Importing({ job }: { job: NonNullable<typeof modelImportJob.value> }) {
  const { name, progress, cancel } = job;
  const share = progress === null ? null : progress.bytesDone / Math.max(1, progress.bytesTotal);
  const text =
    progress === null
      ? texts.opening(name)
      : progress.phase === 'saving'
        ? texts.saved(progress.bytesDone, progress.bytesTotal)
        : texts.checked(progress.bytesDone, progress.bytesTotal);
  return (
    <div class="download">
      <ProgressBar label={texts.adding(name)} value={share} valueText={text} />
      <div class="download-line">
        <p class="quiet">{text}</p>
        <button type="button" class="button button-small" onClick={cancel}>
          {texts.cancel}
        </button>
      </div>
    </div>
  );
}
