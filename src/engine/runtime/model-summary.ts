/** What the page is told of a base model. */

import { STARTER_ID } from '../../domain/identifiers.ts';
import { type GPT2Config, parseConfig } from '../../model/config.ts';
import { parameterCount } from '../../model/weights.ts';
import type { BaseModelSummary, ModelShape } from '../../protocol/calls.ts';
import type { Storage } from '../../storage/chunks.ts';
import { type ModelRecord, modelBytes, readModelFile } from '../../storage/models.ts';

export function modelNumbers(
  config: GPT2Config,
): ModelShape & Pick<BaseModelSummary, 'parameters'> {
  return {
    layers: config.nLayer,
    heads: config.nHead,
    channels: config.nEmbd,
    vocabulary: config.vocabSize,
    context: config.blockSize,
    parameters: parameterCount(config),
  };
}

/** A config of these numbers; what else is in one changes neither memory nor time. */
export function configOf(shape: ModelShape): GPT2Config {
  return {
    nLayer: shape.layers,
    nHead: shape.heads,
    nEmbd: shape.channels,
    vocabSize: shape.vocabulary,
    blockSize: shape.context,
    layerNormEpsilon: 1e-5,
    endOfTextId: 0,
  };
}

/** Throws what reading and parsing its `config.json` throws. */
export async function storedSummary(
  storage: Storage,
  record: ModelRecord,
): Promise<BaseModelSummary> {
  const bytes = await readModelFile(storage, record, 'config.json');
  const config = parseConfig(JSON.parse(new TextDecoder().decode(bytes)) as unknown);
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
