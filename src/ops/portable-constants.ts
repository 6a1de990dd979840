/** Constant tensors that stay on the device between calls. All of them are freed together. */

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

  /** A scalar for a value that recurs, so that it is uploaded once and not in every call. */
  scalar(value: number): tf.Scalar {
    return this.constant(`scalar ${value}`, () => tf.scalar(value));
  }

  /** A row of ones, [1, N]. */
  onesRow(N: number): tf.Tensor2D {
    return this.constant(`ones ${N}`, () => tf.ones<tf.Rank.R2>([1, N]));
  }

  /**
   * The causal mask [T, T] to add to the scores: 0 where position t may attend, −1e9 where it may not.
   * It isn't −∞ because WGSL may assume that infinities don't occur. Use it within tf.tidy: it may be
   * a temporary slice.
   */
  causalMask(T: number): tf.Tensor2D {
    return square(this.causal(T), T);
  }

  /**
   * Two rows [1, S] for position t of a cache of S positions: `mask`, as in {@link causalMask}, and
   * `here`, which is 1 at t and 0 elsewhere. All layers share them. (Slices of the causal mask would be
   * cheaper on a GPU, but a slice on WASM copies the whole matrix.)
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

  /** A causal mask of at least [T, T]. Prompts have all lengths, so only the largest mask is kept. */
  private causal(T: number): tf.Tensor2D {
    if (this.mask === null || this.mask.shape[0] < T) {
      this.mask?.dispose();
      const mask = new Float32Array(T * T);
      for (let t = 0; t < T; t++) mask.fill(-1e9, t * T + t + 1, (t + 1) * T);
      this.mask = tf.keep(tf.tensor2d(mask, [T, T]));
    }
    return this.mask;
  }

  /** The two scalars of AdamW that change in every step. All parameters share them. */
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
