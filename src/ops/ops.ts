/**
 * The operations that GPT-2 needs, forward and backward, and nothing else.
 *
 * There is no autodiff tape: the model (`model/gpt2.ts`, `model/block.ts`) calls the operations in order and
 * decides what it keeps for the backward pass. `portable.ts` implements them with tfjs on any of its
 * backends, `webgpu.ts` with our own kernels.
 *
 * Axes: B sequences, T positions, N = B·T rows, C channels, H heads, D = C/H, V vocabulary, P positions
 * of the model, S positions of a KV cache, r the rank of a LoRA update.
 *
 * All tensors are float32, except that weights which are only read may be stored as float16. Whoever
 * receives a tensor disposes it. No operation disposes its inputs unless its comment says so. Wrong
 * shapes are bugs and fail an assertion; a tensor that doesn't fit the device throws `out-of-memory`.
 */

import type { GpuCounters } from '../gpu/command-queue.ts';
import type { Program } from '../gpu/kernel.ts';
import type { PlannedAdapter } from '../gpu/paper.ts';

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
  /** The result of {@link Ops.documents}. */
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

/** How tokens are drawn; `generate/sample.ts` defines the fields. */
export interface SamplingPlan {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly repetitionPenalty: number;
  readonly minP?: number | undefined;
  readonly typicalP?: number | undefined;
  readonly noRepeatNgram?: number | undefined;
  /** The maximum length of a sequence, including the prompt. Needed where n-grams must not repeat. */
  readonly capacity?: number | undefined;
  /** Tokens from this id on are never drawn: the head may have more rows than the tokenizer has tokens. */
  readonly vocabSize: number;
  readonly seed: number;
  /** The number of the first sequence among all that are drawn with this seed; 0 by default. */
  readonly firstSequence?: number | undefined;
  readonly endOfTextId: number;
  /** `endOfTextId` is not drawn for a position before this. */
  readonly minTokens: number;
}

/** Draws tokens on the device and keeps them there for the embedding of the next position. */
export interface DeviceSampler {
  readonly batch: number;
  /**
   * Draws the token of every sequence at `position` from logits [B, V], which it overwrites. The random
   * number of sequence b is `randomUnit(seed, firstSequence + b, position)`. Sequences that have ended draw
   * `endOfTextId` again.
   */
  sample(logits: Tensor, position: number): void;
  /** x[b] = wte[last token of b] + wpe[position]; wte [V, C], wpe [P, C] → [B, C]. */
  embedding(wte: Tensor, wpe: Tensor, position: number): Tensor;
  /**
   * Submits, and reads back the tokens drawn since the last call: [rows, B], with at most
   * {@link MAX_PENDING_ROWS} rows. Throws as {@link Ops.read} does.
   */
  take(): Promise<Int32Array>;
  dispose(): void;
}

/** How many tokens of a sequence a sampler can draw before they must be taken. */
export const MAX_PENDING_ROWS = 16;

/**
 * The host holds a tensor in pieces of this many elements (4 MiB of float32), however large the tensor
 * is.
 */
export const PIECE_ELEMENTS = 2 ** 20;

/** A device with memory of its own: what planning asks of it before anything is put there. */
export interface DeviceMemory {
  /** What decides which kernels run and how they cut their work. */
  readonly adapter: PlannedAdapter;
  /** Bytes of all buffers that these operations hold now. */
  readonly heldBytes: number;
  /** What these operations have had the device do so far. */
  readonly counters: Readonly<GpuCounters>;
  /**
   * Compiles kernels before they are needed. `onProgress` hears how many are done, of how many.
   *
   * @throws What the device says of a kernel that it can't compile.
   */
  compile(
    programs: readonly Program[],
    onProgress: (done: number, count: number) => void,
  ): Promise<void>;
  /** Whether the device gives buffers of these sizes, those already held included; see `GpuContext`. */
  hasRoomFor(bufferSizes: readonly number[]): Promise<boolean>;
}

/** Names of the ways in which kernels cut their work, by what they are for. */
export type KernelShapes = Readonly<Record<string, string>>;

/** The model for which kernels are timed. */
export interface TunedModel {
  readonly channels: number;
  /** Of a step, or of what is timed of it. */
  readonly tokens: number;
}

export interface TuningResult {
  readonly shapes: KernelShapes;
  /** How many dispatches were timed, and how long they took. */
  readonly dispatches: number;
  readonly timedMs: number;
}

/**
 * How kernels cut their work. On another shape a sum may have another order, so a run that is to give the
 * same bits again has to use the same ones.
 */
export interface Tuning {
  /** Those in use. */
  readonly shapes: KernelShapes;
  /** Uses these, or with null the device's default ones. False if they aren't known: then nothing changes. */
  use(shapes: KernelShapes | null): boolean;
  /**
   * Times the shapes on this device, for two seconds at most, and returns the fastest. Changes nothing.
   *
   * @param now Milliseconds; the real clock by default.
   */
  measure(model: TunedModel, now?: () => number): Promise<TuningResult>;
}

export interface Ops {
  /** Null where there is nothing to choose: on software adapters and outside of WebGPU. */
  readonly tuning: Tuning | null;
  /** Null where tensors lie in tfjs's own memory, which can be neither counted nor asked for. */
  readonly deviceMemory: DeviceMemory | null;

