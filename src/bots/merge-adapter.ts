/** Merges a LoRA adapter into its base model on the host, a piece of a weight at a time. */

import { must } from '../core/assert.ts';
import { adapterNames } from '../model/lora.ts';
import type { LoraSettings } from '../domain/recipe.ts';
import { parameterShapes } from '../model/weights.ts';
import type { GPT2Config } from '../model/config.ts';
import type { WeightSource } from './write-safetensors.ts';

/**
 * w += alpha / rank · (B · A)ᵀ for every layer with an adapter (PEFT's `merge_and_unload`); w is
 * [in, out], A [rank, in], B [out, rank].
 *
 * @param adapter The adapter's tensors by their names in `model/lora.ts`.
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
    async *read(name) {
      const names = adapterNames(name.replace(/\.weight$/, ''));
      const a = adapter.get(names.a);
      let begin = 0;
      for await (const values of base.read(name)) {
        if (a !== undefined) {
          const b = must(adapter.get(names.b), names.b);
          addProduct(values, begin, a, b, rank, alpha / rank);
        }
        begin += values.length;
        yield values;
      }
    },
  };
}

/** Adds the product to the elements of the matrix from `begin` on, which may be in the middle of a row. */
function addProduct(
  w: Float32Array,
  begin: number,
  a: Float32Array,
  b: Float32Array,
  rank: number,
  scale: number,
): void {
  const inputs = a.length / rank;
  const outputs = b.length / rank;
  const row = new Float64Array(outputs);
  const end = begin + w.length;
  for (let i = Math.floor(begin / outputs); i * outputs < end; i++) {
    row.fill(0);
    for (let r = 0; r < rank; r++) {
      const factor = scale * (a[r * inputs + i] as number);
      for (let o = 0; o < outputs; o++)
        row[o] = (row[o] as number) + factor * (b[o * rank + r] as number);
    }
    const start = i * outputs;
    const stop = Math.min(end, start + outputs);
    for (let at = Math.max(begin, start); at < stop; at++)
      w[at - begin] = (w[at - begin] as number) + (row[at - start] as number);
  }
}
