/**
 * What forward pass, backward pass and decoding have in common: parameters by name, the single layers with or
 * without the adapter's updates, and the sites of dropout.
 */

import { must } from '../core/assert.ts';
import { LORA_TARGETS, type LoraTarget } from '../domain/recipe.ts';
import type {
  Activation,
  AttentionShape,
  DropoutSite,
  LinearEpilogue,
  LowRank,
  LowRankTerm,
  Norm,
  Normalized,
  Tensor,
} from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import { type GPT2Config, scoreScale } from './config.ts';
import { type Adapter, adapterNames } from './lora.ts';

/** Dropout in training. As in GPT-2, one rate applies to embeddings, attention and residuals. */
export interface ModelDropout {
  readonly rate: number;
  readonly seed: number;
  readonly microStep: number;
}

const SITES_PER_LAYER = 3;

export function dropoutSite(
  dropout: ModelDropout | undefined,
  site: number,
): DropoutSite | undefined {
  return dropout && dropout.rate > 0 ? { ...dropout, site } : undefined;
}
export const EMBEDDING_SITE = 0;
export const attentionSite = (layer: number): number => 1 + SITES_PER_LAYER * layer;
export const attentionProjectionSite = (layer: number): number => 2 + SITES_PER_LAYER * layer;
export const mlpProjectionSite = (layer: number): number => 3 + SITES_PER_LAYER * layer;
/**
 * The sites of an adapter's dropout. They follow all others, so that an adapter doesn't change those
 * masks.
 */
const adapterSite = (nLayer: number, layer: number, target: LoraTarget): number =>
  1 + SITES_PER_LAYER * nLayer + LORA_TARGETS.length * layer + LORA_TARGETS.indexOf(target);

export class Layers {
  readonly ops: Ops;
  readonly config: GPT2Config;
  /** The LoRA adapter that is on, or null. */
  adapter: Adapter | null = null;
  private readonly parameters: ReadonlyMap<string, Tensor>;

  constructor(ops: Ops, config: GPT2Config, parameters: ReadonlyMap<string, Tensor>) {
    this.ops = ops;
    this.config = config;
    this.parameters = parameters;
  }

  /** The shape with the factor that scores are multiplied by in this layer. */
  ofLayer(shape: AttentionShape, layer: number): AttentionShape {
    return { ...shape, scale: scoreScale(this.config, layer) };
  }

  /** The parameter with this checkpoint name. It still belongs to the model. */
  parameter(name: string): Tensor {
    return must(this.parameters.get(name), name);
  }

  normOf(name: string): Norm {
    return {
      gain: this.parameter(`${name}.weight`),
      bias: this.parameter(`${name}.bias`),
      epsilon: this.config.layerNormEpsilon,
    };
  }

  /** With the update of the layer that follows, also the update's first product. */
  norm(x: Tensor, name: string, update?: LowRank): Normalized {
    return this.ops.layerNorm(x, this.normOf(name), update);
  }

  project(x: Tensor, name: string, epilogue?: LinearEpilogue): Tensor {
    const w = this.parameter(`${name}.weight`);
    return this.ops.linear(x, w, this.parameter(`${name}.bias`), epilogue);
  }

  /** A LayerNorm and the linear layer after it, for decoding. */
  normProject(
    x: Tensor,
    norm: string,
    layer: number,
    target: LoraTarget,
    activation: Activation | 'none',
  ): Tensor {
    const name = `h.${layer}.${target}`;
    const w = this.parameter(`${name}.weight`);
    const b = this.parameter(`${name}.bias`);
    const update = this.lowRank(layer, target, undefined);
    return this.ops.normLinear(x, this.normOf(norm), w, b, activation, update);
  }

  /** The adapter's update of a layer, if it has one. */
  lowRank(
    layer: number,
    target: LoraTarget,
    dropout: ModelDropout | undefined,
  ): LowRank | undefined {
    const { adapter, config } = this;
    if (!adapter?.settings.targets.includes(target)) return undefined;
    const names = adapterNames(`h.${layer}.${target}`);
    const { rank, alpha, dropout: rate } = adapter.settings;
    return {
      a: must(adapter.parameters.get(names.a), names.a),
      b: must(adapter.parameters.get(names.b), names.b),
      scale: alpha / rank,
      dropout: dropoutSite(
        dropout && { ...dropout, rate },
        adapterSite(config.nLayer, layer, target),
      ),
    };
  }

  /** The same update, with its first product computed from the layer's input x [N, in]. */
  lowRankTerm(
    x: Tensor,
    layer: number,
    target: LoraTarget,
    dropout: ModelDropout | undefined,
  ): LowRankTerm | undefined {
    const update = this.lowRank(layer, target, dropout);
    return update && { ...update, low: this.ops.lowRank(x, update) };
  }

  /**
   * The first layer in the forward pass that has an update; null when the embeddings are trained. The backward
   * pass ends there.
   */
  get lowestTarget(): LoraTarget | null {
    const { adapter } = this;
    return adapter && (LORA_TARGETS.find((t) => adapter.settings.targets.includes(t)) ?? null);
  }
}
