/** What can be done with a dataset as a whole: added to, replaced, saved, forgotten. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { formatDate } from '../format.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import {
  datasets,
  deleteDataset,
  importSample,
  saveCleaned,
  selectDataset,
} from '../state/datasets.ts';
import { canAskEngine } from '../state/engine.ts';
import { selectedRun } from '../state/runs.ts';
import { selectedDatasetId } from '../state/settings.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Icon } from '../ui/icons.tsx';
import { ArchiveHelp } from './archive-help.tsx';
import { chooseFiles, chooseMoreFiles } from './choose-files.ts';
import { isStored } from './is-stored.ts';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

export function DatasetActions({ dataset }: { dataset: DatasetSummary }) {
  const isConfirming = useSignal(false);
  if (isConfirming.value) {
    return (
      <Confirm
        question={texts.confirmDelete(dataset.counts.read, dataset.name)}
        confirmLabel={LABELS.confirmDelete}
        onConfirm={() => {
          isConfirming.value = false;
          void deleteDataset(dataset.id);
        }}
        onCancel={() => {
          isConfirming.value = false;
        }}
      />
    );
  }
  const isIdle = activity.value === null;
  const isChoosing = selectedRun.value === null && isStored(dataset);
  return (
    <>
      <div class="row-actions">
        {isStored(dataset) ? (
          <button
            type="button"
            class="button button-small"
            disabled={!canAskEngine.value || !isIdle}
            onClick={() => chooseMoreFiles(dataset.id)}
          >
            <Icon name="plus" />
            {LABELS.addTweets}
          </button>
        ) : null}
        <button
          type="button"
          class="button button-small"
          disabled={!canAskEngine.value}
          onClick={chooseFiles}
        >
          <Icon name="upload" />
          {texts.useOthers}
        </button>
        <button
          type="button"
          class="button button-small"
          disabled={!canAskEngine.value || !isIdle}
          onClick={() => void importSample()}
        >
          {LABELS.trySample}
        </button>
        {datasets.value.length > 1 && selectedRun.value === null ? <DatasetChoice /> : null}
      </div>
      <div class="row-actions">
        {isChoosing ? <SaveCleaned dataset={dataset} /> : null}
        {isStored(dataset) && isIdle ? (
          <button
            type="button"
            class="button button-small button-quiet"
            disabled={!canAskEngine.value}
            onClick={() => {
              isConfirming.value = true;
            }}
          >
            <Icon name="trash" />
            {LABELS.deleteTweets}
          </button>
        ) : null}
      </div>
      {isChoosing ? <ArchiveHelp /> : null}
    </>
  );
}

const FORMATS = ['txt', 'jsonl'] as const;

function SaveCleaned({ dataset }: { dataset: DatasetSummary }) {
  return (
    <>
      {FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          class="button button-small button-quiet"
          disabled={!canAskEngine.value || dataset.counts.kept === 0}
          onClick={() => void saveCleaned(dataset, format)}
        >
          <Icon name="download" />
          {LABELS.saveKept(texts.savedFormats[format])}
        </button>
      ))}
    </>
  );
}

function DatasetChoice() {
  const id = useId();
  return (
    <div class="inline-choice">
      <label for={id}>{LABELS.datasetChoice}</label>
      <select
        id={id}
        value={selectedDatasetId.value ?? ''}
        onChange={(event) => selectDataset(event.currentTarget.value)}
      >
        {datasets.value.map(({ id: datasetId, name, createdAt }) => (
          <option key={datasetId} value={datasetId}>
            {texts.datasetOption(name, formatDate(createdAt))}
          </option>
        ))}
      </select>
    </div>
  );
}
