/**
 * GPT-2, forward and backward (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019;
 * the same function as the Hub's `GPT2LMHeadModel`). It is written like llm.c's `train_gpt2.c`: there is no
 * autodiff tape, the backward pass is written out, and it is visible which activations the forward pass keeps.
 *
 * The model knows nothing about optimizers, data or schedules. The axes are those of `ops/ops.ts`; N = B·T.
 */

import { assert, must } from '../core/assert.ts';
import { positionsOf } from '../ops/documents.ts';
import type {
  Activation,
  AttentionShape,
  DeviceSampler,
  DropoutSite,
  GradientSlot,
  KeyValueCache,
  LayerGradients,
  LinearEpilogue,
  LowRank,
  LowRankBackward,
  LowRankTerm,
  Norm,
  NormLinearGradients,
  Ops,
  Saved,
  Tensor,
  TokenBatch,
} from '../ops/ops.ts';
import { type GPT2Config, scoreScale } from './config.ts';
import { HEAD_NAME } from './weights.ts';
import { type Adapter, adapterNames } from './lora.ts';
import { type LoraTarget, LORA_TARGETS } from '../domain/recipe.ts';

/** Tensors by checkpoint name, with the shapes of the table in `weights.ts`. */
export type Parameters = Map<string, Tensor>;
export type Gradients = Map<string, Tensor>;

export interface GradientOptions {
  /** The result is the gradient of loss · scale. */
  readonly scale: number;
  readonly dropout?: ModelDropout | undefined;
  /**
   * Existing gradients to write to. This map is returned, and its entries may be replaced. A training that
   * reuses one map allocates no gradients in a step.
   */
  readonly into?: Gradients | undefined;
  /** Adds to the gradients in `into`, for the second and later micro-batches of a step. */
  readonly accumulate?: boolean | undefined;
  /**
   * Gradient checkpointing (Chen et al., arXiv:1604.06174): keeps only the input of every block and runs the
   * block again in the backward pass. This takes a quarter more time and a tenth of the memory for
   * activations, and gives the same gradients.
   */
  readonly checkpointing?: boolean | undefined;
}

/** Dropout in training. As in GPT-2, one rate applies to embeddings, attention and residuals. */
export interface ModelDropout {
  readonly rate: number;
  readonly seed: number;
  readonly microStep: number;
}

const SITES_PER_LAYER = 3;

function dropoutSite(dropout: ModelDropout | undefined, site: number): DropoutSite | undefined {
  return dropout && dropout.rate > 0 ? { ...dropout, site } : undefined;
}
const EMBEDDING_SITE = 0;
const attentionSite = (layer: number): number => 1 + SITES_PER_LAYER * layer;
const attentionProjectionSite = (layer: number): number => 2 + SITES_PER_LAYER * layer;
const mlpProjectionSite = (layer: number): number => 3 + SITES_PER_LAYER * layer;
/**
 * The sites of an adapter's dropout. They follow all others, so that an adapter doesn't change those
 * masks.
 */
const adapterSite = (nLayer: number, layer: number, target: LoraTarget): number =>
  1 + SITES_PER_LAYER * nLayer + LORA_TARGETS.length * layer + LORA_TARGETS.indexOf(target);

/**
 * The activations that a block keeps for its backward pass. Outputs of LayerNorm and of the MLP's activation
 * are recomputed.
 */
interface BlockActivations {
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
type CheckpointedBlock = Pick<BlockActivations, 'x' | 'updates'>;

/** The state of decoding: one KV cache per layer, and `length`, the number of positions in it. */
export interface DecodeState {
  readonly caches: KeyValueCache[];
  readonly batch: number;
  readonly capacity: number;
  length: number;
}

export class GPT2 {
  readonly config: GPT2Config;
  readonly parameters: Parameters;
  private readonly ops: Ops;
  private adapter: Adapter | null = null;

  /** The model owns the parameters from now on, and {@link dispose} frees them. */
  constructor(ops: Ops, config: GPT2Config, parameters: Parameters) {
    this.ops = ops;
    this.config = config;
    this.parameters = parameters;
  }

  private get headName(): string {
    return this.config.hasOwnHead ? HEAD_NAME : 'wte.weight';
  }

  /** The weights of the output head [V, C]. */
  private get head(): Tensor {
    return this.parameter(this.headName);
  }

  /** With what scores are multiplied by in this layer. */
  private ofLayer(shape: AttentionShape, layer: number): AttentionShape {
    return { ...shape, scale: scoreScale(this.config, layer) };
  }

