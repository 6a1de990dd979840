/** The models that the page offers for download. Others can be downloaded by their names. */
import type { BaseModelSummary, ModelShape } from '../../protocol/models.ts';
import { models } from '../texts/en/models.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('models', models);

export interface CatalogueEntry extends ModelShape {
  /** `owner/name` on the Hub. */
  readonly repository: string;
  readonly name: string;
  /** Of its description in the catalogue of texts. */
  readonly text: keyof typeof models.descriptions;
  readonly parameters: number;
  readonly downloadBytes: number;
}

const GPT2 = { vocabulary: 50_257, context: 1024, hasOwnHead: false };

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    repository: 'distilbert/distilgpt2',
    name: 'DistilGPT-2',
    text: 'distilgpt2',
    ...{ ...GPT2, layers: 6, heads: 12, channels: 768, inner: 3072 },
    parameters: 81_912_576,
    downloadBytes: 353_000_000,
  },
  {
    repository: 'openai-community/gpt2',
    name: 'GPT-2',
    text: 'gpt2',
    ...{ ...GPT2, layers: 12, heads: 12, channels: 768, inner: 3072 },
    parameters: 124_439_808,
    downloadBytes: 548_000_000,
  },
  {
    repository: 'openai-community/gpt2-medium',
    name: 'GPT-2 medium',
    text: 'gpt2-medium',
    ...{ ...GPT2, layers: 24, heads: 16, channels: 1024, inner: 4096 },
    parameters: 354_823_168,
    downloadBytes: 1_520_000_000,
  },
];

/** What the page says of a model that it offers. */
export function descriptionOf({ text }: CatalogueEntry): string {
  return texts.descriptions[text];
}

export function displayName({ name, origin }: BaseModelSummary): string {
  if (origin.source === 'starter') return texts.starterName;
  return nameOfRepository(name);
}

/** The page's name for a repository, which is its own if it isn't among those offered. */
export function nameOfRepository(repository: string): string {
  return CATALOGUE.find((entry) => entry.repository === repository)?.name ?? repository;
}
