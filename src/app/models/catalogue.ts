/** The models that are offered by name, and how they compare. Everything else is found by its name. */
import type { BaseModelSummary } from '../../protocol/calls.ts';
import { formatBytes, formatMillions } from '../format.ts';

export interface CatalogueEntry {
  /** `owner/name` on the Hub. */
  readonly repository: string;
  readonly name: string;
  readonly description: string;
  readonly parameters: number;
  readonly downloadBytes: number;
}

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    repository: 'distilbert/distilgpt2',
    name: 'DistilGPT-2',
    description: 'Half the size of GPT-2. Writes whole sentences of plain English.',
    parameters: 81_912_576,
    downloadBytes: 353_000_000,
  },
  {
    repository: 'openai-community/gpt2',
    name: 'GPT-2',
    description: 'What huggingtweets used. Knows the web of 2019.',
    parameters: 124_439_808,
    downloadBytes: 548_000_000,
  },
  {
    repository: 'openai-community/gpt2-medium',
    name: 'GPT-2 medium',
    description: 'The best writer of these, and the slowest. Learns with the small adapter only.',
    parameters: 354_823_168,
    downloadBytes: 1_520_000_000,
  },
];

/** From here on all of a model is too much to train; an adapter beside it isn't. */
const MOST_FULLY_TRAINED = 200e6;

export function isAdapterOnly(parameters: number): boolean {
  return parameters > MOST_FULLY_TRAINED;
}

export function displayName({ name, origin }: BaseModelSummary): string {
  if (origin.source === 'starter') return 'Starter';
  const entry = CATALOGUE.find(({ repository }) => repository === name);
  return entry?.name ?? name;
}

/**
 * `82 million parameters · about 1.5 GB of memory · 24 times the starter’s work`. Weights, gradients
 * and two moments for full training; an adapter needs the weights in half precision and little else.
 */
export function describeNeeds(parameters: number, starterParameters: number | null): string {
  const bytes = isAdapterOnly(parameters) ? 2.5 * parameters : 17 * parameters;
  const times = starterParameters === null ? 0 : Math.round(parameters / starterParameters);
  const work = times < 2 ? '' : ` · each step takes about ${times} times as long as the starter’s`;
  return `${formatMillions(parameters)} parameters · needs about ${formatBytes(bytes)} of memory${work}`;
}
