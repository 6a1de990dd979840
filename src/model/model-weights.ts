/** The weights of a GPT-2: its parameters by name, and the adapter that is on. */

import { LORA_TARGETS } from '../domain/recipe.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import type { GPT2Config } from './config.ts';
import { Layers } from './layers.ts';
import type { Adapter } from './lora.ts';
import { HEAD_NAME } from './weights.ts';

/** Tensors by checkpoint name, with the shapes of the table in `weights.ts`. */
export type Parameters = Map<string, Tensor>;

export class ModelWeights {
  readonly config: GPT2Config;
  readonly parameters: Parameters;
  protected readonly ops: Ops;
  protected readonly layers: Layers;

  /** The model owns the parameters from now on, and {@link dispose} frees them. */
  constructor(ops: Ops, config: GPT2Config, parameters: Parameters) {
    this.ops = ops;
    this.config = config;
    this.parameters = parameters;
    this.layers = new Layers(ops, config, parameters);
  }

  protected get headName(): string {
    return this.config.hasOwnHead ? HEAD_NAME : 'wte.weight';
  }

  /** The weights of the output head [V, C]. They still belong to the model. */
  get head(): Tensor {
    return this.parameter(this.headName);
  }

  /** The parameter with this checkpoint name. It still belongs to the model. */
  parameter(name: string): Tensor {
    return this.layers.parameter(name);
  }

  /**
   * Sets or removes the LoRA adapter. With an adapter, only its parameters are trained. The model owns it
   * from now on, and frees the previous one.
   */
  setAdapter(adapter: Adapter | null): void {
    const { layers } = this;
    for (const tensor of layers.adapter?.parameters.values() ?? []) tensor.dispose();
    layers.adapter = adapter;
  }

  /** The LoRA adapter that is on, or null. It still belongs to the model. */
  get adapter(): Adapter | null {
    return this.layers.adapter;
  }

  /** The parameters to train: those of the adapter if there is one, else all. They belong to the model. */
  get trainable(): Parameters {
    return this.layers.adapter?.parameters ?? this.parameters;
  }

  /** Merges the adapter into the weights, which must be float32, and removes it. */
  mergeAdapter(): void {
    for (let layer = 0; layer < this.config.nLayer; layer++) {
      for (const target of LORA_TARGETS) {
        const update = this.layers.lowRank(layer, target, undefined);
        if (!update) continue;
        const name = `h.${layer}.${target}.weight`;
        const w = this.parameter(name);
        this.parameters.set(name, this.ops.merge(w, update));
        w.dispose();
      }
    }
    this.setAdapter(null);
  }

  /**
   * Stores the matrices as float16 where decoding gains by it, and says whether it did. The model can't be
   * trained in full any more; its adapter, if it has one, stays float32.
   */
  storeHalves(): boolean {
    let isChanged = false;
    for (const [name, w] of this.parameters) {
      const halves = w.shape.length > 1 ? this.ops.toHalves(w) : null;
      if (halves === null) continue;
      this.parameters.set(name, halves);
      w.dispose();
      // One matrix at a time, or the device would hold the model in both precisions.
      this.ops.trim();
      isChanged = true;
    }
    return isChanged;
  }

  /** Frees the adapter and all parameters. */
  dispose(): void {
    this.setAdapter(null);
    for (const tensor of this.parameters.values()) tensor.dispose();
    this.parameters.clear();
  }
}