  /** The parameter with this checkpoint name. It still belongs to the model. */
  parameter(name: string): Tensor {
    return must(this.parameters.get(name), name);
  }

  /**
   * Sets or removes the LoRA adapter. With an adapter, only its parameters are trained. The model owns it
   * from now on, and frees the previous one.
   */
  setAdapter(adapter: Adapter | null): void {
    if (this.adapter) release(...this.adapter.parameters.values());
    this.adapter = adapter;
  }

  get hasAdapter(): boolean {
    return this.adapter !== null;
  }

  /** The parameters to train: those of the adapter if there is one, else all. They belong to the model. */
  get trainable(): Parameters {
    return this.adapter?.parameters ?? this.parameters;
  }

  /** Merges the adapter into the weights, which must be float32, and removes it. */
  mergeAdapter(): void {
    for (let layer = 0; layer < this.config.nLayer; layer++) {
      for (const target of LORA_TARGETS) {
        const update = this.lowRank(layer, target, undefined);
        if (!update) continue;
        const name = `h.${layer}.${target}.weight`;
        const w = this.parameter(name);
        this.parameters.set(name, this.ops.merge(w, update));
        w.dispose();
      }
    }
    this.setAdapter(null);
  }

  /**
   * The mean cross-entropy as a scalar, without dropout; tokens [B, T], targets [N], of which negative ones
   * don't count. The caller disposes it.
   */
  loss(tokens: TokenBatch, targets: Int32Array): Tensor {
    const hidden = this.hidden(tokens);
    const { loss } = this.ops.headLoss(hidden, this.head, targets);
    hidden.dispose();
    return loss;
  }

  /**
   * All logits, tokens [B, T] → [N, V], for tests and parity checks; training never holds all of them. The
   * caller disposes them.
   */
  logits(tokens: TokenBatch): Tensor {
    const hidden = this.hidden(tokens);
    const logits = this.ops.logits(hidden, this.head);
    hidden.dispose();
    return logits;
  }

  /**
   * Forward and backward pass of one micro-batch, tokens [B, T] with targets [N]. Returns the mean loss, a
   * scalar on the device, and the gradient of loss · scale for every {@link trainable} parameter. The
   * caller disposes both.
   *
   * @throws `out-of-memory` when a tensor doesn't fit the device. Other failures of the device appear when
   *   something is read.
   */
  lossAndGradients(
    tokens: TokenBatch,
    targets: Int32Array,
    options: GradientOptions,
  ): { loss: Tensor; gradients: Gradients } {
    const { ops, config } = this;
    const { nLayer, layerNormEpsilon } = config;
    const { dropout, scale } = options;
    this.checkTokens(tokens, 0);
    const shape = this.attentionShape(tokens);

    // Forward
    let x = this.embed(tokens, dropout);
    const blocks: (BlockActivations | CheckpointedBlock)[] = [];
    for (let layer = 0; layer < nLayer; layer++) {
      const { output, activations } = this.blockForward(x, layer, shape, dropout, null);
      if (options.checkpointing) {
        releaseAllButInput(activations);
        blocks.push({ x, updates: activations.updates });
      } else blocks.push(activations);
      x = must(output, 'the output');
    }
    const gain = this.parameter('ln_f.weight');
    const lnF = ops.layerNorm(x, gain, this.parameter('ln_f.bias'), layerNormEpsilon);

    // Backward
    const sink = new GradientSink(
      options.into ?? ops.allocate(this.shapes()),
      options.into !== undefined && options.accumulate === true,
    );
    const dHead = sink.slotOf(this.headName);
    const head = ops.headLossAndGradients(lnF.y, this.head, targets, scale, dHead);
    const final = sink.layer('ln_f');
    let dx: Tensor | null = ops.layerNormBackward(head.dx, x, gain, lnF.saved, undefined, final);
    release(head.dx, lnF.y, x, ...lnF.saved);

    for (let layer = nLayer - 1; layer >= 0 && dx; layer--) {
      const kept = must(blocks[layer], 'activations');
      const activations =
        'qkv' in kept
          ? kept
          : this.blockForward(kept.x, layer, shape, dropout, kept.updates).activations;
      dx = this.blockBackward(dx, activations, layer, shape, dropout, sink);
    }

    if (dx && dHead) {
      const site = dropoutSite(dropout, EMBEDDING_SITE);
      const dEmbedding = site ? ops.dropout(dx, site) : dx;
      const [dwte, dwpe] = [sink.slot('wte.weight'), sink.slot('wpe.weight')];
      ops.embeddingBackward(dEmbedding, tokens, dwte, dwpe);
      if (site) dEmbedding.dispose();
    }
    dx?.dispose();
    shape.documents?.dispose();
    return { loss: head.loss, gradients: sink.finish() };
  }

