/**
 * LoRA (Hu et al., arXiv:2106.09685) as huggingface/peft defines it (`src/peft/tuners/lora/layer.py`): to the
 * output of a frozen linear layer x · w + b it adds scale · (dropout(x) · Aᵀ) · Bᵀ, with A [rank, in],
 * B [out, rank] and scale = alpha / rank. A is initialized by Kaiming's uniform distribution with a = √5,
 * which is uniform in ±1/√in. B is initialized to zero, so that a new adapter changes nothing. The weights of
 * the layers are [in, out] (Conv1D, which PEFT calls `fan_in_fan_out`).
 *
 * Adapter parameters have names like `h.0.attn.c_attn.lora_A.weight`. PEFT saves them with the prefix
 * `base_model.model.transformer.`.
 */

import { must } from '../core/assert.ts';
import { randomUnit } from '../core/random.ts';
import { LORA_TARGETS, type LoraSettings, type LoraTarget } from '../domain/recipe.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import { type GPT2Config, innerWidth } from './config.ts';
import { elementCount } from '../core/shape.ts';
import type { ShapeTable } from './weights.ts';

/** The widths of a target layer, [in, out]. */
function widths(config: GPT2Config, target: LoraTarget): readonly [number, number] {
  const { nEmbd: C } = config;
  switch (target) {
    case 'attn.c_attn':
      return [C, 3 * C];
    case 'attn.c_proj':
      return [C, C];
    case 'mlp.c_fc':
      return [C, innerWidth(config)];
    case 'mlp.c_proj':
      return [innerWidth(config), C];
  }
}

/** The names of a layer's two adapter parameters, for a layer like `h.0.attn.c_attn`. */
export function adapterNames(layer: string): { readonly a: string; readonly b: string } {
  return { a: `${layer}.lora_A.weight`, b: `${layer}.lora_B.weight` };
}

/**
 * The shapes of all adapter parameters by name: A [rank, in], B [out, rank]. A LoRA run trains and
 * saves these.
 */
export function adapterShapes(config: GPT2Config, settings: LoraSettings): ShapeTable {
  const shapes = new Map<string, readonly number[]>();
  const { rank } = settings;
  for (let layer = 0; layer < config.nLayer; layer++) {
    for (const target of LORA_TARGETS) {
      if (!settings.targets.includes(target)) continue;
      const [inputs, outputs] = widths(config, target);
      const { a, b } = adapterNames(`h.${layer}.${target}`);
      shapes.set(a, [rank, inputs]);
      shapes.set(b, [outputs, rank]);
    }
  }
  return shapes;
}

/** The number of trained numbers of an adapter. */
export function adapterParameterCount(config: GPT2Config, settings: LoraSettings): number {
  let total = 0;
  for (const shape of adapterShapes(config, settings).values()) total += elementCount(shape);
  return total;
}

/** An adapter on the device, for `GPT2.setAdapter`. */
export interface Adapter {
  readonly settings: LoraSettings;
  /** The parameters by name. An optimizer may replace the entries. */
  readonly parameters: Map<string, Tensor>;
}

/**
 * Creates an adapter on the device from values by name, for example {@link initialAdapter}. It belongs to the
 * caller, who usually passes it to `GPT2.setAdapter`.
 */
export function createAdapter(
  ops: Ops,
  config: GPT2Config,
  settings: LoraSettings,
  values: ReadonlyMap<string, Float32Array>,
): Adapter {
  const parameters = new Map<string, Tensor>();
  for (const [name, shape] of adapterShapes(config, settings)) {
    parameters.set(name, ops.tensor(must(values.get(name), name), shape));
  }
  return { settings, parameters };
}

/** A stream of random numbers that epochs, the validation split and sampling don't use. */
const INIT_STREAM = 0x4c6f5241;

/** The initial values of an adapter by name. They depend only on the seed, so a run can be repeated. */
export function initialAdapter(
  config: GPT2Config,
  settings: LoraSettings,
  seed: number,
): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  let index = 0;
  for (const [name, shape] of adapterShapes(config, settings)) {
    const data = new Float32Array(elementCount(shape));
    if (name.endsWith('.lora_A.weight')) {
      const bound = 1 / Math.sqrt(must(shape[1], 'the width'));
      for (let i = 0; i < data.length; i++) {
        data[i] = bound * (2 * randomUnit(seed, INIT_STREAM, i, index) - 1);
      }
    }
    values.set(name, data);
    index++;
  }
  return values;
}

/** The name of an adapter parameter in PEFT's `adapter_model.safetensors`. */
export function peftName(name: string): string {
  return `base_model.model.transformer.${name}`;
}
