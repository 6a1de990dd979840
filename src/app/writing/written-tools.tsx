/** Above the list: the filter, the search, the downloads, the keys, and the deletion of what was dropped. */
import { useSignal } from '@preact/signals';
import type { RunSummary } from '../../protocol/bots.ts';
import { formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import { usesKeys } from '../state/settings.ts';
import {
  deleteDropped,
  type WrittenFilter,
  writtenCounts,
  writtenFilter,
  writtenQuery,
} from '../state/written.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Icon } from '../ui/icons.tsx';
import { DownloadTweets } from './download-tweets.tsx';
import { isKeyHelpOpen, SEARCH_ID, TWEET_KEYS } from './tweet-keys.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

const FILTERS: readonly WrittenFilter[] = ['all', 'kept', 'dropped'];

export function WrittenTools({ run }: { run: RunSummary }) {
  const counts = writtenCounts.value;
  const isDownloadOpen = useSignal(false);
  return (
    <div class="written-tools">
      <fieldset class="chips">
        <legend class="visually-hidden">{LABELS.whichWritten}</legend>
        {FILTERS.map((name) => (
          <label key={name} class="chip">
            <input
              type="radio"
              name="written-filter"
              checked={writtenFilter.value === name}
              onChange={() => {
                writtenFilter.value = name;
              }}
            />
            {texts.filters[name]}
            <span class="chip-count">{formatCount(counts[name])}</span>
          </label>
        ))}
      </fieldset>
      <div class="search">
        <Icon name="search" />
        <input
          id={SEARCH_ID}
          type="search"
          enterKeyHint="search"
          dir="auto"
          aria-label={LABELS.searchWritten}
          placeholder={texts.search}
          value={writtenQuery.value}
          onInput={({ currentTarget }) => {
            writtenQuery.value = currentTarget.value;
          }}
        />
      </div>
      <button
        type="button"
        class="tweet-action"
        aria-expanded={isDownloadOpen.value}
        onClick={() => {
          isDownloadOpen.value = !isDownloadOpen.value;
        }}
      >
        <Icon name="download" />
        {LABELS.downloadTweets}
      </button>
      <button
        type="button"
        class="tweet-action"
        aria-expanded={isKeyHelpOpen.value}
        onClick={() => {
          isKeyHelpOpen.value = !isKeyHelpOpen.value;
        }}
      >
        <Icon name="keys" />
        {LABELS.keys}
      </button>
      {isDownloadOpen.value ? <DownloadTweets run={run} /> : null}
      {isKeyHelpOpen.value ? <KeyHelp /> : null}
      {writtenFilter.value === 'dropped' && counts.dropped > 0 ? (
        <DeleteDropped key={run.id} count={counts.dropped} />
      ) : null}
    </div>
  );
}

function KeyHelp() {
  return (
    <section class="key-help" aria-label={LABELS.keys}>
      <dl>
        {TWEET_KEYS.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{texts.keys[does]}</dd>
          </div>
        ))}
      </dl>
      <label class="field-check">
        <input
          type="checkbox"
          checked={usesKeys.value}
          onChange={({ currentTarget }) => {
            usesKeys.value = currentTarget.checked;
          }}
        />
        {LABELS.useKeys}
      </label>
    </section>
  );
}

function DeleteDropped({ count }: { count: number }) {
  const isAsking = useSignal(false);
  const stopAsking = () => {
    isAsking.value = false;
  };
  return isAsking.value ? (
    <Confirm
      question={texts.confirmDelete(count)}
      confirmLabel={texts.delete}
      onConfirm={() => {
        stopAsking();
        void deleteDropped();
      }}
      onCancel={stopAsking}
    />
  ) : (
    <button
      type="button"
      class="tweet-action"
      onClick={() => {
        isAsking.value = true;
      }}
    >
      <Icon name="trash" />
      {LABELS.deleteDropped}
    </button>
  );
}
