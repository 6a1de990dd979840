/**
 * The operations a GPT-2 needs, forward and backward, and nothing else.
 *
 * There is no tape: the model (`model/gpt2.ts`) calls these in order and decides what it keeps for
 * the backward pass. `portable.ts` implements them with plain tfjs ops on any tfjs backend.
 *
 * Letters: B sequences, T positions, N = B·T rows, C channels, H heads, D = C/H, V vocabulary.
 * All tensors are float32. Whoever receives a tensor disposes it; no operation disposes its inputs
 * unless it says so.
 */

export interface Tensor {
  readonly shape: readonly number[];
  dispose(): void;
}

/** Token ids as the host knows them, row-major [B, T]. */
export interface TokenBatch {
  readonly ids: Int32Array;
  readonly B: number;
  readonly T: number;
}

/**
 * One place where dropout happens. The mask is a function of these numbers and the element's index
 * (`core/random.ts`), so the backward pass recomputes it.
 */
export interface DropoutSite {
  /** Probability of dropping, 0 ≤ rate < 1. */
  readonly rate: number;
  readonly seed: number;
  /** Counts micro-batches over the whole run, so that no two see the same mask. */
  readonly microStep: number;
  /** Which place in the model (`model/gpt2.ts` numbers them). */
  readonly site: number;
}

/** What an operation wants back in its backward pass; opaque to the model. */
export type Saved = readonly Tensor[];

/** What a linear layer does with its product and bias before anyone sees it. */
export interface LinearEpilogue {
  readonly dropout?: DropoutSite | undefined;
  readonly residual?: Tensor;
}

export interface AttentionShape {
  readonly B: number;
  readonly T: number;
  readonly nHead: number;
}

/** Keys and values of one layer, [B, H, S, D] each, for up to S positions. */
export interface KeyValueCache {
  k: Tensor;
  v: Tensor;
}

/** A parameter under AdamW; the tensors are replaced by every update. */
export interface AdamWSlot {
  value: Tensor;
  m: Tensor;
  v: Tensor;
}

export interface AdamWStep {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Count of this update, from 1 (bias correction). */
  readonly t: number;
}

export interface Ops {
  /* ------------------------------------------------------------------ transfer */
  /** Copies `data` to the device. */
  tensor(data: Float32Array, shape: readonly number[]): Tensor;
  zeros(shape: readonly number[]): Tensor;
  /** Copies back to the host. Asynchronous always: a synchronous read stalls or breaks in a worker. */
  read(x: Tensor): Promise<Float32Array>;
  /** A second tensor with the same contents, disposed on its own. */
  clone(x: Tensor): Tensor;

  /* ------------------------------------------------------------------ layers */
  /** x[n] = wte[id(n)] + wpe[start + t(n)] → [N, C]. */
  embedding(tokens: TokenBatch, wte: Tensor, wpe: Tensor, start: number): Tensor;
  /** dx [N, C] → dwte [V, C] and dwpe [wpe rows, C], sums over equal ids in a fixed order. */
  embeddingBackward(
    dx: Tensor,
    tokens: TokenBatch,
    vocabSize: number,
    positions: number,
  ): { dwte: Tensor; dwpe: Tensor };

  /** y = (x − mean) · rstd · gain + bias over the last axis. */
  layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): { y: Tensor; saved: Saved };
  layerNormBackward(
    dy: Tensor,
    x: Tensor,
    gain: Tensor,
    saved: Saved,
  ): { dx: Tensor; dgain: Tensor; dbias: Tensor };

  /** y = x · w + b, then dropout, then + residual. x [N, in], w [in, out] (Conv1D), b [out]. */
  linear(x: Tensor, w: Tensor, b: Tensor, then?: LinearEpilogue): Tensor;
  /** The gradients of x · w + b; dropout and residual are the caller's. */
  linearBackward(dy: Tensor, x: Tensor, w: Tensor): { dx: Tensor; dw: Tensor; db: Tensor };

  /** GPT-2's tanh approximation: 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))). */
  gelu(x: Tensor): Tensor;
  geluBackward(dy: Tensor, x: Tensor): Tensor;

  /** Causal multi-head attention. qkv [N, 3C] → y [N, C]; dropout acts on the probabilities. */
  attention(
    qkv: Tensor,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): { y: Tensor; saved: Saved };
  attentionBackward(
    dy: Tensor,
    qkv: Tensor,
    saved: Saved,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): Tensor;

  /** x · mask / (1 − rate). Its own backward: the mask depends on the site only. */
  dropout(x: Tensor, site: DropoutSite): Tensor;
  add(a: Tensor, b: Tensor): Tensor;

  /**
   * Mean cross-entropy of the tied head, logits = x · wteᵀ. `targets` [N], −100 does not count.
   */
  headLoss(x: Tensor, wte: Tensor, targets: Int32Array): { loss: Tensor };
  headLossAndGradients(
    x: Tensor,
    wte: Tensor,
    targets: Int32Array,
    scale: number,
  ): { loss: Tensor; dx: Tensor; dwte: Tensor };
  /** x [N, C] · wteᵀ → [N, V]. */
  logits(x: Tensor, wte: Tensor): Tensor;

  /* ------------------------------------------------------------------ optimizer */
  /** min(1, maxNorm / (‖all gradients‖₂ + 1e-6)) as a scalar on the device (PyTorch's clip). */
  clipScale(gradients: readonly Tensor[], maxNorm: number): Tensor;
  /** AdamW (Loshchilov & Hutter, arXiv:1711.05101) on gradient · gradientScale; replaces the slot. */
  adamw(slot: AdamWSlot, gradient: Tensor, gradientScale: Tensor, step: AdamWStep): void;

  /* ------------------------------------------------------------------ decoding */
  /** Keys and values of a prompt's qkv [B·T, 3C] in a cache of S positions, zero beyond T. */
  fillCache(qkv: Tensor, shape: AttentionShape, capacity: number): KeyValueCache;
  /** One new position of each sequence: qkv [B, 3C] → y [B, C]; writes `position` of the cache. */
  attentionCached(
    qkv: Tensor,
    cache: KeyValueCache,
    position: number,
    shape: AttentionShape,
  ): Tensor;
  /** Rows of x [N, C] by index → [rows.length, C]. */
  rows(x: Tensor, indices: Int32Array): Tensor;

  /** Frees cached constants. The operations can't be used after it. */
  dispose(): void;
}
