/** One block of a GPT-2: its forward pass, its backward pass, and its forward pass for one new position. */

import { must } from '../core/assert.ts';
import type { Parts } from '../core/parts.ts';
import type { LoraTarget } from '../domain/recipe.ts';
import type {
  AttentionShape,
  DropoutSite,
  InputGradient,
  KeyValueCache,
  LowRankBackward,
  LowRankTerm,
  NormLinearGradients,
  Saved,
  Tensor,
  ThreeOf,
} from '../ops/operands.ts';
import type { GradientSink } from './gradient-sink.ts';
import {
  attentionProjectionSite,
  attentionSite,
  dropoutSite,
  type Layers,
  mlpProjectionSite,
  type ModelDropout,
} from './layers.ts';
import { adapterNames } from './lora.ts';

/**
 * The activations that a block keeps for its backward pass. Outputs of LayerNorm and of the MLP's activation
 * are recomputed.
 */
export interface BlockActivations {
  readonly x: Tensor; // [N, C] the block's input
  readonly ln1Saved: Saved;
  readonly qkv: Tensor; // [N, 3C]
  readonly attention: Tensor; // [N, C]
  readonly attentionSaved: Saved;
  readonly middle: Tensor; // [N, C] after the attention's residual
  readonly ln2Saved: Saved;
  readonly fc: Tensor; // [N, I] before the activation; I is 4C unless the config says otherwise
  /** The adapter's updates, with their first products. */
  readonly updates: ReadonlyMap<LoraTarget, LowRankTerm>;
}

/**
 * What gradient checkpointing keeps: the block's input, and the first products of updates, which are
 * small.
 */
export type CheckpointedBlock = Pick<BlockActivations, 'x' | 'updates'>;

/** Activations of which the larger ones, `qkv`, `attention` and `fc`, are kept as float16. */
export interface HalfBlock extends Omit<BlockActivations, 'qkv' | 'attention' | 'fc'> {
  readonly halves: ThreeOf<Tensor>;
}

export type KeptBlock = BlockActivations | HalfBlock | CheckpointedBlock;

export class Block {
  private readonly layers: Layers;
  private readonly layer: number;
  /** What the names of the block's parameters begin with. */
  private readonly h: string;

  constructor(layers: Layers, layer: number) {
    this.layers = layers;
    this.layer = layer;
    this.h = `h.${layer}`;
  }

  /**
   * The forward pass, x [N, C] → output [N, C] and activations, which include x. With the updates
   * of an earlier pass in `recomputed`, only the activations are computed again, and the output is null.
   */
  forward(
    x: Tensor,
    shape: AttentionShape,
    dropout: ModelDropout | undefined,
    recomputed: ReadonlyMap<LoraTarget, LowRankTerm> | null,
  ): { output: Tensor | null; activations: BlockActivations } {
    const { layers, layer, h } = this;
    const { ops, config } = layers;
    const updates = new Map<LoraTarget, LowRankTerm>();
    const update = (input: Tensor, target: LoraTarget): LowRankTerm | undefined => {
      const term = recomputed?.get(target) ?? layers.lowRankTerm(input, layer, target, dropout);
      if (term) updates.set(target, term);
      return term;
    };
    const normed = (input: Tensor, name: string, target: LoraTarget) => {
      const known = recomputed?.get(target);
      const wanted = known ? undefined : layers.lowRank(layer, target, dropout);
      const { y, saved, low } = layers.norm(input, name, wanted);
      const term = known ?? (wanted && { ...wanted, low: must(low, 'the first product') });
      if (term) updates.set(target, term);
      return { y, saved, term };
    };

    const ln1 = normed(x, `${h}.ln_1`, 'attn.c_attn');
    const qkv = layers.project(ln1.y, `${h}.attn.c_attn`, { lowRank: ln1.term }); // [N, 3C]
    ln1.y.dispose();
    const attention = ops.attention(
      qkv,
      layers.ofLayer(shape, layer),
      dropoutSite(dropout, attentionSite(layer)),
    ); // [N, C]
    const middle = layers.project(attention.y, `${h}.attn.c_proj`, {
      lowRank: update(attention.y, 'attn.c_proj'),
      dropout: dropoutSite(dropout, attentionProjectionSite(layer)),
      residual: x,
    });

    const ln2 = normed(middle, `${h}.ln_2`, 'mlp.c_fc');
    let fc: Tensor; // [N, I]
    let output: Tensor | null = null;
    if (recomputed) {
      fc = layers.project(ln2.y, `${h}.mlp.c_fc`, { lowRank: ln2.term });
    } else {
      const w = layers.parameter(`${h}.mlp.c_fc.weight`);
      const b = layers.parameter(`${h}.mlp.c_fc.bias`);
      const inner = ops.linearActivated(ln2.y, w, b, config.activation, ln2.term);
      fc = inner.input;
      const lowRank = update(inner.y, 'mlp.c_proj');
      output = layers.project(inner.y, `${h}.mlp.c_proj`, {
        lowRank,
        dropout: dropoutSite(dropout, mlpProjectionSite(layer)),
        residual: middle,
      });
      inner.y.dispose();
    }
    ln2.y.dispose();
    const activations: BlockActivations = {
      x,
      ln1Saved: ln1.saved,
      qkv,
      attention: attention.y,
      attentionSaved: attention.saved,
      middle,
      ln2Saved: ln2.saved,
      fc,
      updates: recomputed ?? updates,
    };
    return { output, activations };
  }

