/**
 * LoRA (Hu et al., arXiv:2106.09685) with PEFT's definitions: a frozen linear layer x·w + b gets
 * scale · (dropout(x) · Aᵀ) · Bᵀ on top, with A [rank, in], B [out, rank] and scale = alpha / rank.
 * A starts kaiming-uniform with a = √5, that is uniform in ±1/√in; B starts at zero, so that a fresh
 * adapter changes nothing. The layers' own weights are [in, out] (Conv1D, PEFT's `fan_in_fan_out`).
 *
 * Adapter parameters are named `h.0.attn.c_attn.lora_A.weight`; PEFT saves the same names behind
 * `base_model.model.transformer.`.
 */

import { must } from '../core/assert.ts';
import { randomUnit } from '../core/random.ts';
import type { Ops, Tensor } from '../ops/ops.ts';
import type { GPT2Config } from './config.ts';
import { elementCount } from '../core/shape.ts';
import type { ShapeTable } from './weights.ts';

/** The linear layers of a block that may have an adapter, in the order a forward pass meets them. */
export const loraTargets = ['attn.c_attn', 'attn.c_proj', 'mlp.c_fc', 'mlp.c_proj'] as const;
export type LoraTarget = (typeof loraTargets)[number];

export interface LoraSettings {
  readonly rank: number;
  readonly alpha: number;
  /** Rate of dropout on an adapter's input. */
  readonly dropout: number;
  readonly targets: readonly LoraTarget[];
}

/** Widths of a target: [in, out]. */
function widths({ nEmbd: C }: GPT2Config, target: LoraTarget): readonly [number, number] {
  switch (target) {
    case 'attn.c_attn':
      return [C, 3 * C];
    case 'attn.c_proj':
      return [C, C];
    case 'mlp.c_fc':
      return [C, 4 * C];
    case 'mlp.c_proj':
      return [4 * C, C];
  }
}

/** Names of a layer's two adapter parameters; `layer` is `h.0.attn.c_attn`. */
export function adapterNames(layer: string): { readonly a: string; readonly b: string } {
  return { a: `${layer}.lora_A.weight`, b: `${layer}.lora_B.weight` };
}

/** Every adapter parameter by name: what a LoRA run trains and saves. */
export function adapterShapes(config: GPT2Config, settings: LoraSettings): ShapeTable {
  const shapes = new Map<string, readonly number[]>();
  const { rank } = settings;
  for (let layer = 0; layer < config.nLayer; layer++) {
    for (const target of loraTargets) {
      if (!settings.targets.includes(target)) continue;
      const [inputs, outputs] = widths(config, target);
      const { a, b } = adapterNames(`h.${layer}.${target}`);
      shapes.set(a, [rank, inputs]);
      shapes.set(b, [outputs, rank]);
    }
  }
  return shapes;
}

export function adapterParameterCount(config: GPT2Config, settings: LoraSettings): number {
  let total = 0;
  for (const shape of adapterShapes(config, settings).values()) total += elementCount(shape);
  return total;
}

/** Trained matrices beside a frozen model: `GPT2.setAdapter` takes one. */
export interface Adapter {
  readonly settings: LoraSettings;
  /** By name; an optimizer may replace the entries. */
  readonly parameters: Map<string, Tensor>;
}

/** An adapter on the device, with values by name ({@link initialAdapter}). The caller disposes it. */
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

/** Beyond the streams of epochs, the held-out split and drawn tokens. */
const INIT_STREAM = 0x4c6f5241;

/** A fresh adapter's values, a function of the seed: what a run begins with, and begins with again. */
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

const PEFT_PREFIX = 'base_model.model.transformer.';

/** The name under which PEFT's `adapter_model.safetensors` has an adapter parameter. */
export function peftName(name: string): string {
  return PEFT_PREFIX + name;
}

/** The adapter parameter of a name in PEFT's file. */
export function fromPeftName(name: string): string {
  return name.startsWith(PEFT_PREFIX) ? name.slice(PEFT_PREFIX.length) : name;
}
