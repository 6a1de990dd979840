/**
 * GPT-2, forward and backward (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019;
 * the same function as the Hub's `GPT2LMHeadModel`). It is written like llm.c's `train_gpt2.c`: there is no
 * autodiff tape, the backward pass is written out, and it is visible which activations the forward pass keeps.
 *
 * This file is the order of things: embedding, blocks, head. What a block does is in `block.ts`, and the layers
 * that forward pass, backward pass and decoding have in common are in `layers.ts`. The weights and the adapter are
 * in `model-weights.ts`.
 *
 * The model knows nothing about optimizers, data or schedules. The axes are those of `ops/ops.ts`; N = B·T.
 */

import { assert, must } from '../core/assert.ts';
import { complete, type Parts } from '../core/parts.ts';
import { positionsOf } from '../ops/documents.ts';
import type {
  AttentionShape,
  InputGradient,
  KeyValueCache,
  Tensor,
  TokenBatch,
} from '../ops/operands.ts';
import type { DeviceSampler } from '../ops/sampler.ts';
import {
  Block,
  type BlockActivations,
  type KeptBlock,
  release,
  releaseAllButInput,
  releaseAllButProjections,
  releaseKept,
  tensorsOf,
} from './block.ts';
import { type GradientOptions, GradientSink, type LossAndGradients } from './gradient-sink.ts';
import { ModelWeights } from './model-weights.ts';
import { dropoutSite, EMBEDDING_SITE, type ModelDropout } from './layers.ts';

/** The state of decoding: one KV cache per layer, and `length`, the number of positions in it. */
export interface DecodeState {
  readonly caches: KeyValueCache[];
  readonly batch: number;
  readonly capacity: number;
  length: number;
}

export class GPT2 extends ModelWeights {
  private readonly blocks = Array.from(
    { length: this.config.nLayer },
    (_, layer) => new Block(this.layers, layer),
  );

  /**
   * The mean cross-entropy as a scalar, without dropout; tokens [B, T], targets [N], of which negative ones
   * don't count. The caller disposes it.
   */
  loss(tokens: TokenBatch, targets: Int32Array): Tensor {
    return complete(this.lossInParts(tokens, targets));
  }

  /** The same in parts, as {@link lossAndGradientsInParts}. */
  *lossInParts(tokens: TokenBatch, targets: Int32Array): Parts<Tensor> {
    const hidden = yield* this.hiddenInParts(tokens);
    if (hidden === null) return null;
    try {
      return yield* this.ops.headLoss(hidden, this.head, targets);
    } finally {
      hidden.dispose();
    }
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
  ): LossAndGradients {
    return complete(this.lossAndGradientsInParts(tokens, targets, options));
  }