  /** Keeps activations as float16, and releases them, if the operations can; else they stay as they are. */
  keepHalves(activations: BlockActivations): BlockActivations | HalfBlock {
    const { qkv, attention, fc, ...rest } = activations;
    const halves = this.layers.ops.keepHalves([qkv, attention, fc]);
    if (halves === null) return activations;
    release(qkv, attention, fc);
    return { ...rest, halves };
  }

  /** The activations again, as they were rounded. Releases the copies. */
  restoreHalves({ halves, ...rest }: HalfBlock): BlockActivations {
    const [qkv, attention, fc] = this.layers.ops.restoreHalves(halves);
    release(...halves);
    return { ...rest, qkv, attention, fc };
  }

  /** The dropout with which the block's backward pass begins. */
  outputDropout(dropout: ModelDropout | undefined): DropoutSite | undefined {
    return dropoutSite(dropout, mlpProjectionSite(this.layer));
  }

  /**
   * The backward pass, d(output) [N, C] → d(input) [N, C], or null if nothing before it is trained. Both are
   * given with the dropout before them: that of {@link outputDropout}, and `below` of what is before this
   * block. Disposes dOut and the activations, each as soon as it is no longer needed, so that later tensors
   * can use its memory. The MLP is one part and attention another.
   */
  *backward(
    dOut: InputGradient,
    a: BlockActivations,
    shape: AttentionShape,
    dropout: ModelDropout | undefined,
    sink: GradientSink,
    below: DropoutSite | undefined,
  ): Parts<{ readonly dIn: InputGradient | null }> {
    const { layers, layer, h } = this;
    const { ops } = layers;
    const lowest = layer === 0 ? layers.lowestTarget : null;
    const update = (target: LoraTarget): LowRankBackward | undefined => {
      const term = a.updates.get(target);
      if (!term) return undefined;
      const names = adapterNames(`${h}.${target}`);
      return { ...term, da: sink.slot(names.a), db: sink.slot(names.b) };
    };

    // output = middle + dropout(activated(fc(ln_2(middle))) · c_proj)
    const dFc = ops.linearAfterActivationBackward(
      dOut.dropped ?? dOut.dx,
      a.fc,
      layers.parameter(`${h}.mlp.c_proj.weight`),
      layers.config.activation,
      sink.layer(`${h}.mlp.c_proj`),
      update('mlp.c_proj'),
    );
    release(a.fc);
    const dMiddle = ops.normLinearBackward(
      dFc,
      a.middle,
      layers.normOf(`${h}.ln_2`),
      a.ln2Saved,
      layers.parameter(`${h}.mlp.c_fc.weight`),
      dOut.dx,
      gradientsOf(sink, `${h}.ln_2`, `${h}.mlp.c_fc`, update('mlp.c_fc')),
      dropoutSite(dropout, attentionProjectionSite(layer)),
    );
    release(...tensorsOf(dOut));
    release(dFc, a.middle, ...a.ln2Saved);
    const isMlpOnly = lowest === 'mlp.c_fc' || lowest === 'mlp.c_proj';
    try {
      if (isMlpOnly) return { dIn: null };
      yield;
      return {
        dIn: this.attentionBackward(dMiddle, a, shape, dropout, sink, update, lowest, below),
      };
    } finally {
      release(...tensorsOf(dMiddle));
      releaseKept(a);
    }
  }

