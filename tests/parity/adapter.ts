/**
 * Reads an adapter as PEFT saves it: `adapter_model.safetensors` (or another file name) with
 * `adapter_config.json` next to it. Without the latter, alpha is PEFT's default, 8.
 */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { must } from '../../src/core/assert.ts';
import type { GPT2Config } from '../../src/model/config.ts';
import {
  type Adapter,
  adapterNames,
  adapterShapes,
  createAdapter,
  peftName,
} from '../../src/model/lora.ts';
import { type LoraSettings, type LoraTarget, LORA_TARGETS } from '../../src/domain/recipe.ts';
import { openSafetensors } from '../../src/model/safetensors.ts';
import { readPieces, type TensorSource } from '../../src/model/tensor-source.ts';
import { elementCount } from '../../src/core/shape.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { fileReader } from './safetensors-file.ts';

/**
 * Finds layers as PEFT does: an entry of a list is a layer's name or the end of it; a string is a
 * pattern.
 */
function parseTargets(modules: unknown): LoraSettings['targets'] {
  if (typeof modules === 'string') {
    const pattern = new RegExp(`^(?:${modules})$`);
    return LORA_TARGETS.filter((target) => pattern.test(`transformer.h.0.${target}`));
  }
  if (!Array.isArray(modules)) throw new Error('adapter_config.json: target_modules is no list');
  const isEnd = (target: string) =>
    modules.some((module) => `transformer.h.0.${target}`.endsWith(`.${String(module)}`));
  return LORA_TARGETS.filter(isEnd);
}

function parseAdapterConfig(json: unknown): LoraSettings {
  const config = (json ?? {}) as Record<string, unknown>;
  for (const key of ['use_rslora', 'use_dora', 'rank_pattern', 'alpha_pattern'] as const) {
    const value = config[key];
    const isOff = !value || (typeof value === 'object' && Object.keys(value).length === 0);
    if (!isOff) throw new Error(`adapter_config.json: ${key} is not supported`);
  }
  if ((config['bias'] ?? 'none') !== 'none')
    throw new Error('adapter_config.json: bias is trained');
  const number = (key: string): number => {
    const value = config[key];
    if (typeof value !== 'number' || !(value > 0))
      throw new Error(`adapter_config.json: no ${key}`);
    return value;
  };
  return {
    rank: number('r'),
    alpha: number('lora_alpha'),
    dropout: 0, // parity runs have no dropout
    targets: parseTargets(config['target_modules']),
  };
}

/** The default of PEFT's `LoraConfig`. */
const defaultAlpha = 8;

/** The settings that follow from the tensors alone. */
function settingsOf(sources: ReadonlyMap<string, TensorSource>): LoraSettings {
  const factorOf = (target: LoraTarget) => sources.get(adapterNames(`h.0.${target}`).a);
  const targets = LORA_TARGETS.filter((target) => factorOf(target));
  const [first] = targets;
  const rank = first && factorOf(first)?.shape[0];
  if (!rank) throw new Error('the adapter has no lora_A of a layer of h.0');
  return { rank, alpha: defaultAlpha, dropout: 0, targets };
}

/** @param path The file with the tensors, or the folder that contains it. */
export async function readAdapter(ops: Ops, config: GPT2Config, path: string): Promise<Adapter> {
  const isFolder = statSync(path).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const file = isFolder ? 'adapter_model.safetensors' : basename(path);
  const stored = await openSafetensors(fileReader(join(folder, file)), file);
  const prefix = peftName('');
  const sources = new Map(
    [...stored].map(([name, source]) => [
      name.startsWith(prefix) ? name.slice(prefix.length) : name,
      source,
    ]),
  );
  const configFile = join(folder, 'adapter_config.json');
  const settings =
    isFolder || existsSync(configFile)
      ? parseAdapterConfig(JSON.parse(readFileSync(configFile, 'utf8')))
      : settingsOf(sources);
  const shapes = adapterShapes(config, settings);
  const strange = [...sources.keys()].filter((name) => !shapes.has(name));
  if (strange.length > 0) throw new Error(`${file}: ${strange[0]} is of no layer that is trained`);
  const values = new Map<string, Float32Array>();
  for (const [name, shape] of shapes) {
    const source = must(sources.get(name), `${name} in ${file}`);
    if (source.shape.join() !== shape.join()) {
      throw new Error(`${file}: ${name} is [${source.shape.join()}], not [${shape.join()}]`);
    }
    const data = new Float32Array(elementCount(shape));
    let at = 0;
    for await (const piece of readPieces(source)) {
      data.set(piece.values, at);
      at += piece.values.length;
    }
    values.set(name, data);
  }
  return createAdapter(ops, config, settings, values);
}
