/** What the operations take and give. The axes are those of `ops.ts`. */

/** How weights that are only read are stored. */
export type Precision = 'f32' | 'f16';

/** A tensor on the device. A second `dispose` does nothing. */
export interface Tensor {
  readonly shape: readonly number[];
  dispose(): void;
}

/** Token ids on the host, row-major [B, T]. */
export interface TokenBatch {
  readonly ids: Int32Array;
  readonly B: number;
  readonly T: number;
  /**
   * [N]: the place in its sequence at which each token's document begins, for sequences that consist of
   * several documents. Positions are counted from there, and attention doesn't look before it.
   */
  readonly starts?: Int32Array | undefined;
}

/**
 * One use of dropout. The mask is a pure function of these numbers and the element's index
 * (`core/random.ts`), so the backward pass recomputes it instead of keeping it.
 */
export interface DropoutSite {
  /** Probability of dropping, 0 ≤ rate < 1. */
  readonly rate: number;
  readonly seed: number;
  /** Counts micro-batches over the whole run, so that no two of them get the same mask. */
  readonly microStep: number;
  /** The place in the model; `model/layers.ts` numbers them. */
  readonly site: number;
}

export type ThreeOf<T> = readonly [T, T, T];

/**
 * What an operation needs again in its backward pass. Opaque to the model, which disposes it
 * afterwards.
 */
export type Saved = readonly Tensor[];

/**
 * Where an operation puts the gradient of a parameter, which has the parameter's shape. WebGPU operations
 * write `value` in place; portable operations dispose it and put a new tensor there. With `accumulate` the
 * gradient is added to the one in the slot.
 */
export interface GradientSlot {
  value: Tensor;
  readonly accumulate: boolean;
}

/** The gradients of the two parameters of a linear layer or LayerNorm. Frozen layers pass null instead. */
export interface LayerGradients {
  readonly weight: GradientSlot;
  readonly bias: GradientSlot;
}

/**
 * A low-rank update of a linear layer (LoRA, Hu et al., arXiv:2106.09685; see `model/lora.ts`):
 * scale · (dropout(x) · aᵀ) · bᵀ, added to x · w + b before the rest of the epilogue.
 */
export interface LowRank {
  readonly a: Tensor; // [r, in]
  readonly b: Tensor; // [out, r]
  readonly scale: number;
  /** Applies to the update's input only, not to that of the layer. */
  readonly dropout?: DropoutSite | undefined;
}

/** An update whose first product is done: low = dropout(x) · aᵀ. */
export interface LowRankTerm extends LowRank {
  readonly low: Tensor; // [N, r]
}

/** An update in the backward pass, with the slots for its gradients. */
export interface LowRankBackward extends LowRankTerm {
  readonly da: GradientSlot;
  readonly db: GradientSlot;
}

/**
 * What a linear layer does after x · w + b: adds the low-rank update, applies dropout, adds the
 * residual.
 */
export interface LinearEpilogue {
  readonly dropout?: DropoutSite | undefined;
  readonly residual?: Tensor;
  readonly lowRank?: LowRankTerm | undefined;
}

/** Where the gradients of a LayerNorm and of the linear layer after it go. */
export interface NormLinearGradients {
  readonly norm: LayerGradients | null;
  readonly linear: LayerGradients | null;
  readonly lowRank?: LowRankBackward | undefined;
}

/** The parameters of a LayerNorm, [C] each. */
export interface Norm {
  readonly gain: Tensor;
  readonly bias: Tensor;
  readonly epsilon: number;
}

/** What a LayerNorm gives, and with an update of the layer that follows its first product, low [N, r]. */
export interface Normalized {
  readonly y: Tensor;
  readonly saved: Saved;
  readonly low: Tensor | null;
}

/** The gradient of a layer's input, dx, and with a dropout that the caller names, mask ∘ dx / (1 − rate). */
export interface InputGradient {
  readonly dx: Tensor;
  readonly dropped: Tensor | null;
}

export interface AttentionShape {
  readonly B: number;
  readonly T: number;
  readonly nHead: number;
  /** What scores are multiplied by; 1/√D unless it is given. */
  readonly scale?: number | undefined;
  /** The result of `Ops.documents`. */
  readonly documents?: Tensor | undefined;
}

export function scoreScale({ scale }: AttentionShape, D: number): number {
  return scale ?? 1 / Math.sqrt(D);
}

/**
 * What an MLP applies between its two layers: GELU's tanh approximation, which is GPT-2's (Hendrycks &
 * Gimpel, arXiv:1606.08415; openai/gpt-2, `src/model.py`), 0.5 u (1 + tanh(√(2/π) (u + 0.044715 u³))); GELU
 * itself, u Φ(u) with the normal distribution Φ; or ReLU.
 */
export type Activation = 'gelu-tanh' | 'gelu-erf' | 'relu';

/**
 * The keys and values of one layer for up to S positions, [B, H, S, D] each (the portable operations store
 * values as [B, H, D, S]). Operations write the tensors in place or replace them.
 */
export interface KeyValueCache {
  k: Tensor;
  v: Tensor;
}

/** A parameter with its AdamW state. An update writes `value`, `m` and `v` in place or replaces them. */
export interface AdamWSlot {
  value: Tensor;
  m: Tensor;
  v: Tensor;
  readonly gradient: Tensor;
  readonly weightDecay: number;
}

/** Three float32 tensors of one shape. Mixing writes `value` in place or replaces it; the others stay. */
export interface MixSlot {
  value: Tensor;
  readonly base: Tensor;
  readonly trained: Tensor;
}

export interface AdamWStep {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The number of this update, starting at 1, for the bias correction. */
  readonly t: number;
}
