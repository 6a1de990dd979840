/** A base model with a LoRA adapter merged into it, a weight at a time, on the host. */

import { must } from '../core/assert.ts';
import { adapterNames, type LoraSettings } from '../model/lora.ts';
import { parameterShapes } from '../model/weights.ts';
import type { GPT2Config } from '../model/config.ts';
import type { WeightSource } from './write-safetensors.ts';

/**
 * w += alpha / rank · (B · A)ᵀ for every layer with an adapter (PEFT's `merge_and_unload`); w is
 * [in, out], A [rank, in], B [out, rank].
 *
 * @param adapter By the names of `model/lora.ts`.
 */
export function mergedSource(
  config: GPT2Config,
  base: WeightSource,
  settings: LoraSettings,
  adapter: ReadonlyMap<string, Float32Array>,
): WeightSource {
  const { rank, alpha } = settings;
  return {
    shapes: parameterShapes(config),
    async read(name) {
      const values = await base.read(name);
      const names = adapterNames(name.replace(/\.weight$/, ''));
      const a = adapter.get(names.a);
      if (a !== undefined)
        addProduct(values, a, must(adapter.get(names.b), names.b), rank, alpha / rank);
      return values;
    },
  };
}

function addProduct(
  w: Float32Array,
  a: Float32Array,
  b: Float32Array,
  rank: number,
  scale: number,
): void {
  const inputs = a.length / rank;
  const outputs = b.length / rank;
  const row = new Float64Array(outputs);
  for (let i = 0; i < inputs; i++) {
    row.fill(0);
    for (let r = 0; r < rank; r++) {
      const factor = scale * (a[r * inputs + i] as number);
      for (let o = 0; o < outputs; o++)
        row[o] = (row[o] as number) + factor * (b[o * rank + r] as number);
    }
    const start = i * outputs;
    for (let o = 0; o < outputs; o++) w[start + o] = (w[start + o] as number) + (row[o] as number);
  }
}
