/**
 * AdamW over a model's parameters, its state keyed by checkpoint name.
 *
 * Decay applies to matrices only, not to biases and LayerNorm, as the Hub's trainer does.
 */

import { must } from '../core/assert.ts';
import type { Gradients, Parameters } from '../model/gpt2.ts';
import type { Ops, Tensor } from '../ops/ops.ts';

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Gradients are scaled down to this global L2 norm. */
  readonly maxGradNorm: number;
}

/** torch.optim.AdamW's defaults with the recipe's decay (none) and clip. */
export const defaultAdamW: AdamWOptions = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  maxGradNorm: 1,
};

export interface Moments {
  readonly m: Tensor;
  readonly v: Tensor;
}

export class AdamW {
  /** Count of updates made: what bias correction and a checkpoint need. */
  completedSteps: number;
  private readonly ops: Ops;
  private readonly options: AdamWOptions;
  private readonly parameters: Parameters;
  private readonly moments = new Map<string, { m: Tensor; v: Tensor }>();

  /** Updates `parameters` in place (its entries are replaced); they stay the model's to dispose. */
  constructor(ops: Ops, parameters: Parameters, options: AdamWOptions) {
    this.ops = ops;
    this.options = options;
    this.parameters = parameters;
    this.completedSteps = 0;
    ops.pack(parameters);
    const shapes = new Map([...parameters].map(([name, { shape }]) => [name, shape]));
    const m = ops.allocate(shapes);
    const v = ops.allocate(shapes);
    for (const name of parameters.keys()) {
      this.moments.set(name, { m: must(m.get(name), name), v: must(v.get(name), name) });
    }
  }

  /** One clipped update; the gradients stay the caller's. Nothing is read back. */
  step(gradients: Gradients, learningRate: number): void {
    const { beta1, beta2, epsilon, weightDecay, maxGradNorm } = this.options;
    const scale = this.ops.clipScale([...gradients.values()], maxGradNorm);
    this.completedSteps++;
    const slots = [...this.moments].map(([name, { m, v }]) => {
      const value = must(this.parameters.get(name), name);
      const gradient = must(gradients.get(name), `the gradient of ${name}`);
      const decay = value.shape.length > 1 ? weightDecay : 0;
      return { name, value, m, v, gradient, weightDecay: decay };
    });
    this.ops.adamw(slots, scale, {
      learningRate,
      beta1,
      beta2,
      epsilon,
      t: this.completedSteps,
    });
    for (const { name, value, m, v } of slots) {
      this.parameters.set(name, value);
      this.moments.set(name, { m, v });
    }
    scale.dispose();
    this.ops.flush();
  }

  /** First and second moments by parameter name, still owned by the optimizer. */
  state(): ReadonlyMap<string, Moments> {
    return this.moments;
  }

  /** Puts restored values in the place of a moment's present ones. */
  async restore(
    name: string,
    moment: keyof Moments,
    pieces: AsyncIterable<Float32Array>,
  ): Promise<void> {
    const moments = must(this.moments.get(name), name);
    moments[moment] = await this.ops.overwrite(moments[moment], pieces);
  }

  dispose(): void {
    for (const { m, v } of this.moments.values()) {
      m.dispose();
      v.dispose();
    }
    this.moments.clear();
  }
}
