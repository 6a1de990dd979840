/** The layers of `PortableOps`, forward and backward. */

import * as tf from '@tensorflow/tfjs-core';
import { assert, must } from '../core/assert.ts';
import type { Parts } from '../core/parts.ts';
import { positionsOf } from './documents.ts';
import type {
  Activation,
  AttentionShape,
  DropoutSite,
  GradientSlot,
  InputGradient,
  LayerGradients,
  LinearEpilogue,
  LowRank,
  LowRankBackward,
  LowRankTerm,
  Norm,
  Normalized,
  NormLinearGradients,
  Saved,
  Tensor,
  ThreeOf,
  TokenBatch,
} from './operands.ts';
import { activated, activationBackward } from './portable-activation.ts';
import { attendBackward, attendForward } from './portable-attention.ts';
import { PortableConstants } from './portable-constants.ts';
import { dropoutMask } from './portable-dropout.ts';
import { headLoss, headLossAndGradients } from './portable-loss.ts';
import { lowRankBackward, lowRankDown, mergeLowRank, addLowRank } from './portable-low-rank.ts';
import {
  addToRows,
  asTf,
  columnSums,
  writeGradient,
  tensor2d,
  transpose2d,
} from './portable-tensors.ts';
import type { LayerOps } from './layer-ops.ts';
import { PortableTransferOps } from './portable-transfer-ops.ts';

/** (x − mean) · rstd → [N, C]. */
function normalize(x: Tensor, [mean, rstd]: Saved): tf.Tensor {
  assert(mean && rstd, 'layerNorm saved mean and rstd');
  return tf.tidy(() => tf.mul(tf.sub(asTf(x), asTf(mean)), asTf(rstd)));
}

export class PortableLayerOps extends PortableTransferOps implements LayerOps {
  protected readonly constants = new PortableConstants();
  /** The transposed embedding table of the head as a whole, for decoding, and in ranges; kept until another is used. */
  private head: { wte: tf.Tensor; whole: tf.Tensor2D | null; ranges: tf.Tensor2D[] } | null = null;

  /** The mask to add to the scores, [B, 1, T, T], as in {@link PortableConstants.causalMask}. */
  documents(tokens: TokenBatch): Tensor | undefined {
    const { ids, B, T, starts } = tokens;
    if (starts === undefined) return undefined;
    const mask = new Float32Array(ids.length * T).fill(-1e9);
    for (let n = 0; n < ids.length; n++) {
      mask.fill(0, n * T + (starts[n] as number), n * T + (n % T) + 1);
    }
    return tf.tensor4d(mask, [B, 1, T, T]);
  }

  embedding(tokens: TokenBatch, wte: Tensor, wpe: Tensor, start: number): Tensor {
    const { ids, B, T } = tokens;
    return tf.tidy(() => {
      const token = tf.gather(asTf(wte), tf.tensor1d(ids, 'int32')); // [N, C]
      const C = token.shape[1] as number;
      if (tokens.starts) {
        return tf.add(token, tf.gather(asTf(wpe), tf.tensor1d(positionsOf(tokens), 'int32')));
      }
      const position = tf.slice(asTf(wpe), [start, 0], [T, C]); // [T, C]
      return tf.reshape(tf.add(tf.reshape(token, [B, T, C]), position), [B * T, C]);
    });
  }

  embeddingBackward(dx: Tensor, tokens: TokenBatch, dwte: GradientSlot, dwpe: GradientSlot): void {
    const { ids, B, T } = tokens;
    const [P, C] = dwpe.value.shape as [number, number];
    const before = asTf(dwte.value) as tf.Tensor2D;
    dwte.value = tf.tidy(() =>
      addToRows(dwte.accumulate ? before : tf.zerosLike(before), tensor2d(dx), ids),
    );
    before.dispose();
    writeGradient(dwpe, () => {
      if (tokens.starts) return addToRows(tf.zeros([P, C]), tensor2d(dx), positionsOf(tokens));
      const bySequence = tf.reshape(asTf(dx), [B, T * C]);
      const sums = tf.reshape(B === 1 ? bySequence : tf.sum(bySequence, 0), [T, C]);
      return T === P ? sums : tf.concat([sums, tf.zeros([P - T, C])], 0);
    });
  }