  /**
   * The same, a part of a block or of the head at a time, so that a thread that computes can listen in between. If it is
   * given up, by returning null to the generator, or throws, it disposes all that it has made but the gradients
   * in `into`, whose contents are undefined then.
   */
  *lossAndGradientsInParts(
    tokens: TokenBatch,
    targets: Int32Array,
    options: GradientOptions,
  ): Parts<LossAndGradients> {
    const { ops, config } = this;
    const { nLayer } = config;
    const { dropout, scale } = options;
    this.checkTokens(tokens, 0);
    const shape = this.attentionShape(tokens);
    const gradients = options.into ?? ops.allocate(this.shapes());
    const sink = new GradientSink(
      gradients,
      options.into !== undefined && options.accumulate === true,
    );
    const kept: KeptBlock[] = [];
    /** What is alive between two parts, besides what is kept. */
    let alive: Tensor[] = [];
    let isDone = false;
    try {
      // Forward
      let x = this.embed(tokens, dropout);
      for (const [layer, block] of this.blocks.entries()) {
        alive = [x];
        yield;
        const { output, activations } = block.forward(x, shape, dropout, null);
        // The last block's activations are needed at once.
        if (layer === nLayer - 1) kept.push(activations);
        else if (options.checkpointing) {
          releaseAllButInput(activations);
          kept.push({ x, updates: activations.updates });
        } else kept.push(options.hasHalfActivations ? block.keepHalves(activations) : activations);
        x = must(output, 'the output');
      }
      alive = [x];
      yield;
      const norm = this.layers.normOf('ln_f');
      const lnF = ops.layerNorm(x, norm);
      alive = [x, lnF.y, ...lnF.saved];

      // Backward
      const dHead = sink.slotOf(this.headName);
      const head = yield* ops.headLossAndGradients(lnF.y, this.head, targets, scale, dHead);
      if (head === null) return null;
      const final = sink.layer('ln_f');
      // Every layer's gradient comes with the dropout with which the backward pass of the layer below begins.
      const below = (layer: number) =>
        this.blocks[layer - 1]?.outputDropout(dropout) ?? dropoutSite(dropout, EMBEDDING_SITE);
      const { gain } = norm;
      const site = below(nLayer);
      let gradient: InputGradient | null = ops.layerNormBackward(
        ...([head.dx, x, gain, lnF.saved, undefined, final, site] as const),
      );
      release(head.dx, lnF.y, x, ...lnF.saved);

      for (let layer = nLayer - 1; layer >= 0 && gradient; layer--) {
        alive = [...tensorsOf(gradient), head.loss];
        yield;
        const block = must(this.blocks[layer], 'a block');
        const before = must(kept[layer], 'activations');
        let a: BlockActivations;
        if ('qkv' in before) a = before;
        else if ('halves' in before) a = block.restoreHalves(before);
        else a = block.forward(before.x, shape, dropout, before.updates).activations;
        kept[layer] = a;
        if (!('qkv' in before || 'halves' in before)) yield;
        const back: { dIn: InputGradient | null } | null = yield* block.backward(
          ...([gradient, a, shape, dropout, sink, below(layer)] as const),
        );
        if (back === null) return null;
        gradient = back.dIn;
      }

      if (gradient && dHead) {
        const [dwte, dwpe] = [sink.slot('wte.weight'), sink.slot('wpe.weight')];
        ops.embeddingBackward(gradient.dropped ?? gradient.dx, tokens, dwte, dwpe);
      }
      if (gradient) release(...tensorsOf(gradient));
      isDone = true;
      return { loss: head.loss, gradients };
    } finally {
      sink.finish();
      shape.documents?.dispose();
      if (!isDone) {
        release(...alive);
        for (const activations of kept) releaseKept(activations);
        if (options.into === undefined) release(...gradients.values());
      }
    }
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
    assert(tokens.starts === undefined, 'a prompt is one document');
    const shape = this.attentionShape(tokens);
    assert(capacity >= T && capacity <= config.blockSize, 'the cache holds the prompt and fits');
    const caches: KeyValueCache[] = [];
    let x = this.embed(tokens, undefined);
    for (const block of this.blocks) {
      const { output, activations } = block.forward(x, shape, undefined, null);
      caches.push(ops.fillCache(activations.qkv, shape, capacity));
      releaseKept(activations);
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
    const B = state.batch;
    const position = state.length;
    assert(position < state.capacity, 'room in the cache');
    let x = this.embedNext(next, B, position);
    for (const [layer, block] of this.blocks.entries()) {
      const cache = must(state.caches[layer], 'cache');
      x = block.decode(x, cache, position, B);
    }
    state.length = position + 1;
    return this.headLogits(x);
  }

  /** Frees the caches of a decoding state. */
  disposeState(state: DecodeState): void {
    for (const { k, v } of state.caches) release(k, v);
    state.caches.length = 0;
  }

  /* ------------------------------------------------------------------ before and after the blocks */

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

  private shapes(): Map<string, readonly number[]> {
    return new Map([...this.trainable].map(([name, { shape }]) => [name, shape]));
  }

  /** The final LayerNorm and the head, x [rows, C] → logits [rows, V]. Disposes x. */
  private headLogits(x: Tensor): Tensor {
    const lnF = this.layers.norm(x, 'ln_f');
    const logits = this.ops.logits(lnF.y, this.head);
    release(x, lnF.y, ...lnF.saved);
    return logits;
  }

  /**
   * The final hidden states [N, C] after ln_f, without dropout. Keeps no activations. The caller disposes
   * them.
   */
  hidden(tokens: TokenBatch): Tensor {
    return complete(this.hiddenInParts(tokens));
  }

  /**
   * The same, one block at a time.
   *
   * @param projections If it is given, the queries, keys and values of each layer, [N, 3C], are added to it after
   *   that layer's part. They belong to the caller.
   */
  *hiddenInParts(tokens: TokenBatch, projections?: Tensor[]): Parts<Tensor> {
    this.checkTokens(tokens, 0);
    const shape = this.attentionShape(tokens);
    let x = this.embed(tokens, undefined);
    try {
      for (const block of this.blocks) {
        yield;
        const { output, activations } = block.forward(x, shape, undefined, null);
        if (projections) projections.push(releaseAllButProjections(activations));
        else releaseKept(activations);
        x = must(output, 'the output');
      }
      yield;
      const lnF = this.layers.norm(x, 'ln_f');
      release(...lnF.saved);
      return lnF.y;
    } finally {
      release(x);
      shape.documents?.dispose();
    }
  }
}
