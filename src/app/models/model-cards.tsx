/** The models that a bot can start from, as cards of which one is chosen. */
import { useId } from 'preact/hooks';
import type { BaseModelSummary } from '../../protocol/models.ts';
import { formatLanguage } from '../format.ts';
import { LABELS } from '../labels.ts';
import { baseModels, chosenModel, modelOf, starter } from '../state/base-models.ts';
import { selectedDataset } from '../state/datasets.ts';
import { needsOf } from '../state/model-needs.ts';
import {
  chooseAnother,
  chooseModel,
  downloadJob,
  downloadModel,
  isChoosingModel,
  meteredDownload,
  modelProblem,
  pausedDownloads,
  wantedRepository,
  wantModel,
} from '../state/models.ts';
import { showLibrary } from '../state/steps.ts';
import { modelCards } from '../texts/en/model-cards.ts';
import { modelList } from '../texts/en/model-list.ts';
import { models } from '../texts/en/models.ts';
import { system } from '../texts/en/system.ts';
import { bold } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';
import {
  CATALOGUE,
  type CatalogueEntry,
  descriptionOf,
  displayName,
  nameOfRepository,
} from './catalogue.ts';
import { ModelCard } from './model-card.tsx';
import { DeleteButton, DownloadActions } from './model-actions.tsx';
import { HUB_MODELS } from '../../domain/hub-models.ts';
import { SAMPLES, STARTER_SAMPLES } from '../../domain/model-samples.ts';
import { foreignLanguage, recommendedModel, timeOf } from './model-times.ts';
import { OwnModel } from './own-model.tsx';

const texts = messages('modelCards', modelCards);
const listTexts = messages('modelList', modelList);
const systemTexts = messages('system', system);
const modelTexts = messages('models', models);

/** `starter`, `own`, a repository or a model's id. */
function chosenCard(): string {
  if (isChoosingModel.value) return 'own';
  return wantedRepository.value ?? chosenModel.value?.id ?? 'starter';
}

export function ModelCards() {
  const group = useId();
  const own = baseModels.value.filter(
    ({ name, origin }) =>
      origin.source !== 'starter' &&
      !(origin.source === 'hub' && CATALOGUE.some(({ repository }) => repository === name)),
  );
  const { value: first } = starter;
  const chosen = chosenCard();
  const recommended = recommendedModel();
  return (
    <fieldset class="model-choice">
      <legend>{texts.startsFrom(bold, chosenName(chosen))}</legend>
      <LanguageNote />
      <ul class="model-cards" aria-label={LABELS.models}>
        {first === null ? null : (
          <Stored
            group={group}
            model={first}
            isRecommended={recommended === 'starter'}
            entry={null}
          />
        )}
        {CATALOGUE.map((entry) => {
          const model = modelOf(entry.repository);
          const props = { group, entry, isRecommended: recommended === entry.repository };
          return model === null ? (
            <Offered key={entry.repository} repository={entry.repository} {...props} />
          ) : (
            <Stored key={entry.repository} model={model} {...props} />
          );
        })}
        {own.map((model) => (
          <Stored key={model.id} group={group} model={model} isRecommended={false} entry={null} />
        ))}
        {unlistedDownloads().map((repository) => (
          <Offered
            key={repository}
            group={group}
            repository={repository}
            isRecommended={false}
            entry={null}
          />
        ))}
        <ModelCard
          group={group}
          name={LABELS.anotherModel}
          description={texts.ownDescription}
          isChosen={chosen === 'own'}
          onChoose={chooseAnother}
        >
          <OwnModel />
        </ModelCard>
      </ul>
      <MeteredQuestion />
      <Problem />
    </fieldset>
  );
}

function chosenName(chosen: string): string {
  if (chosen === 'own') return LABELS.anotherModel;
  const model = chosenModel.value;
  if (wantedRepository.value !== null) return nameOfRepository(wantedRepository.value);
  return model === null ? modelTexts.starterName : displayName(model);
}