  layerNorm(x: Tensor, { gain, bias, epsilon }: Norm, update?: LowRank): Normalized {
    const [y, mean, rstd] = tf.tidy(() => {
      const mean = tf.mean(asTf(x), -1, true); // [N, 1]
      const centered = tf.sub(asTf(x), mean);
      const variance = tf.mean(tf.square(centered), -1, true);
      const rstd = tf.rsqrt(tf.add(variance, this.constants.scalar(epsilon))); // [N, 1]
      const normal = tf.mul(centered, rstd);
      return [tf.add(tf.mul(normal, asTf(gain)), asTf(bias)), mean, rstd];
    });
    assert(y && mean && rstd, 'layerNorm returns three tensors');
    return { y, saved: [mean, rstd], low: update ? this.lowRank(y, update) : null };
  }

  layerNormBackward(
    dy: Tensor,
    x: Tensor,
    gain: Tensor,
    saved: Saved,
    residual: Tensor | undefined,
    into: LayerGradients | null,
    dropout?: DropoutSite,
  ): InputGradient {
    const normal = normalize(x, saved);
    const dx = this.normBackward(asTf(dy), normal, gain, saved, residual, into);
    normal.dispose();
    return { dx, dropped: dropout ? this.dropout(dx, dropout) : null };
  }

  /** The backward pass of LayerNorm from its normalized input (x − mean) · rstd [N, C]. */
  private normBackward(
    dy: tf.Tensor,
    normal: tf.Tensor,
    gain: Tensor,
    saved: Saved,
    residual: Tensor | undefined,
    into: LayerGradients | null,
  ): tf.Tensor {
    if (into) {
      writeGradient(into.weight, () => columnSums(tf.mul(dy, normal), this.constants));
      writeGradient(into.bias, () => columnSums(dy, this.constants));
    }
    return tf.tidy(() => {
      const dnormal = tf.mul(dy, asTf(gain));
      const meanD = tf.mean(dnormal, -1, true);
      const meanDN = tf.mean(tf.mul(dnormal, normal), -1, true);
      const centered = tf.sub(tf.sub(dnormal, meanD), tf.mul(normal, meanDN));
      const dx = tf.mul(centered, asTf(must(saved[1], 'rstd')));
      return residual ? tf.add(dx, asTf(residual)) : dx;
    });
  }

  linear(x: Tensor, w: Tensor, b: Tensor, epilogue: LinearEpilogue = {}): Tensor {
    return tf.tidy(() => {
      let y: tf.Tensor = tf.fused.matMul({ a: tensor2d(x), b: tensor2d(w), bias: asTf(b) }); // [N, out]
      y = addLowRank(y, epilogue.lowRank);
      if (epilogue.dropout) y = tf.mul(y, dropoutMask(y.shape, epilogue.dropout));
      return epilogue.residual ? tf.add(y, asTf(epilogue.residual)) : y;
    });
  }

