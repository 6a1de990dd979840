/**
 * Downloads any GPT-2 from the Hub by its name, suggests some by their language, and sets the address of the Hub.
 */
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { DEFAULT_HUB_URL, parseHubUrl, parseRepository } from '../../domain/hub-name.ts';
import { LABELS } from '../labels.ts';
import { modelOf } from '../state/base-models.ts';
import { canAskEngine } from '../state/engine.ts';
import { chooseModel, downloadJob, downloadModel } from '../state/models.ts';
import { selectedDataset } from '../state/datasets.ts';
import { hubUrl } from '../state/settings.ts';
import { modelList } from '../texts/en/model-list.ts';
import { suggested } from '../texts/en/suggested.ts';
import { messages } from '../texts/messages.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { suggestedModels } from './suggested-models.ts';
import { Suggestions } from './suggestions.tsx';

const texts = messages('suggested', suggested);
const listTexts = messages('modelList', modelList);

export function HubForm() {
  const id = useId();
  const text = useSignal('');
  const isWrong = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const { models, isLanguage } = suggestedModels(
    text.value,
    selectedDataset.value?.languages ?? [],
  );
  function submit(): void {
    // A language is no name of a model: one of those that know it has to be chosen.
    if (isLanguage) {
      form.current?.querySelector<HTMLElement>('.suggested button')?.focus();
      return;
    }
    const repository = parseRepository(text.value);
    isWrong.value = repository === null;
    if (repository !== null) begin(repository);
  }
  function begin(repository: string): void {
    const model = modelOf(repository);
    if (model === null) void downloadModel(repository);
    else chooseModel(model);
    text.value = '';
  }
  return (
    <form
      ref={form}
      class="field hub-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label for={id}>{LABELS.hubModel}</label>
      <div class="hub-row">
        <input
          id={id}
          type="text"
          inputMode="url"
          enterKeyHint="go"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="huggingtweets/empressrandom"
          value={text.value}
          aria-invalid={isWrong.value}
          aria-describedby={`${id}-hint`}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            isWrong.value = false;
          }}
        />
        <button
          type="submit"
          class="button button-small"
          disabled={downloadJob.value !== null || !canAskEngine.value || text.value.trim() === ''}
        >
          {LABELS.downloadTyped}
        </button>
      </div>
      <span id={`${id}-hint`} class={isWrong.value ? 'field-problem' : 'field-hint'}>
        {isWrong.value ? listTexts.wrongName : texts.hint}
      </span>
      <Suggestions models={models} isForTweets={text.value.trim() === ''} onChosen={begin} />
    </form>
  );
}

export function HubAddress() {
  const id = useId();
  const isWrong = useSignal(false);
  return (
    <Disclosure summary={listTexts.mirror}>
      <div class="field">
        <label for={id}>{LABELS.hubUrl}</label>
        <input
          id={id}
          type="text"
          inputMode="url"
          enterKeyHint="done"
          autocomplete="off"
          spellcheck={false}
          defaultValue={hubUrl.value}
          aria-invalid={isWrong.value}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const text = event.currentTarget.value.trim();
            const url = text === '' ? DEFAULT_HUB_URL : parseHubUrl(text);
            isWrong.value = url === null;
            if (url !== null) hubUrl.value = url;
          }}
        />
        <span id={`${id}-hint`} class={isWrong.value ? 'field-problem' : 'field-hint'}>
          {isWrong.value ? listTexts.wrongAddress : listTexts.mirrorHint}
        </span>
      </div>
    </Disclosure>
  );
}
