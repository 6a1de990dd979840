/** The models that the page offers for download. Others can be downloaded by their names. */
import { STARTER_NAME } from '../../domain/identifiers.ts';
import type { BaseModelSummary, ModelShape, TrainingNeeds } from '../../protocol/models.ts';
import { formatBytes, formatMillions } from '../format.ts';

export interface CatalogueEntry extends ModelShape {
  /** `owner/name` on the Hub. */
  readonly repository: string;
  readonly name: string;
  readonly description: string;
  readonly parameters: number;
  readonly downloadBytes: number;
}

const GPT2 = { vocabulary: 50_257, context: 1024, hasOwnHead: false };

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    repository: 'distilbert/distilgpt2',
    name: 'DistilGPT-2',
    description: 'Half the size of GPT-2. Writes whole sentences of plain English.',
    ...{ ...GPT2, layers: 6, heads: 12, channels: 768, inner: 3072 },
    parameters: 81_912_576,
    downloadBytes: 353_000_000,
  },
  {
    repository: 'openai-community/gpt2',
    name: 'GPT-2',
    description: 'What huggingtweets used. Knows the web of 2019.',
    ...{ ...GPT2, layers: 12, heads: 12, channels: 768, inner: 3072 },
    parameters: 124_439_808,
    downloadBytes: 548_000_000,
  },
  {
    repository: 'openai-community/gpt2-medium',
    name: 'GPT-2 medium',
    description: 'The best writer of these, and the slowest.',
    ...{ ...GPT2, layers: 24, heads: 16, channels: 1024, inner: 4096 },
    parameters: 354_823_168,
    downloadBytes: 1_520_000_000,
  },
];

export function displayName({ name, origin }: BaseModelSummary): string {
  if (origin.source === 'starter') return STARTER_NAME;
  const entry = CATALOGUE.find(({ repository }) => repository === name);
  return entry?.name ?? name;
}

/**
 * `82 million parameters · needs about 1.5 GB of memory · each step takes about 24 times as long as the
 * starter’s`.
 *
 * @param needs The engine's answer: undefined until it has come, null if the model is too large.
 */
export function describeNeeds(
  parameters: number,
  starterParameters: number | null,
  needs: TrainingNeeds | null | undefined,
): string {
  const parts = [`${formatMillions(parameters)} parameters`];
  if (needs === null) parts.push('too large to train on this computer');
  if (needs) parts.push(`needs about ${formatBytes(needs.bytes)} of memory`);
  const times = starterParameters === null ? 0 : Math.round(parameters / starterParameters);
  if (times >= 2) parts.push(`each step takes about ${times} times as long as the starter’s`);
  if (needs?.mode === 'lora') parts.push('learns with the small adapter only');
  return parts.join(' · ');
}