  linearBackward(
    dy: Tensor,
    x: Tensor,
    w: Tensor,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor {
    if (into) {
      writeGradient(into.weight, () => tf.matMul(transpose2d(x), tensor2d(dy)));
      writeGradient(into.bias, () => columnSums(tensor2d(dy), this.constants));
    }
    const dx = tf.tidy(() => tf.matMul(tensor2d(dy), transpose2d(w)));
    if (!lowRank) return dx;
    return must(lowRankBackward(tensor2d(dy), tensor2d(x), lowRank, dx), 'dx');
  }

  lowRank(x: Tensor, update: LowRank): Tensor {
    return lowRankDown(tensor2d(x), update);
  }

  lowRankBackward(dy: Tensor, x: Tensor, update: LowRankBackward): void {
    lowRankBackward(tensor2d(dy), tensor2d(x), update, null);
  }

  toHalves(): null {
    return null;
  }

  keepHalves(): null {
    return null;
  }

  restoreHalves(halves: ThreeOf<Tensor>): ThreeOf<Tensor> {
    return halves;
  }

  merge(w: Tensor, update: LowRank): Tensor {
    return mergeLowRank(asTf(w), update);
  }

  normLinearBackward(
    dy: Tensor,
    x: Tensor,
    norm: Norm,
    saved: Saved,
    w: Tensor,
    residual: Tensor,
    into: NormLinearGradients,
    dropout?: DropoutSite,
  ): InputGradient {
    const normal = normalize(x, saved);
    const y = tf.tidy(() => tf.add(tf.mul(normal, asTf(norm.gain)), asTf(norm.bias)));
    const dNorm = asTf(this.linearBackward(dy, y, w, into.linear, into.lowRank));
    y.dispose();
    const dx = this.normBackward(dNorm, normal, norm.gain, saved, residual, into.norm);
    normal.dispose();
    dNorm.dispose();
    return { dx, dropped: dropout ? this.dropout(dx, dropout) : null };
  }

  linearActivated(
    x: Tensor,
    w: Tensor,
    b: Tensor,
    activation: Activation,
    lowRank?: LowRankTerm,
  ): { input: Tensor; y: Tensor } {
    const input = asTf(this.linear(x, w, b, { lowRank }));
    return { input, y: activated(input, activation, this.constants) };
  }

  linearAfterActivationBackward(
    dy: Tensor,
    input: Tensor,
    w: Tensor,
    activation: Activation,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor {
    const x = activated(asTf(input), activation, this.constants);
    const dx = asTf(this.linearBackward(dy, x, w, into, lowRank));
    const dInput = activationBackward(dx, asTf(input), x, activation, this.constants);
    x.dispose();
    dx.dispose();
    return dInput;
  }

  attention(
    qkv: Tensor,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): { y: Tensor; saved: Saved } {
    return attendForward(tensor2d(qkv), shape, dropout, this.constants);
  }

  attentionBackward(
    dy: Tensor,
    _y: Tensor,
    qkv: Tensor,
    saved: Saved,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): Tensor {
    return attendBackward(tensor2d(dy), tensor2d(qkv), saved, shape, dropout, this.constants);
  }

  dropout(x: Tensor, site: DropoutSite): Tensor {
    return tf.tidy(() => tf.mul(asTf(x), dropoutMask(x.shape, site)));
  }

  add(a: Tensor, b: Tensor): Tensor {
    return tf.add(asTf(a), asTf(b));
  }

  headLoss(x: Tensor, wte: Tensor, targets: Int32Array): Parts<Tensor> {
    return headLoss(tensor2d(x), tensor2d(wte), targets);
  }

  *headLossAndGradients(
    x: Tensor,
    wte: Tensor,
    targets: Int32Array,
    scale: number,
    dwte: GradientSlot | null,
  ): Parts<{ loss: Tensor; dx: Tensor }> {
    const transposed = this.headOf(wte).ranges;
    const table = { wte: tensor2d(wte), transposed, isTrained: dwte !== null };
    const head = yield* headLossAndGradients(tensor2d(x), table, targets, scale);
    if (head === null) return null;
    const { dwte: gradient } = head;
    if (dwte && gradient) {
      writeGradient(dwte, () => gradient);
      // When it was added to another gradient, this one is no longer needed.
      if (dwte.accumulate) gradient.dispose();
    }
    return { loss: head.loss, dx: head.dx };
  }

  logits(x: Tensor, wte: Tensor): Tensor {
    const head = this.headOf(wte);
    head.whole ??= tf.keep(transpose2d(wte));
    return tf.matMul(tensor2d(x), head.whole);
  }

  private headOf(wte: Tensor): NonNullable<PortableLayerOps['head']> {
    const source = asTf(wte);
    if (this.head?.wte !== source) {
      this.disposeHead();
      this.head = { wte: source, whole: null, ranges: [] };
    }
    return this.head;
  }

  private disposeHead(): void {
    this.head?.whole?.dispose();
    for (const range of this.head?.ranges ?? []) range.dispose();
    this.head = null;
  }

  dispose(): void {
    this.disposeHead();
    this.constants.dispose();
  }
}
