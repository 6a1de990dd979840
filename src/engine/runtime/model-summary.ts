/** The summary of a base model for the page. */

import { STARTER_ID } from '../../domain/identifiers.ts';
import { type GPT2Config, innerWidth, PLAIN_GPT2 } from '../../model/config.ts';
import { parameterCount } from '../../model/weights.ts';
import type { BaseModelSummary, ModelShape } from '../../protocol/models.ts';
import type { Storage } from '../../storage/chunks.ts';
import { type ModelRecord, modelBytes } from '../../storage/models.ts';
import { readStoredConfig } from '../runtime/open-base-model.ts';

export function modelNumbers(
  config: GPT2Config,
): ModelShape & Pick<BaseModelSummary, 'parameters'> {
  return {
    layers: config.nLayer,
    heads: config.nHead,
    channels: config.nEmbd,
    inner: innerWidth(config),
    hasOwnHead: config.hasOwnHead,
    vocabulary: config.vocabSize,
    context: config.blockSize,
    parameters: parameterCount(config),
  };
}

/** A config of these numbers; what else is in one changes neither memory nor time. */
export function configOf(shape: ModelShape): GPT2Config {
  return {
    ...PLAIN_GPT2,
    nLayer: shape.layers,
    nHead: shape.heads,
    nEmbd: shape.channels,
    vocabSize: shape.vocabulary,
    blockSize: shape.context,
    nInner: shape.inner,
    hasOwnHead: shape.hasOwnHead,
    endOfTextId: 0,
  };
}

/** Throws `stored-data-damaged`. */
export async function storedSummary(
  storage: Storage,
  record: ModelRecord,
): Promise<BaseModelSummary> {
  const config = await readStoredConfig(storage, record);
  const { origin } = record;
  return {
    ...modelNumbers(config),
    id: origin.source === 'starter' ? STARTER_ID : record.id,
    name: record.name,
    origin,
    bytes: modelBytes(record),
    isReady: true,
    createdAt: record.createdAt,
  };
}
