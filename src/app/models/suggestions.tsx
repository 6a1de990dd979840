/** GPT-2s of the page's own list for what was typed, or for the language of the tweets, each with a button. */
import type { HubModel } from '../../domain/hub-models.ts';
import { formatLanguage } from '../format.ts';
import { LABELS } from '../labels.ts';
import { modelOf } from '../state/base-models.ts';
import { canAskEngine } from '../state/engine.ts';
import { downloadJob } from '../state/models.ts';
import { suggested } from '../texts/en/suggested.ts';
import { messages } from '../texts/messages.ts';
import { Icon } from '../ui/icons.tsx';

const texts = messages('suggested', suggested);

interface SuggestionsProps {
  readonly models: readonly HubModel[];
  /** Whether they are suggested for the tweets, and not for what was typed. */
  readonly isForTweets: boolean;
  readonly onChosen: (repository: string) => void;
}

export function Suggestions({ models, isForTweets, onChosen }: SuggestionsProps) {
  if (models.length === 0) return null;
  return (
    <div class="suggested">
      <p class="quiet">{isForTweets ? texts.forTweets : texts.forTyped}</p>
      <ul class="models" aria-label={LABELS.suggestedModels}>
        {models.map((model) => (
          <Suggestion key={model.repository} model={model} onChosen={onChosen} />
        ))}
      </ul>
    </div>
  );
}

function Suggestion({
  model,
  onChosen,
}: {
  readonly model: HubModel;
  readonly onChosen: (repository: string) => void;
}) {
  const { repository, language, parameters, downloadBytes, licence } = model;
  const isHere = modelOf(repository) !== null;
  return (
    <li class="model">
      <span class="model-text">
        <span class="model-name">{repository}</span>
        <span class="model-description">{formatLanguage(language)}</span>
        <span class="model-meta">
          {licence === null
            ? texts.factsWithoutLicence(parameters)
            : texts.facts(parameters, licence)}
        </span>
      </span>
      <div class="model-actions">
        <button
          type="button"
          class="button button-small"
          aria-label={isHere ? LABELS.useModel(repository) : LABELS.download(repository)}
          disabled={(!isHere && downloadJob.value !== null) || !canAskEngine.value}
          onClick={() => onChosen(repository)}
        >
          <Icon name={isHere ? 'check' : 'download'} />
          {isHere ? texts.use : texts.download(downloadBytes)}
        </button>
      </div>
    </li>
  );
}
