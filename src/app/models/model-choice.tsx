/** Shows the chosen base model in one line, and the list of models below it if it is open. */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { LABELS } from '../labels.ts';
import { chosenModel } from '../state/base-models.ts';
import { downloadJob, isChoosingModel } from '../state/models.ts';
import { Icon } from '../ui/icons.tsx';
import { displayName } from './catalogue.ts';
import { DownloadProgress } from './download-progress.tsx';
import { models } from '../texts/en/models.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('models', models);

const LIST_ID = 'model-list';

/** Loaded when the list is first opened, because many users never open it. */
const List = signal<ComponentType | null>(null);

/** Loading the list has failed, for instance because the page is offline and not stored yet. */
const hasFailed = signal(false);

async function loadList(): Promise<void> {
  hasFailed.value = false;
  try {
    List.value = (await import('./model-list.tsx')).ModelList;
  } catch {
    hasFailed.value = true;
  }
}

export function ModelChoice() {
  const model = chosenModel.value;
  const job = downloadJob.value;
  const isOpen = isChoosingModel.value;
  const Loaded = List.value;
  if (isOpen && Loaded === null && !hasFailed.peek()) void loadList();
  return (
    <div class="model-choice">
      <div class="model-now">
        <p>
          <span class="model-label">{texts.startsFrom}</span>{' '}
          <b>{model === null ? texts.starterName : displayName(model)}</b>
          {model === null ? null : (
            <span class="model-facts">
              {model.origin.source === 'starter'
                ? texts.starterParameters(model.parameters)
                : texts.parameters(model.parameters)}
              <span class="model-ready">
                <Icon name="check" />
                {texts.readyOffline}
              </span>
            </span>
          )}
        </p>
        <button
          type="button"
          class="button button-small"
          aria-expanded={isOpen}
          aria-controls={LIST_ID}
          onClick={() => {
            isChoosingModel.value = !isOpen;
          }}
        >
          {isOpen ? texts.done : LABELS.changeModel}
        </button>
      </div>
      {job !== null && !isOpen ? <DownloadProgress job={job} /> : null}
      <div id={LIST_ID} hidden={!isOpen}>
        {isOpen && Loaded !== null ? <Loaded /> : null}
        {hasFailed.value ? (
          <p>
            {texts.listMissing}{' '}
            <button type="button" class="button button-small" onClick={() => void loadList()}>
              {texts.tryAgain}
            </button>
          </p>
        ) : null}
      </div>
    </div>
  );
}
