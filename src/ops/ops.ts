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

import type { Parts } from '../core/parts.ts';
import type { DeviceMemory, Tuning } from './device.ts';
import type { LayerOps } from './layer-ops.ts';
import type {
  Activation,
  AdamWSlot,
  AdamWStep,
  AttentionShape,
  KeyValueCache,
  LowRank,
  MixSlot,
  Norm,
  Tensor,
  TokenBatch,
} from './operands.ts';
import type { DeviceSampler, SamplingPlan } from './sampler.ts';
import type { TransferOps } from './transfer-ops.ts';

export interface Ops extends TransferOps, LayerOps {
  /** Null where there is nothing to choose: on software adapters and outside of WebGPU. */
  readonly tuning: Tuning | null;
  /** Null where tensors lie in tfjs's own memory, which can be neither counted nor asked for. */
  readonly deviceMemory: DeviceMemory | null;

  /* ------------------------------------------------------------------ optimizer */
  /**
   * The factor that clips the norm of all gradients together, min(1, maxNorm / (‖gradients‖₂ + 1e-6)), and
   * that norm, as `[factor, norm]` (PyTorch's `torch.nn.utils.clip_grad_norm_`); `[−1, 0]` if the norm isn't finite.
   */
  clipScale(gradients: readonly Tensor[], maxNorm: number): Parts<Tensor>;
  /**
   * One AdamW step (Loshchilov & Hutter, arXiv:1711.05101) with gradient · gradientScale[0] for every
   * slot, of which some have it and others don't after each part. A negative factor changes nothing.
   */
  adamw(
    slots: readonly AdamWSlot[],
    gradientScale: Tensor,
    step: AdamWStep,
  ): Parts<readonly AdamWSlot[]>;
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
