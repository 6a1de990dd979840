/** The part of `Ops` that is the layers of GPT-2, forward and backward. The axes are those of `ops.ts`. */

import type { Parts } from '../core/parts.ts';
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

export interface LayerOps {
  /**
   * What attention needs to know about packed documents; undefined if the batch has none. The caller
   * disposes it.
   */
  documents(tokens: TokenBatch): Tensor | undefined;

  /**
   * x[n] = wte[ids[n]] + wpe[start + n mod T], or wpe at the position in the document; wte [V, C],
   * wpe [P, C] → [N, C].
   */
  embedding(tokens: TokenBatch, wte: Tensor, wpe: Tensor, start: number): Tensor;
  /**
   * From dx [N, C]: writes or accumulates dwte [V, C] and dwpe [P, C]. Rows of the same id are summed in a
   * fixed order.
   */
  embeddingBackward(dx: Tensor, tokens: TokenBatch, dwte: GradientSlot, dwpe: GradientSlot): void;

  /**
   * y = (x − mean) · rstd · gain + bias (Ba et al., arXiv:1607.06450); x [N, C], gain and bias [C] →
   * [N, C]. With the update of the layer that follows, also its first product.
   */
  layerNorm(x: Tensor, norm: Norm, update?: LowRank): Normalized;
  /**
   * dy [N, C] → dx [N, C] of the LayerNorm, plus `residual`, the gradient of the residual branch. `dropout`
   * is that of the layer before, whose backward pass begins with it.
   */
  layerNormBackward(
    dy: Tensor,
    x: Tensor,
    gain: Tensor,
    saved: Saved,
    residual: Tensor | undefined,
    into: LayerGradients | null,
    dropout?: DropoutSite,
  ): InputGradient;

  /**
   * y = dropout(x · w + b + low-rank update) + residual; x [N, in], w [in, out] (the layout of GPT-2's
   * Conv1D), b [out], residual [N, out] → [N, out].
   */
  linear(x: Tensor, w: Tensor, b: Tensor, epilogue?: LinearEpilogue): Tensor;
  /**
   * dy [N, out] → dx [N, in] of x · w + b with its low-rank update. The caller differentiates dropout and
   * residual itself.
   */
  linearBackward(
    dy: Tensor,
    x: Tensor,
    w: Tensor,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor;

  /** The first product of an update, dropout(x) · aᵀ; x [N, in] → [N, r]. */
  lowRank(x: Tensor, update: LowRank): Tensor;
  /** From dy [N, out] and x [N, in]: only the gradients of an update, where dx is not needed. */
  lowRankBackward(dy: Tensor, x: Tensor, update: LowRankBackward): void;
  /**
   * The weights of a layer with its update included, w + scale · (b · a)ᵀ; w [in, out] → a new [in,
   * out].
   */
  merge(w: Tensor, update: LowRank): Tensor;

  /**
   * A copy of a float32 matrix as float16, rounded, where decoding gains by it: then it reads half the bytes.
   * Null where it gains nothing, or if the matrix is float16 already. The caller disposes it.
   */
  toHalves(w: Tensor): Tensor | null;

  /**
   * Copies of float32 tensors as float16, rounded, to be kept until the backward pass; values beyond ±65,504 become
   * that. Null on the portable operations, which keep float32. The caller disposes them.
   */
  keepHalves(tensors: ThreeOf<Tensor>): ThreeOf<Tensor> | null;
  /** Copies of tensors of {@link keepHalves} as float32, of the same shapes. The caller disposes them. */
  restoreHalves(halves: ThreeOf<Tensor>): ThreeOf<Tensor>;

  /** input = x · w + b + low-rank update, and y = activated(input), both [N, out]. */
  linearActivated(
    x: Tensor,
    w: Tensor,
    b: Tensor,
    activation: Activation,
    lowRank?: LowRankTerm,
  ): { input: Tensor; y: Tensor };
  /**
   * Backward through an activation and the linear layer after it: dy [N, out] → d(input) [N, in], where
   * `input` [N, in] is the activation's input. The layer's own input is recomputed, not kept.
   */
  linearAfterActivationBackward(
    dy: Tensor,
    input: Tensor,
    w: Tensor,
    activation: Activation,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor;

  /**
   * Backward through linear(layerNorm(x)): dy [N, out] → dx [N, C], plus `residual` [N, C]. The output of
   * the LayerNorm is recomputed, not kept. `dropout` is as in {@link layerNormBackward}.
   */
  normLinearBackward(
    dy: Tensor,
    x: Tensor,
    norm: Norm,
    saved: Saved,
    w: Tensor,
    residual: Tensor,
    into: NormLinearGradients,
    dropout?: DropoutSite,
  ): InputGradient;

  /**
   * Causal multi-head attention, y = dropout(softmax(q kᵀ / √D)) v for every head (Vaswani et al.,
   * arXiv:1706.03762); qkv [N, 3C] → y [N, C].
   */
  attention(
    qkv: Tensor,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): { y: Tensor; saved: Saved };
  /** From dy [N, C] and the forward pass's y, qkv and saved tensors: dqkv [N, 3C]. */
  attentionBackward(
    dy: Tensor,
    y: Tensor,
    qkv: Tensor,
    saved: Saved,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): Tensor;

  /** x · mask / (1 − rate), of any shape. The backward pass is the same function of dy. */
  dropout(x: Tensor, site: DropoutSite): Tensor;
  /** a + b, of the same shape. */
  add(a: Tensor, b: Tensor): Tensor;

  /**
   * The mean cross-entropy of the head, whose logits are x · wteᵀ, as a scalar; x [N, C], wte [V, C],
   * targets [N]. Rows with a negative target, such as −100, don't count. If it is given up, nothing is left of it.
   */
  headLoss(x: Tensor, wte: Tensor, targets: Int32Array): Parts<Tensor>;
  /**
   * The same loss, and the gradients of loss · scale: dx [N, C], and dwte [V, C] unless the slot is null. If it is
   * given up, what is in the slot is undefined.
   */
  headLossAndGradients(
    x: Tensor,
    wte: Tensor,
    targets: Int32Array,
    scale: number,
    dwte: GradientSlot | null,
  ): Parts<{ loss: Tensor; dx: Tensor }>;
  /** x · wteᵀ; x [N, C], wte [V, C] → [N, V]. */
  logits(x: Tensor, wte: Tensor): Tensor;
}