  /* ------------------------------------------------------------------ decoding */

  /**
   * Runs a prompt, tokens [B, T], with room for `capacity` positions. Returns the logits of the last position,
   * [B, V], and the state for {@link decode}. The caller disposes the logits, and the state with
   * {@link disposeState}.
   */
  startDecoding(tokens: TokenBatch, capacity: number): { logits: Tensor; state: DecodeState } {
    const { ops, config } = this;
    const { B, T } = tokens;
    this.checkTokens(tokens, 0);
    const shape = this.attentionShape(tokens);
    assert(tokens.starts === undefined, 'a prompt is one document');
    assert(capacity >= T && capacity <= config.blockSize, 'the cache holds the prompt and fits');
    const caches: KeyValueCache[] = [];
    let x = this.embed(tokens, undefined);
    for (let layer = 0; layer < config.nLayer; layer++) {
      const { output, activations } = this.blockForward(x, layer, shape, undefined, null);
      caches.push(ops.fillCache(activations.qkv, shape, capacity));
      releaseBlock(activations);
      x = must(output, 'the output');
    }
    const last = Int32Array.from({ length: B }, (_, b) => b * T + T - 1);
    const lastRows = ops.rows(x, last);
    x.dispose();
    const logits = this.headLogits(lastRows);
    return { logits, state: { caches, batch: B, capacity, length: T } };
  }

  /**
   * Adds one token to each sequence, ids [B] or those that a sampler has drawn last, and returns the logits
   * [B, V] of the position after it. The caller disposes them.
   */
  decode(next: Int32Array | DeviceSampler, state: DecodeState): Tensor {
    const { ops, config } = this;
    const B = state.batch;
    const position = state.length;
    assert(position < state.capacity, 'room in the cache');
    let x = this.embedNext(next, B, position);
    for (let layer = 0; layer < config.nLayer; layer++) {
      const cache = must(state.caches[layer], 'cache');
      const h = `h.${layer}`;
      const qkv = this.normProject(x, `${h}.ln_1`, layer, 'attn.c_attn', 'none');
      const attention = ops.attentionCached(
        qkv,
        cache,
        position,
        this.ofLayer({ B, T: 1, nHead: config.nHead }, layer),
      );
      const outUpdate = this.lowRankTerm(attention, layer, 'attn.c_proj', undefined);
      const middle = this.project(attention, `${h}.attn.c_proj`, {
        residual: x,
        lowRank: outUpdate,
      });
      release(x, qkv, attention);
      const inner = this.normProject(middle, `${h}.ln_2`, layer, 'mlp.c_fc', config.activation);
      const mlpUpdate = this.lowRankTerm(inner, layer, 'mlp.c_proj', undefined);
      x = this.project(inner, `${h}.mlp.c_proj`, { residual: middle, lowRank: mlpUpdate });
      release(middle, inner);
      for (const update of [outUpdate, mlpUpdate]) update?.low.dispose();
    }
    state.length = position + 1;
    return this.headLogits(x);
  }

  /** Frees the caches of a decoding state. */
  disposeState(state: DecodeState): void {
    for (const { k, v } of state.caches) release(k, v);
    state.caches.length = 0;
  }

  /** Frees the adapter and all parameters. */
  dispose(): void {
    this.setAdapter(null);
    for (const tensor of this.parameters.values()) tensor.dispose();
    this.parameters.clear();
  }

  /* ------------------------------------------------------------------ layers and blocks */

  private checkTokens(tokens: TokenBatch, start: number): void {
    const { ids, B, T, starts } = tokens;
    const { vocabSize, blockSize } = this.config;
    assert(ids.length === B * T && B > 0 && T > 0, 'tokens are [B, T]');
    const longest = starts ? Math.max(...positionsOf(tokens)) + 1 : T;
    assert(start + longest <= blockSize, `positions up to ${start + longest} of ${blockSize}`);
    for (const id of ids) assert(id >= 0 && id < vocabSize, `token ${id} of ${vocabSize}`);
  }

  /** Attention among these tokens, in any layer. The caller disposes its documents. */
  private attentionShape(tokens: TokenBatch): AttentionShape {
    const { B, T } = tokens;
    return { B, T, nHead: this.config.nHead, documents: this.ops.documents(tokens) };
  }

