/** Constants that live on the device between calls: made once, freed together. */

import * as tf from '@tensorflow/tfjs-core';

function square(x: tf.Tensor2D, size: number): tf.Tensor2D {
  return x.shape[0] === size ? x : tf.slice(x, [0, 0], [size, size]);
}

export class PortableConstants {
  private readonly kept = new Map<string, tf.Tensor>();
  private mask: tf.Tensor2D | null = null;
  private rows: { t: number; S: number; mask: tf.Tensor2D; here: tf.Tensor2D } | null = null;
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

  /**
   * For position t of a cache of S, [1, S] each: what it may look at (as in {@link causalMask}), and 1
   * where it is. All layers share them. (Rows of a square would be cheaper on a GPU, but a slice on
   * WASM copies the whole square.)
   */
  cacheRows(t: number, S: number): { readonly mask: tf.Tensor2D; readonly here: tf.Tensor2D } {
    if (this.rows?.t !== t || this.rows.S !== S) {
      this.disposeRows();
      const mask = new Float32Array(S).fill(-1e9, t + 1);
      const here = Float32Array.from({ length: S }, (_, i) => (i === t ? 1 : 0));
      const row = (values: Float32Array) => tf.keep(tf.tensor2d(values, [1, S]));
      this.rows = { t, S, mask: row(mask), here: row(here) };
    }
    return this.rows;
  }

  private disposeRows(): void {
    this.rows?.mask.dispose();
    this.rows?.here.dispose();
    this.rows = null;
  }

  /** Prompts come in every length: one square of the largest is kept, not one for each. */
  private causal(least: number): tf.Tensor2D {
    if (this.mask === null || this.mask.shape[0] < least) {
      this.mask?.dispose();
      const mask = new Float32Array(least * least);
      for (let t = 0; t < least; t++) mask.fill(-1e9, t * least + t + 1, (t + 1) * least);
      this.mask = tf.keep(tf.tensor2d(mask, [least, least]));
    }
    return this.mask;
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
    this.mask = null;
    this.disposeRows();
    this.step?.tensors.forEach((t) => {
      t.dispose();
    });
    this.step = null;
  }
}
