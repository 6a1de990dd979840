/** Constants that live on the device between calls: made once, freed together. */

import * as tf from '@tensorflow/tfjs-core';

function square(x: tf.Tensor2D, size: number): tf.Tensor2D {
  return x.shape[0] === size ? x : tf.slice(x, [0, 0], [size, size]);
}

export class PortableConstants {
  private readonly kept = new Map<string, tf.Tensor>();
  private mask: tf.Tensor2D | null = null;
  private identity: tf.Tensor2D | null = null;
  private step: {
    stepSize: number;
    rootCorrection: number;
    tensors: [tf.Tensor, tf.Tensor];
  } | null = null;

  private constant<T extends tf.Tensor>(key: string, make: () => T): T {
    let tensor = this.kept.get(key);
    if (tensor === undefined) {
      tensor = tf.keep(tf.tidy(make));
      this.kept.set(key, tensor);
    }
    return tensor as T;
  }

  /** For values that recur: one upload instead of one a call. */
  scalar(value: number): tf.Scalar {
    return this.constant(`scalar ${value}`, () => tf.scalar(value));
  }

  /** [1, N] of ones. */
  onesRow(N: number): tf.Tensor2D {
    return this.constant(`ones ${N}`, () => tf.ones<tf.Rank.R2>([1, N]));
  }

  /**
   * [T, T]: 0 where position t may look, −1e9 where it may not. Added to the scores; WGSL may assume
   * that infinities don't occur, so none is used. For use in a tidy: it may be a slice.
   */
  causalMask(T: number): tf.Tensor2D {
    return square(this.causal(T), T);
  }

  /** Row t of a causal mask of S positions, [1, S]: what a decoded token may look at. */
  causalRow(t: number, S: number): tf.Tensor2D {
    return tf.slice(this.causal(S), [t, 0], [1, S]);
  }

  /** Row t of the identity, [1, S]: 1 at position t of a cache. */
  unitRow(t: number, S: number): tf.Tensor2D {
    this.identity = this.grown(this.identity, S, (size) => tf.eye(size));
    return tf.slice(this.identity, [t, 0], [1, S]);
  }

  private causal(least: number): tf.Tensor2D {
    this.mask = this.grown(this.mask, least, (T) => {
      const mask = new Float32Array(T * T);
      for (let t = 0; t < T; t++) mask.fill(-1e9, t * T + t + 1, (t + 1) * T);
      return tf.tensor2d(mask, [T, T]);
    });
    return this.mask;
  }

  /** Prompts come in every length: one square of the largest is kept, not one for each. */
  private grown(
    kept: tf.Tensor2D | null,
    least: number,
    make: (size: number) => tf.Tensor2D,
  ): tf.Tensor2D {
    if (kept !== null && kept.shape[0] >= least) return kept;
    kept?.dispose();
    return tf.keep(tf.tidy(() => make(least)));
  }

  /** The two scalars of AdamW that change every step, shared by all its parameters. */
  stepScalars(stepSize: number, rootCorrection: number): readonly [tf.Tensor, tf.Tensor] {
    if (this.step?.stepSize !== stepSize || this.step.rootCorrection !== rootCorrection) {
      this.step?.tensors.forEach((t) => {
        t.dispose();
      });
      const tensors: [tf.Tensor, tf.Tensor] = [
        tf.keep(tf.scalar(stepSize)),
        tf.keep(tf.scalar(rootCorrection)),
      ];
      this.step = { stepSize, rootCorrection, tensors };
    }
    return this.step.tensors;
  }

  dispose(): void {
    for (const tensor of this.kept.values()) tensor.dispose();
    this.kept.clear();
    this.mask?.dispose();
    this.identity?.dispose();
    this.mask = null;
    this.identity = null;
    this.step?.tensors.forEach((t) => {
      t.dispose();
    });
    this.step = null;
  }
}
