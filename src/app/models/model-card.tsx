/** One model that a bot can start from: what it is like, what it takes here, and how to get it. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { activity } from '../state/activity.ts';
import type { TrainingNeeds } from '../../protocol/models.ts';
import { modelCards } from '../texts/en/model-cards.ts';
import { type Inline, strong } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import type { ModelSamples } from '../../domain/model-samples.ts';
import { type ModelTime, VERY_LONG_SECONDS } from './model-times.ts';

const texts = messages('modelCards', modelCards);

export interface ModelCardProps {
  /** Of the radio group. */
  readonly group: string;
  readonly name: string;
  readonly description: string | null;
  readonly isChosen: boolean;
  readonly isRecommended?: boolean;
  readonly onChoose: () => void;
  /** Undefined for a card without figures, or while they aren't known; null if the model doesn't fit. */
  readonly needs?: TrainingNeeds | null | undefined;
  readonly time?: ModelTime | null;
  /** What it takes to download it; null if it is here. Undefined if that isn't known. */
  readonly downloadBytes?: number | null | undefined;
  /** The space it takes; null for the starter, which comes with the page. */
  readonly storedBytes?: number | null;
  readonly samples?: ModelSamples | undefined;
  readonly isStarter?: boolean;
  /** Buttons and progress, which are shown whether it is chosen or not. */
  readonly actions?: ComponentChildren;
  /** What else the chosen card shows. */
  readonly children?: ComponentChildren;
}

export function ModelCard(props: ModelCardProps) {
  const id = useId();
  const radio = useFocusWhenLost<HTMLInputElement>();
  const { name, description, isChosen, samples, isRecommended = false } = props;
  const first = samples?.texts[0];
  return (
    <li class={isChosen ? 'model-card model-card-chosen' : 'model-card'}>
      <label class="model-card-head">
        <input
          ref={isChosen ? radio : null}
          type="radio"
          name={props.group}
          checked={isChosen}
          disabled={activity.value !== null}
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-about`}
          onChange={props.onChoose}
        />
        <span id={`${id}-name`} class="model-card-name">
          {name}
        </span>
        {isRecommended ? (
          <span class="model-card-badge">
            <Icon name="sparkle" />
            {texts.recommended}
          </span>
        ) : null}
      </label>
      <div id={`${id}-about`} class="model-card-about">
        {description === null ? null : <p>{description}</p>}
        {isChosen || first === undefined ? null : (
          <p class="model-card-glimpse" dir="auto">
            {first}
          </p>
        )}
        {isChosen && samples !== undefined && first !== undefined ? (
          <Samples samples={samples} />
        ) : null}
        {isChosen && props.isStarter ? (
          <p class="model-card-limits">{texts.canAndCannot(strong)}</p>
        ) : null}
        <Facts {...props} />
      </div>
      {props.actions ?? null}
      {isChosen ? props.children : null}
    </li>
  );
}

function Facts(props: ModelCardProps) {
  const { needs, time = null, downloadBytes, storedBytes, isChosen } = props;
  if (needs === null) {
    return (
      <p class="model-card-why">
        <Icon name="warning" />
        {texts.tooLarge}
      </p>
    );
  }
  return (
    <>
      <ul class="model-card-facts">
        {time === null ? null : <li class="model-card-time">{texts.time(time.seconds)}</li>}
        {needs === undefined ? null : <li>{texts.memory(needs.bytes)}</li>}
        {downloadBytes == null ? null : <li>{texts.download(downloadBytes)}</li>}
        {downloadBytes === null ? (
          <li class="model-ready">
            <Icon name="check" />
            {storedBytes == null ? texts.isHere : texts.isHereWith(storedBytes)}
          </li>
        ) : null}
      </ul>
      {time !== null && time.seconds > VERY_LONG_SECONDS ? (
        <p class="model-card-why">
          <Icon name="warning" />
          {texts.tooLong}
        </p>
      ) : null}
      {isChosen && needs?.mode === 'lora' ? <p class="quiet">{texts.adapterOnly}</p> : null}
      {isChosen && time?.isRough === true ? <p class="quiet">{texts.roughly}</p> : null}
    </>
  );
}

function Samples({ samples: { texts: written, source } }: { samples: ModelSamples }) {
  return (
    <figure class="model-card-samples">
      <figcaption>{texts.soundsLike}</figcaption>
      {written.map((text) => (
        <blockquote key={text} dir="auto">
          {text}
        </blockquote>
      ))}
      <p class="model-card-source">
        {source === null
          ? texts.madeHere
          : texts.quotedFrom(linkTo(source.url), texts.sources[source.name])}
      </p>
    </figure>
  );
}

function linkTo(url: string): Inline {
  return (name) => (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {name}
    </a>
  );
}
