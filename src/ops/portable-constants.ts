/** Constants that live on the device between calls: made once, freed together. */

import * as tf from '@tensorflow/tfjs-core';

export class PortableConstants {
  private readonly kept = new Map<string, tf.Tensor>();
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

  /** int32 [T]: the rows g·T … g·T + T − 1. */
  rowRange(g: number, T: number): tf.Tensor1D {
    return this.constant(`rows ${g} ${T}`, () =>
      tf.tensor1d(
        Int32Array.from({ length: T }, (_, t) => g * T + t),
        'int32',
      ),
    );
  }

  /**
   * [T, T]: 0 where position t may look, −1e9 where it may not. Added to the scores; WGSL may assume
   * that infinities don't occur, so none is used.
   */
  causalMask(T: number): tf.Tensor2D {
    return this.constant(`causal ${T}`, () => {
      const mask = new Float32Array(T * T);
      for (let t = 0; t < T; t++) mask.fill(-1e9, t * T + t + 1, (t + 1) * T);
      return tf.tensor2d(mask, [T, T]);
    });
  }

  /** [S, S] identity: row t writes position t of a cache. */
  identity(S: number): tf.Tensor2D {
    return this.constant(`identity ${S}`, () => tf.eye(S));
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
    this.step?.tensors.forEach((t) => {
      t.dispose();
    });
    this.step = null;
  }
}