  private embed(tokens: TokenBatch, dropout: ModelDropout | undefined): Tensor {
    const x = this.ops.embedding(
      tokens,
      this.parameter('wte.weight'),
      this.parameter('wpe.weight'),
      0,
    );
    const site = dropoutSite(dropout, EMBEDDING_SITE);
    if (!site) return x;
    const dropped = this.ops.dropout(x, site);
    x.dispose();
    return dropped;
  }

  private embedNext(next: Int32Array | DeviceSampler, B: number, position: number): Tensor {
    const [wte, wpe] = [this.parameter('wte.weight'), this.parameter('wpe.weight')];
    if (!(next instanceof Int32Array)) {
      assert(next.batch === B, 'one token a sequence');
      return next.embedding(wte, wpe, position);
    }
    const tokens: TokenBatch = { ids: next, B, T: 1 };
    this.checkTokens(tokens, position);
    return this.ops.embedding(tokens, wte, wpe, position);
  }

  private normOf(name: string): Norm {
    return {
      gain: this.parameter(`${name}.weight`),
      bias: this.parameter(`${name}.bias`),
      epsilon: this.config.layerNormEpsilon,
    };
  }

  private norm(x: Tensor, name: string): { y: Tensor; saved: Saved } {
    const { gain, bias, epsilon } = this.normOf(name);
    return this.ops.layerNorm(x, gain, bias, epsilon);
  }

  private project(x: Tensor, name: string, epilogue?: LinearEpilogue): Tensor {
    const w = this.parameter(`${name}.weight`);
    return this.ops.linear(x, w, this.parameter(`${name}.bias`), epilogue);
  }

  /** A LayerNorm and the linear layer after it, for decoding. */
  private normProject(
    x: Tensor,
    norm: string,
    layer: number,
    target: LoraTarget,
    activation: Activation | 'none',
  ): Tensor {
    const name = `h.${layer}.${target}`;
    const w = this.parameter(`${name}.weight`);
    const b = this.parameter(`${name}.bias`);
    const update = this.lowRank(layer, target, undefined);
    return this.ops.normLinear(x, this.normOf(norm), w, b, activation, update);
  }

  /** The adapter's update of a layer, if it has one. */
  private lowRank(
    layer: number,
    target: LoraTarget,
    dropout: ModelDropout | undefined,
  ): LowRank | undefined {
    const { adapter, config } = this;
    if (!adapter?.settings.targets.includes(target)) return undefined;
    const names = adapterNames(`h.${layer}.${target}`);
    const { rank, alpha, dropout: rate } = adapter.settings;
    return {
      a: must(adapter.parameters.get(names.a), names.a),
      b: must(adapter.parameters.get(names.b), names.b),
      scale: alpha / rank,
      dropout: dropoutSite(
        dropout && { ...dropout, rate },
        adapterSite(config.nLayer, layer, target),
      ),
    };
  }

  /** The same update, with its first product computed from the layer's input x [N, in]. */
  private lowRankTerm(
    x: Tensor,
    layer: number,
    target: LoraTarget,
    dropout: ModelDropout | undefined,
  ): LowRankTerm | undefined {
    const update = this.lowRank(layer, target, dropout);
    return update && { ...update, low: this.ops.lowRank(x, update) };
  }

  /**
   * The first layer in the forward pass that has an update; null when the embeddings are trained. The backward
   * pass ends there.
   */
  private get lowestTarget(): LoraTarget | null {
    const { adapter } = this;
    return adapter && (LORA_TARGETS.find((t) => adapter.settings.targets.includes(t)) ?? null);
  }

  private shapes(): Map<string, readonly number[]> {
    return new Map([...this.trainable].map(([name, { shape }]) => [name, shape]));
  }

  /** The final LayerNorm and the head, x [rows, C] → logits [rows, V]. Disposes x. */
  private headLogits(x: Tensor): Tensor {
    const lnF = this.norm(x, 'ln_f');
    const logits = this.ops.logits(lnF.y, this.head);
    release(x, lnF.y, ...lnF.saved);
    return logits;
  }

  /** The final hidden states [N, C] after ln_f, without dropout. Keeps no activations. */
  private hidden(tokens: TokenBatch): Tensor {
    this.checkTokens(tokens, 0);
    const shape = this.attentionShape(tokens);
    let x = this.embed(tokens, undefined);
    for (let layer = 0; layer < this.config.nLayer; layer++) {
      const { output, activations } = this.blockForward(x, layer, shape, undefined, null);
      releaseBlock(activations);
      x = must(output, 'the output');
    }
    shape.documents?.dispose();
    const lnF = this.norm(x, 'ln_f');
    release(x, ...lnF.saved);
    return lnF.y;
  }