  /** The attention part of {@link backward}, d(middle) [N, C] → d(input) [N, C]. */
  private attentionBackward(
    dMiddle: InputGradient,
    a: BlockActivations,
    shape: AttentionShape,
    dropout: ModelDropout | undefined,
    sink: GradientSink,
    update: (target: LoraTarget) => LowRankBackward | undefined,
    lowest: LoraTarget | null,
    below: DropoutSite | undefined,
  ): InputGradient | null {
    const { layers, layer, h } = this;
    const { ops } = layers;
    // middle = x + dropout(attention(ln_1(x)) · c_proj)
    const dAttention = ops.linearBackward(
      dMiddle.dropped ?? dMiddle.dx,
      a.attention,
      layers.parameter(`${h}.attn.c_proj.weight`),
      sink.layer(`${h}.attn.c_proj`),
      update('attn.c_proj'),
    );
    if (lowest === 'attn.c_proj') {
      dAttention.dispose();
      return null;
    }
    const dQkv = ops.attentionBackward(
      dAttention,
      a.attention,
      a.qkv,
      a.attentionSaved,
      layers.ofLayer(shape, layer),
      dropoutSite(dropout, attentionSite(layer)),
    );
    release(dAttention, a.attention, a.qkv, ...a.attentionSaved);
    const last = update('attn.c_attn');
    const norm = layers.normOf(`${h}.ln_1`);
    let dX: InputGradient | null = null;
    if (last && lowest === 'attn.c_attn') {
      const ln1 = ops.layerNorm(a.x, norm);
      ops.lowRankBackward(dQkv, ln1.y, last);
      release(ln1.y, ...ln1.saved);
    } else {
      const w = layers.parameter(`${h}.attn.c_attn.weight`);
      const into = gradientsOf(sink, `${h}.ln_1`, `${h}.attn.c_attn`, last);
      dX = ops.normLinearBackward(dQkv, a.x, norm, a.ln1Saved, w, dMiddle.dx, into, below);
    }
    dQkv.dispose();
    return dX;
  }

  /**
   * The forward pass for one new position in each sequence, x [B, C] → output [B, C]. Its keys and values are
   * written into the cache at `position`. Disposes x.
   */
  decode(x: Tensor, cache: KeyValueCache, position: number, B: number): Tensor {
    const { layers, layer, h } = this;
    const { ops, config } = layers;
    const qkv = layers.normProject(x, `${h}.ln_1`, layer, 'attn.c_attn', 'none');
    const attention = ops.attentionCached(
      qkv,
      cache,
      position,
      layers.ofLayer({ B, T: 1, nHead: config.nHead }, layer),
    );
    const outUpdate = layers.lowRankTerm(attention, layer, 'attn.c_proj', undefined);
    const middle = layers.project(attention, `${h}.attn.c_proj`, {
      residual: x,
      lowRank: outUpdate,
    });
    release(x, qkv, attention);
    const inner = layers.normProject(middle, `${h}.ln_2`, layer, 'mlp.c_fc', config.activation);
    const mlpUpdate = layers.lowRankTerm(inner, layer, 'mlp.c_proj', undefined);
    const output = layers.project(inner, `${h}.mlp.c_proj`, {
      residual: middle,
      lowRank: mlpUpdate,
    });
    release(middle, inner);
    for (const update of [outUpdate, mlpUpdate]) update?.low.dispose();
    return output;
  }
}

function gradientsOf(
  sink: GradientSink,
  norm: string,
  linear: string,
  lowRank: LowRankBackward | undefined,
): NormLinearGradients {
  return { norm: sink.layer(norm), linear: sink.layer(linear), lowRank };
}

export function tensorsOf({ dx, dropped }: InputGradient): readonly Tensor[] {
  return dropped ? [dx, dropped] : [dx];
}

export function release(...tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}

/** Releases what was kept of a block, in whatever form. What is released already isn't released again. */
export function releaseKept(a: KeptBlock): void {
  a.x.dispose();
  for (const { low } of a.updates.values()) low.dispose();
  if ('qkv' in a) releaseAllButInput(a);
  if ('halves' in a)
    release(...a.ln1Saved, ...a.attentionSaved, a.middle, ...a.ln2Saved, ...a.halves);
}

export function releaseAllButInput(a: BlockActivations): void {
  release(...a.ln1Saved, a.qkv, a.attention, ...a.attentionSaved);
  release(a.middle, ...a.ln2Saved, a.fc);
}

/** Releases all that was kept of a block, except for its queries, keys and values, which it returns. */
export function releaseAllButProjections({ qkv, ...a }: BlockActivations): Tensor {
  for (const { low } of a.updates.values()) low.dispose();
  release(a.x, ...a.ln1Saved, a.attention, ...a.attentionSaved, a.middle, ...a.ln2Saved, a.fc);
  return qkv;
}
