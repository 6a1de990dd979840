/**
 * The operations a GPT-2 needs, forward and backward, and nothing else.
 *
 * There is no tape: the model (`model/gpt2.ts`) calls these in order and decides what it keeps for
 * the backward pass. `portable.ts` implements them with plain tfjs ops on any tfjs backend,
 * `webgpu.ts` with kernels of our own.
 *
 * Letters: B sequences, T positions, N = B·T rows, C channels, H heads, D = C/H, V vocabulary.
 * All tensors are float32, but weights that are only read may be stored as float16. Whoever receives a tensor disposes it; no operation disposes its inputs
 * unless it says so.
 */

import type { PlannedAdapter } from '../gpu/paper.ts';

/** How weights that are only read are stored. */
export type Precision = 'f32' | 'f16';

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

/**
 * Where the gradient of a parameter goes. Operations write `value` in place where they can and replace
 * it where they can't; with `add` the gradient is added to what is there.
 */
export interface GradientSlot {
  value: Tensor;
  readonly accumulate: boolean;
}

/** The gradients of a linear layer's or a LayerNorm's two parameters; null for a frozen layer. */
export interface LayerGradients {
  readonly weight: GradientSlot;
  readonly bias: GradientSlot;
}

/**
 * A low-rank update of a linear layer (`model/lora.ts`): scale · (dropout(x) · aᵀ) · bᵀ, added to
 * x · w + b before anything else happens to it.
 */
export interface LowRank {
  readonly a: Tensor; // [r, in]
  readonly b: Tensor; // [out, r]
  readonly scale: number;
  /** Acts on its copy of the input only. */
  readonly dropout?: DropoutSite | undefined;
}

/** An update with its first half done: low = dropout(x) · aᵀ. */
export interface LowRankTerm extends LowRank {
  readonly low: Tensor; // [N, r]
}

/** An update on the way back, with the places of its gradients. */
export interface LowRankBackward extends LowRankTerm {
  readonly da: GradientSlot;
  readonly db: GradientSlot;
}

/** What a linear layer does with its product and bias before anyone sees it. */
export interface LinearEpilogue {
  readonly dropout?: DropoutSite | undefined;
  readonly residual?: Tensor;
  readonly lowRank?: LowRankTerm | undefined;
}

/** Where the gradients of a LayerNorm and the linear layer behind it go. */
export interface NormLinearGradients {
  readonly norm: LayerGradients | null;
  readonly linear: LayerGradients | null;
  readonly lowRank?: LowRankBackward | undefined;
}

/** The parameters of a LayerNorm. */
export interface Norm {
  readonly gain: Tensor;
  readonly bias: Tensor;
  readonly epsilon: number;
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

/** A parameter under AdamW; an update writes its three tensors in place or replaces them. */
export interface AdamWSlot {
  value: Tensor;
  m: Tensor;
  v: Tensor;
  readonly gradient: Tensor;
  readonly weightDecay: number;
}

export interface AdamWStep {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Count of this update, from 1 (bias correction). */
  readonly t: number;
}

/** How tokens are drawn; `generate/sample.ts` has the definitions. */
export interface SamplingPlan {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly repetitionPenalty: number;
  readonly vocabSize: number;
  readonly seed: number;
  readonly endOfTextId: number;
  /** `endOfTextId` is not drawn for a position before this. */
  readonly minTokens: number;
}

/** Draws tokens where the logits are, and keeps them there for the embedding of the next position. */
export interface DeviceSampler {
  readonly batch: number;
  /**
   * Draws the token of `position` of every sequence from logits [B, V], which it overwrites: the
   * token at `randomUnit(seed, b, position)`. Sequences that ended draw `endOfTextId` again.
   */
  sample(logits: Tensor, position: number): void;
  /** x[b] = wte[the token drawn last] + wpe[position] → [B, C]. */
  embedding(wte: Tensor, wpe: Tensor, position: number): Tensor;
  /** The tokens drawn since the last call, [rows, B], at most {@link MAX_PENDING_ROWS} rows. Submits. */
  take(): Promise<Int32Array>;
  dispose(): void;
}

/** Tokens of a sequence that may be drawn before they are taken. */
export const MAX_PENDING_ROWS = 16;

/** 4 MiB of float32: what the host holds of a tensor on its way, whatever the tensor's size. */
export const PIECE_ELEMENTS = 2 ** 20;

/** The memory of a device of its own: what planning asks before anything is put there. */
export interface DeviceMemory {
  /** What decides which kernels run and how they cut their work. */
  readonly adapter: PlannedAdapter;
  /** Bytes of all buffers that these operations hold now. */
  readonly heldBytes: number;
  /** Whether the device gives buffers of these sizes, those already held included; see `GpuContext`. */
  hasRoomFor(bufferSizes: readonly number[]): Promise<boolean>;
}

export interface Ops {
  /** Null where tensors lie in tfjs's own memory, which can be neither counted nor asked for. */
  readonly deviceMemory: DeviceMemory | null;

