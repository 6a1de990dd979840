/**
 * AdamW (Loshchilov & Hutter, arXiv:1711.05101) over a model's parameters. Its moments are kept by
 * checkpoint name.
 *
 * Weight decay applies to matrices only, not to biases and LayerNorm, as in transformers' Trainer.
 */

import { must } from '../core/assert.ts';
import { complete, type Parts } from '../core/parts.ts';
import type { AdamWOptions } from '../domain/recipe.ts';
import type { Gradients } from '../model/gradient-sink.ts';
import type { Parameters } from '../model/model-weights.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';

/** The defaults of `torch.optim.AdamW`, with the recipe's weight decay (none) and gradient clipping. */
export const defaultAdamW: AdamWOptions = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  maxGradNorm: 1,
};

/** The running means of a parameter's gradient and of its square: float32, with the parameter's shape. */
export interface Moments {
  readonly m: Tensor;
  readonly v: Tensor;
}

export class AdamW {
  /** The number of updates that the model has had so far. Bias correction and checkpoints need it. */
  completedSteps: number;
  /** Those of them that were made before the moments were zero. */
  private readonly startStep: number;
  private readonly ops: Ops;
  private readonly options: AdamWOptions;
  private readonly parameters: Parameters;
  private readonly moments = new Map<string, { m: Tensor; v: Tensor }>();

  /**
   * Allocates two moments of zeros for each parameter, which {@link dispose} frees.
   *
   * @param parameters Updated in place: entries of the map may be replaced. The model still owns the
   *   tensors.
   * @param startStep The number of updates that were made with other moments.
   */
  constructor(ops: Ops, parameters: Parameters, options: AdamWOptions, startStep = 0) {
    this.ops = ops;
    this.options = options;
    this.parameters = parameters;
    this.startStep = startStep;
    this.completedSteps = startStep;
    ops.pack(parameters);
    const shapes = new Map([...parameters].map(([name, { shape }]) => [name, shape]));
    const m = ops.allocate(shapes);
    const v = ops.allocate(shapes);
    for (const name of parameters.keys()) {
      this.moments.set(name, { m: must(m.get(name), name), v: must(v.get(name), name) });
    }
  }

  /**
   * Makes one update with clipped gradients. Resolves, as soon as the device has got there, with the norm of
   * all gradients before they were clipped; null if it isn't finite, and then nothing was updated.
   *
   * @param gradients One tensor for each parameter, with its shape. The caller still owns them.
   */
  step(gradients: Gradients, learningRate: number): Promise<number | null> {
    return complete(this.stepInParts(gradients, learningRate)).gradientNorm;
  }

  /** The same in parts. An update that has begun has to be completed. */
  *stepInParts(
    gradients: Gradients,
    learningRate: number,
  ): Parts<{ readonly gradientNorm: Promise<number | null> }> {
    const { beta1, beta2, epsilon, weightDecay, maxGradNorm } = this.options;
    const scale = must(
      yield* this.ops.clipScale([...gradients.values()], maxGradNorm),
      'the norm of the gradients',
    );
    this.completedSteps++;
    const slots = [...this.moments].map(([name, { m, v }]) => {
      const value = must(this.parameters.get(name), name);
      const gradient = must(gradients.get(name), `the gradient of ${name}`);
      const decay = value.shape.length > 1 ? weightDecay : 0;
      return { name, value, m, v, gradient, weightDecay: decay };
    });
    try {
      yield* this.ops.adamw(slots, scale, {
        learningRate,
        beta1,
        beta2,
        epsilon,
        t: this.completedSteps - this.startStep,
      });
    } finally {
      // Also if the device fails under it, or what was replaced would be freed twice.
      for (const { name, value, m, v } of slots) {
        this.parameters.set(name, value);
        this.moments.set(name, { m, v });
      }
    }
    const gradientNorm = this.ops.read(scale).then(([factor = 0, norm = 0]) => {
      scale.dispose();
      return factor < 0 ? null : norm;
    });
    // Whoever doesn't wait for it hears of a failed device elsewhere.
    gradientNorm.catch(() => {});
    return { gradientNorm };
  }

  /**
   * Gives up the moments: the caller owns the tensors from now on, and the optimizer can make no more updates.
   */
  surrenderMoments(): Map<string, Moments> {
    const moments = new Map(this.moments);
    this.moments.clear();
    return moments;
  }

  /** The moments by parameter name. The optimizer still owns them. */
  state(): ReadonlyMap<string, Moments> {
    return this.moments;
  }

  /**
   * Overwrites a moment with stored values.
   *
   * @param pieces The float32 elements in order. Rejects with what they throw.
   */
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
