/** The stored base models, and which one of them the next bot is trained from. */
import { computed, signal } from '@preact/signals';
import { STARTER_ID, STORED_MODEL_PREFIXES } from '../../domain/identifiers.ts';
import type { BaseModelSummary } from '../../protocol/models.ts';
import { displayName } from '../models/catalogue.ts';
import { baseModelId } from './settings.ts';
import { library } from '../texts/en/library.ts';
import { models } from '../texts/en/models.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('library', library);
const modelTexts = messages('models', models);

export const baseModels = signal<readonly BaseModelSummary[]>([]);

export const starter = computed(
  () => baseModels.value.find(({ origin }) => origin.source === 'starter') ?? null,
);

/** Null until the engine has listed the models. */
export const chosenModel = computed(
  () => baseModels.value.find(({ id }) => id === baseModelId.value) ?? starter.value,
);

/** The stored model of a repository; null if it isn't stored. */
export function modelOf(repository: string): BaseModelSummary | null {
  const isOf = ({ origin }: BaseModelSummary) =>
    origin.source === 'hub' && origin.repo.toLowerCase() === repository.toLowerCase();
  return baseModels.value.find(isOf) ?? null;
}

/** The name of the model that a bot was trained from, which may have been deleted since. */
export function modelName(id: string): string {
  const model = baseModels.value.find((each) => each.id === id);
  return model === undefined
    ? id === STARTER_ID
      ? modelTexts.starterName
      : id.startsWith(STORED_MODEL_PREFIXES.bot)
        ? texts.openedFromFile
        : texts.modelGone
    : displayName(model);
}