  /* ------------------------------------------------------------------ transfer */
  /** Copies `data` to the device. */
  tensor(data: Float32Array, shape: readonly number[]): Tensor;
  /**
   * Copies weights to the device that will only be read, in no more memory than they need. With `f16`
   * they may be rounded to float16; arithmetic stays float32. Portable operations keep float32.
   */
  weight(data: Float32Array, shape: readonly number[], precision: Precision): Tensor;
  /**
   * The same from pieces of its elements in order, all but the last of even length. Each goes to the
   * device as it comes, where the device has memory of its own: a table of 150 MB never lies on the host
   * whole. Throws what `pieces` throws; then there is no tensor.
   */
  weightFrom(
    pieces: AsyncIterable<Float32Array>,
    shape: readonly number[],
    precision: Precision,
  ): Promise<Tensor>;
  /** Pieces of as many elements in the place of those of `to`, which keeps its layout; takes `to`. */
  overwrite(to: Tensor, pieces: AsyncIterable<Float32Array>): Promise<Tensor>;
  zeros(shape: readonly number[]): Tensor;
  /** Copies back to the host. Asynchronous always: a synchronous read stalls or breaks in a worker. */
  read(x: Tensor): Promise<Float32Array>;
  /** The same in pieces of {@link PIECE_ELEMENTS}, each copied when it is asked for. */
  readPieces(x: Tensor): AsyncGenerator<Float32Array>;
  /** Zero tensors by name, laid out so that the optimizer can walk many of them at once. */
  allocate(shapes: ReadonlyMap<string, readonly number[]>): Map<string, Tensor>;
  /** Moves the tensors into the layout of {@link allocate}; the entries may be replaced. */
  pack(tensors: Map<string, Tensor>): void;
  /** Sends what has been asked for so far to the device; nothing waits. */
  flush(): void;

  /* ------------------------------------------------------------------ layers */
  /** x[n] = wte[id(n)] + wpe[start + t(n)] → [N, C]. */
  embedding(tokens: TokenBatch, wte: Tensor, wpe: Tensor, start: number): Tensor;
  /**
   * dx [N, C] → adds to dwte [V, C] (which the tied head has written before) and writes or adds to
   * dwpe [P, C]; sums over equal ids in a fixed order.
   */
  embeddingBackward(dx: Tensor, tokens: TokenBatch, dwte: GradientSlot, dwpe: GradientSlot): void;

  /** y = (x − mean) · rstd · gain + bias over the last axis. */
  layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): { y: Tensor; saved: Saved };
  /** dy → dx of the LayerNorm, plus `residual`, the gradient that went round it. */
  layerNormBackward(
    dy: Tensor,
    x: Tensor,
    gain: Tensor,
    saved: Saved,
    residual: Tensor | undefined,
    into: LayerGradients | null,
  ): Tensor;

  /** y = x · w + b, then dropout, then + residual. x [N, in], w [in, out] (Conv1D), b [out]. */
  linear(x: Tensor, w: Tensor, b: Tensor, epilogue?: LinearEpilogue): Tensor;
  /** dy → dx of x · w + b with its update; dropout and residual are the caller's. */
  linearBackward(
    dy: Tensor,
    x: Tensor,
    w: Tensor,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor;

  /** The first half of an update: dropout(x) · aᵀ, x [N, in] → [N, r]. */
  lowRank(x: Tensor, update: LowRank): Tensor;
  /** dy [N, out] → the gradients of an update alone, where nobody wants dx. */
  lowRankBackward(dy: Tensor, x: Tensor, update: LowRankBackward): void;
  /** w + scale · (b · a)ᵀ: the weights [in, out] of a layer with its update in them, w as it was. */
  merge(w: Tensor, update: LowRank): Tensor;

  /**
   * input = x · w + b and y = gelu(input), GPT-2's tanh approximation:
   * 0.5 u (1 + tanh(√(2/π) (u + 0.044715 u³))).
   */
  linearGelu(x: Tensor, w: Tensor, b: Tensor, lowRank?: LowRankTerm): { input: Tensor; y: Tensor };
  /**
   * The linear layer after a GELU: dy → d(gelu's input), where the layer's x was gelu(input) and is
   * computed again instead of kept.
   */
  linearAfterGeluBackward(
    dy: Tensor,
    input: Tensor,
    w: Tensor,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor;

  /**
   * dy → dx of linear(layerNorm(x)), plus `residual`. The norm's output is computed again instead of
   * kept.
   */
  normLinearBackward(
    dy: Tensor,
    x: Tensor,
    norm: Norm,
    saved: Saved,
    w: Tensor,
    residual: Tensor,
    into: NormLinearGradients,
  ): Tensor;

  /** Causal multi-head attention. qkv [N, 3C] → y [N, C]; dropout acts on the probabilities. */
  attention(
    qkv: Tensor,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): { y: Tensor; saved: Saved };
  attentionBackward(
    dy: Tensor,
    y: Tensor,
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
  /** The same with the gradients of loss · scale. */
  headLossAndGradients(
    x: Tensor,
    wte: Tensor,
    targets: Int32Array,
    scale: number,
    dwte: GradientSlot | null,
  ): { loss: Tensor; dx: Tensor };
  /** x [N, C] · wteᵀ → [N, V]. */
  logits(x: Tensor, wte: Tensor): Tensor;

  /* ------------------------------------------------------------------ optimizer */
  /** min(1, maxNorm / (‖all gradients‖₂ + 1e-6)) as a scalar on the device (PyTorch's clip). */
  clipScale(gradients: readonly Tensor[], maxNorm: number): Tensor;
  /** AdamW (Loshchilov & Hutter, arXiv:1711.05101) on gradient · gradientScale. */
  adamw(slots: readonly AdamWSlot[], gradientScale: Tensor, step: AdamWStep): void;

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
  /** linear(layerNorm(x)), then GELU if wished; nothing is kept for a backward pass. */
  normLinear(
    x: Tensor,
    norm: Norm,
    w: Tensor,
    b: Tensor,
    activation: 'none' | 'gelu',
    lowRank?: LowRank,
  ): Tensor;
  /** Rows of x [N, C] by index → [rows.length, C]. */
  rows(x: Tensor, indices: Int32Array): Tensor;

  /**
   * Null where logits are best read and drawn from on the host. `prompt` holds the tokens so far. The
   * caller disposes it.
   */
  createSampler(plan: SamplingPlan, prompt: TokenBatch): DeviceSampler | null;

  /** Frees cached constants. The operations can't be used after it. */
  dispose(): void;
}