  /* ------------------------------------------------------------------ transfer */
  /** Copies `data`, which has as many elements as the shape, to a new tensor. */
  tensor(data: Float32Array, shape: readonly number[]): Tensor;
  /**
   * Copies weights that will only be read to the device, in exactly the memory they need. With `f16` they
   * may be rounded to float16, though arithmetic stays float32; portable operations keep float32.
   */
  weight(data: Float32Array, shape: readonly number[], precision: Precision): Tensor;
  /**
   * Like {@link weight}, from pieces of the elements in order; all pieces but the last have an even length.
   * WebGPU operations send each piece to the device when it arrives, so that the host never holds a large
   * table as a whole. Throws whatever `pieces` throws; then there is no tensor.
   */
  weightFrom(
    pieces: AsyncIterable<Float32Array>,
    shape: readonly number[],
    precision: Precision,
  ): Promise<Tensor>;
  /**
   * Replaces all elements of `to` by those in the pieces, and returns the tensor to use from now on: `to`
   * itself with its memory layout, or a new tensor in place of `to`, which is then disposed.
   */
  overwrite(to: Tensor, pieces: AsyncIterable<Float32Array>): Promise<Tensor>;
  /** A tensor of zeros. */
  zeros(shape: readonly number[]): Tensor;
  /**
   * Copies a tensor to the host, always asynchronously: a synchronous readback blocks or fails in a worker.
   * Throws `out-of-memory` or `internal` when the device has failed before.
   */
  read(x: Tensor): Promise<Float32Array>;
  /**
   * Like {@link read}, in pieces of {@link PIECE_ELEMENTS} that are copied when the consumer asks for
   * them.
   */
  readPieces(x: Tensor): AsyncGenerator<Float32Array>;
  /** Like {@link read}, only `count` elements from `begin` on, as float32 however they are stored. */
  readPart(x: Tensor, begin: number, count: number): Promise<Float32Array>;
  /** Tensors of zeros by name, laid out so that one dispatch of the optimizer can process many of them. */
  allocate(shapes: ReadonlyMap<string, readonly number[]>): Map<string, Tensor>;
  /** Moves the tensors into the layout of {@link allocate}; this may replace the map's entries. */
  pack(tensors: Map<string, Tensor>): void;
  /** Submits all operations so far without waiting for them. */
  flush(): void;
  /**
   * Submits, and resolves when all operations so far have been computed. Throws as {@link read} does.
   */
  finish(): Promise<void>;
  /**
   * Begins work that may be dropped as long as the device hasn't been given it. Nothing is read until
   * {@link endDraft} or {@link dropDraft}.
   */
  beginDraft(): void;
  /** Ends the draft. Resolves when the device has been given all of it: then a tenth of a second of work is left. */
  endDraft(): Promise<void>;
  /**
   * Drops what the device hasn't been given of the last draft, ended or not. Tensors that it was to write have
   * undefined contents. What was encoded before the draft is computed all the same.
   */
  dropDraft(): void;
  /** Gives back the memory that was freed and is kept for later, where a large piece of work has ended. */
  trim(): void;

  /* ------------------------------------------------------------------ layers */
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
   * targets [N]. Rows with a negative target, such as −100, don't count.
   */
  headLoss(x: Tensor, wte: Tensor, targets: Int32Array): { loss: Tensor };
  /**
   * The same loss, and the gradients of loss · scale: dx [N, C], and dwte [V, C] unless the slot is null.
   */
  headLossAndGradients(
    x: Tensor,
    wte: Tensor,
    targets: Int32Array,
    scale: number,
    dwte: GradientSlot | null,
  ): { loss: Tensor; dx: Tensor };
  /** x · wteᵀ; x [N, C], wte [V, C] → [N, V]. */
  logits(x: Tensor, wte: Tensor): Tensor;

  /* ------------------------------------------------------------------ optimizer */
  /**
   * The factor that clips the norm of all gradients together, min(1, maxNorm / (‖gradients‖₂ + 1e-6)), and
   * that norm, as `[factor, norm]` (PyTorch's `torch.nn.utils.clip_grad_norm_`); `[−1, 0]` if the norm isn't finite.
   */
  clipScale(gradients: readonly Tensor[], maxNorm: number): Tensor;
  /**
   * One AdamW step (Loshchilov & Hutter, arXiv:1711.05101) with gradient · gradientScale[0] for every
   * slot. A negative factor changes nothing.
   */
  adamw(slots: readonly AdamWSlot[], gradientScale: Tensor, step: AdamWStep): void;
  /** value = base + share · (trained − base) for every slot. */
  mix(slots: readonly MixSlot[], share: number): void;

  /* ------------------------------------------------------------------ decoding */
  /**
   * The keys and values of a prompt, from its qkv [B·T, 3C], in a cache of `capacity` positions, which is
   * zero from position T on.
   */
  fillCache(qkv: Tensor, shape: AttentionShape, capacity: number): KeyValueCache;
  /**
   * Attention of one new position per sequence, which is written into the cache at `position`;
   * qkv [B, 3C] → y [B, C].
   */
  attentionCached(
    qkv: Tensor,
    cache: KeyValueCache,
    position: number,
    shape: AttentionShape,
  ): Tensor;
  /**
   * linear(layerNorm(x)) with or without an activation, x [N, C] → [N, out], for decoding: nothing is kept
   * for a backward pass.
   */
  normLinear(
    x: Tensor,
    norm: Norm,
    w: Tensor,
    b: Tensor,
    activation: Activation | 'none',
    lowRank?: LowRank,
  ): Tensor;
  /** The rows of x [N, C] at these indices → [indices.length, C]. */
  rows(x: Tensor, indices: Int32Array): Tensor;

  /**
   * A sampler for sequences that begin with `prompt`, or null if tokens are better drawn on the host. The
   * caller disposes it.
   */
  createSampler(plan: SamplingPlan, prompt: TokenBatch): DeviceSampler | null;

  /** Frees everything these operations hold. They can't be used afterwards. */
  dispose(): void;
}