/** Downloads of models that aren't among those offered. */
function unlistedDownloads(): readonly string[] {
  const running = downloadJob.value === null ? [] : [downloadJob.value.repository];
  const all = new Set([...running, ...pausedDownloads.value.map(({ repository }) => repository)]);
  return [...all].filter(
    (name) => modelOf(name) === null && CATALOGUE.every(({ repository }) => repository !== name),
  );
}

interface CardOf {
  readonly group: string;
  readonly isRecommended: boolean;
  /** The entry of a model that is offered for download; null for others. */
  readonly entry: CatalogueEntry | null;
}

function Stored({ model, entry, ...card }: CardOf & { readonly model: BaseModelSummary }) {
  const isStarter = model.origin.source === 'starter';
  const isChosen = chosenCard() === model.id;
  return (
    <ModelCard
      {...card}
      name={displayName(model)}
      description={isStarter ? listTexts.starter : entry === null ? null : descriptionOf(entry)}
      isChosen={isChosen}
      onChoose={() => chooseModel(model)}
      needs={needsOf(model)}
      time={timeOf(model)}
      downloadBytes={null}
      storedBytes={isStarter ? null : model.bytes}
      samples={isStarter ? STARTER_SAMPLES : entry === null ? undefined : SAMPLES[entry.repository]}
      isStarter={isStarter}
    >
      {isStarter ? null : <DeleteButton model={model} />}
    </ModelCard>
  );
}

function Offered({ repository, entry, ...card }: CardOf & { readonly repository: string }) {
  return (
    <ModelCard
      {...card}
      name={nameOfRepository(repository)}
      description={entry === null ? null : descriptionOf(entry)}
      isChosen={chosenCard() === repository}
      onChoose={() => wantModel(repository)}
      needs={entry === null ? undefined : needsOf(entry)}
      time={entry === null ? null : timeOf(entry)}
      downloadBytes={entry?.downloadBytes}
      samples={entry === null ? undefined : SAMPLES[repository]}
      actions={
        <DownloadActions
          repository={repository}
          name={nameOfRepository(repository)}
          downloadBytes={entry?.downloadBytes}
          isChosen={chosenCard() === repository}
        />
      }
    />
  );
}

/** Tells people who tweet in another language that these models know only English, before they train in vain. */
function LanguageNote() {
  const code = foreignLanguage(selectedDataset.value);
  if (code === null) return null;
  const language = formatLanguage(code);
  return (
    <div class="note note-info" role="note">
      <Icon name="search" />
      <div class="note-text">
        <p>{texts.notEnglish(language)}</p>
        <div class="note-actions">
          <button type="button" class="button button-small" onClick={chooseAnother}>
            {texts.findOther(language)}
          </button>
        </div>
      </div>
    </div>
  );
}

/** What the download costs is known to the user alone: the page says how large it is, and asks. */
function MeteredQuestion() {
  const repository = meteredDownload.value;
  if (repository === null) return null;
  const end = () => {
    meteredDownload.value = null;
  };
  const question = systemTexts.metered(nameOfRepository(repository), downloadSize(repository));
  return (
    <Confirm
      question={question}
      confirmLabel={systemTexts.downloadAnyway}
      cancelLabel={systemTexts.notNow}
      onConfirm={() => void downloadModel(repository, true)}
      onCancel={end}
    />
  );
}

/** How many bytes are still to be downloaded; null for a model that the page knows only by its name. */
function downloadSize(repository: string): number | null {
  const isIt = (model: { readonly repository: string }) => model.repository === repository;
  const begun = pausedDownloads.value.find(isIt);
  const known = [...CATALOGUE, ...HUB_MODELS].find(isIt)?.downloadBytes ?? null;
  const total = begun?.totalBytes ?? known;
  return total === null ? null : total - (begun?.receivedBytes ?? 0);
}

function Problem() {
  const problem = modelProblem.value;
  if (problem === null) return null;
  const { error, repository } = problem;
  return (
    <ErrorNote
      error={error}
      actions={{
        ...(repository === null ? {} : { 'try-again': () => void downloadModel(repository) }),
        'show-library': showLibrary,
      }}
      onDismiss={() => {
        modelProblem.value = null;
      }}
    />
  );
}