  /**
   * The forward pass of a block, x [N, C] → output [N, C] and activations, which include x. With the updates
   * of an earlier pass in `recomputed`, only the activations are computed again, and the output is null.
   */
  private blockForward(
    x: Tensor,
    layer: number,
    shape: AttentionShape,
    dropout: ModelDropout | undefined,
    recomputed: ReadonlyMap<LoraTarget, LowRankTerm> | null,
  ): { output: Tensor | null; activations: BlockActivations } {
    const { ops, config } = this;
    const h = `h.${layer}`;
    const updates = new Map<LoraTarget, LowRankTerm>();
    const update = (input: Tensor, target: LoraTarget): LowRankTerm | undefined => {
      const term = recomputed?.get(target) ?? this.lowRankTerm(input, layer, target, dropout);
      if (term) updates.set(target, term);
      return term;
    };

    const ln1 = this.norm(x, `${h}.ln_1`);
    const qkv = this.project(ln1.y, `${h}.attn.c_attn`, {
      lowRank: update(ln1.y, 'attn.c_attn'),
    }); // [N, 3C]
    ln1.y.dispose();
    const attention = ops.attention(
      qkv,
      this.ofLayer(shape, layer),
      dropoutSite(dropout, attentionSite(layer)),
    ); // [N, C]
    const middle = this.project(attention.y, `${h}.attn.c_proj`, {
      lowRank: update(attention.y, 'attn.c_proj'),
      dropout: dropoutSite(dropout, attentionProjectionSite(layer)),
      residual: x,
    });

    const ln2 = this.norm(middle, `${h}.ln_2`);
    const fcUpdate = update(ln2.y, 'mlp.c_fc');
    let fc: Tensor; // [N, I]
    let output: Tensor | null = null;
    if (recomputed) {
      fc = this.project(ln2.y, `${h}.mlp.c_fc`, { lowRank: fcUpdate });
    } else {
      const w = this.parameter(`${h}.mlp.c_fc.weight`);
      const b = this.parameter(`${h}.mlp.c_fc.bias`);
      const inner = ops.linearActivated(ln2.y, w, b, config.activation, fcUpdate);
      fc = inner.input;
      const lowRank = update(inner.y, 'mlp.c_proj');
      output = this.project(inner.y, `${h}.mlp.c_proj`, {
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

  /**
   * The backward pass of a block, d(output) [N, C] → d(input) [N, C], or null if nothing before it is trained.
   * Disposes dOut and the activations, each as soon as it is no longer needed, so that later tensors can use
   * its memory.
   */
  private blockBackward(
    dOut: Tensor,
    a: BlockActivations,
    layer: number,
    shape: AttentionShape,
    dropout: ModelDropout | undefined,
    sink: GradientSink,
  ): Tensor | null {
    const { ops } = this;
    const h = `h.${layer}`;
    const lowest = layer === 0 ? this.lowestTarget : null;
    const update = (target: LoraTarget): LowRankBackward | undefined => {
      const term = a.updates.get(target);
      if (!term) return undefined;
      const names = adapterNames(`${h}.${target}`);
      return { ...term, da: sink.slot(names.a), db: sink.slot(names.b) };
    };

    // output = middle + dropout(activated(fc(ln_2(middle))) · c_proj)
    const mlpSite = dropoutSite(dropout, mlpProjectionSite(layer));
    const dMlp = mlpSite ? ops.dropout(dOut, mlpSite) : dOut;
    const dFc = ops.linearAfterActivationBackward(
      dMlp,
      a.fc,
      this.parameter(`${h}.mlp.c_proj.weight`),
      this.config.activation,
      sink.layer(`${h}.mlp.c_proj`),
      update('mlp.c_proj'),
    );
    if (mlpSite) dMlp.dispose();
    a.fc.dispose();
    const dMiddle = ops.normLinearBackward(
      dFc,
      a.middle,
      this.normOf(`${h}.ln_2`),
      a.ln2Saved,
      this.parameter(`${h}.mlp.c_fc.weight`),
      dOut,
      this.gradientsOf(sink, `${h}.ln_2`, `${h}.mlp.c_fc`, update('mlp.c_fc')),
    );
    release(dFc, dOut, a.middle, ...a.ln2Saved);
    const isMlpOnly = lowest === 'mlp.c_fc' || lowest === 'mlp.c_proj';
    const dX = isMlpOnly
      ? null
      : this.attentionBackward(dMiddle, a, layer, shape, dropout, sink, update, lowest);
    dMiddle.dispose();
    releaseBlock(a);
    return dX;
  }

  /** The attention part of {@link blockBackward}, d(middle) [N, C] → d(input) [N, C]. */
  private attentionBackward(
    dMiddle: Tensor,
    a: BlockActivations,
    layer: number,
    shape: AttentionShape,
    dropout: ModelDropout | undefined,
    sink: GradientSink,
    update: (target: LoraTarget) => LowRankBackward | undefined,
    lowest: LoraTarget | null,
  ): Tensor | null {
    const { ops } = this;
    const h = `h.${layer}`;
    // middle = x + dropout(attention(ln_1(x)) · c_proj)
    const site = dropoutSite(dropout, attentionProjectionSite(layer));
    const dProjected = site ? ops.dropout(dMiddle, site) : dMiddle;
    const dAttention = ops.linearBackward(
      dProjected,
      a.attention,
      this.parameter(`${h}.attn.c_proj.weight`),
      sink.layer(`${h}.attn.c_proj`),
      update('attn.c_proj'),
    );
    if (site) dProjected.dispose();
    if (lowest === 'attn.c_proj') {
      dAttention.dispose();
      return null;
    }
    const dQkv = ops.attentionBackward(
      dAttention,
      a.attention,
      a.qkv,
      a.attentionSaved,
      this.ofLayer(shape, layer),
      dropoutSite(dropout, attentionSite(layer)),
    );
    release(dAttention, a.attention, a.qkv, ...a.attentionSaved);
    const last = update('attn.c_attn');
    const norm = this.normOf(`${h}.ln_1`);
    let dX: Tensor | null = null;
    if (last && lowest === 'attn.c_attn') {
      const ln1 = ops.layerNorm(a.x, norm.gain, norm.bias, norm.epsilon);
      ops.lowRankBackward(dQkv, ln1.y, last);
      release(ln1.y, ...ln1.saved);
    } else {
      const w = this.parameter(`${h}.attn.c_attn.weight`);
      const into = this.gradientsOf(sink, `${h}.ln_1`, `${h}.attn.c_attn`, last);
      dX = ops.normLinearBackward(dQkv, a.x, norm, a.ln1Saved, w, dMiddle, into);
    }
    dQkv.dispose();
    return dX;
  }

  private gradientsOf(
    sink: GradientSink,
    norm: string,
    linear: string,
    lowRank: LowRankBackward | undefined,
  ): NormLinearGradients {
    return { norm: sink.layer(norm), linear: sink.layer(linear), lowRank };
  }
}

/** Turns gradients by name into slots for the operations, and collects afterwards what is in the slots. */
class GradientSink {
  private readonly gradients: Gradients;
  private readonly accumulate: boolean;
  private readonly slots = new Map<string, GradientSlot>();

  constructor(gradients: Gradients, add: boolean) {
    this.gradients = gradients;
    this.accumulate = add;
  }

  /** A parameter that is used twice adds the gradient of its second use to that of its first. */
  slot(name: string): GradientSlot {
    const before = this.slots.get(name);
    const value = before?.value ?? this.gradients.get(name);
    const slot = {
      value: must(value, `the gradient of ${name}`),
      accumulate: this.accumulate || before !== undefined,
    };
    this.slots.set(name, slot);
    return slot;
  }

  /** Null for a frozen parameter. */
  slotOf(name: string): GradientSlot | null {
    return this.gradients.has(name) ? this.slot(name) : null;
  }

  /** Null for a frozen layer. */
  layer(name: string): LayerGradients | null {
    const weight = this.slotOf(`${name}.weight`);
    return weight && { weight, bias: this.slot(`${name}.bias`) };
  }

  /** The map of gradients, with the tensors that the operations have put into the slots. */
  finish(): Gradients {
    for (const [name, slot] of this.slots) this.gradients.set(name, slot.value);
    return this.gradients;
  }
}

function release(...tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}

function releaseBlock(a: BlockActivations): void {
  a.x.dispose();
  for (const { low } of a.updates.values()) low.dispose();
  releaseAllButInput(a);
}

function releaseAllButInput(a: BlockActivations): void {
  release(...a.ln1Saved, a.qkv, a.attention, ...a.attentionSaved);
  release(a.middle, ...a.ln2Saved, a.fc);
}
