/** The layers of `WebGPUOps`, forward and backward. */

import { must } from '../core/assert.ts';
import { inOnePart, type Parts } from '../core/parts.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import { extentsOf } from './documents.ts';
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
import { attention, attentionBackward } from './webgpu-attention.ts';
import { allLogits, embedding, embeddingBackward, headLoss } from './webgpu-head.ts';
import {
  layerNorm,
  layerNormBackward,
  project,
  projectBack,
  weightGradients,
} from './webgpu-layers.ts';
import {
  lowRankDown,
  lowRankEpilogue,
  lowRankEpilogueBack,
  lowRankGradients,
  lowRankUp,
  mergeLowRank,
} from './webgpu-low-rank.ts';
import { add, convert, dropout, toHalves } from './webgpu-elements.ts';
import { fitsLogitsRows, fitsLinearRows, linearRows, logitsRows } from './webgpu-decode.ts';
import { asGpu, matrixShape } from './webgpu-tensors.ts';
import type { LayerOps } from './layer-ops.ts';
import { WebGPUTransferOps } from './webgpu-transfer-ops.ts';

export class WebGPULayerOps extends WebGPUTransferOps implements LayerOps {
  /** Int32 [N, 2]: where the document of each token begins and ends. */
  documents(tokens: TokenBatch): GpuTensor | undefined {
    if (tokens.starts === undefined) return undefined;
    return this.gpu.upload(extentsOf(tokens), [tokens.ids.length, 2]);
  }

  embedding(tokens: TokenBatch, wte: Tensor, wpe: Tensor, start: number): GpuTensor {
    return embedding(this.gpu, tokens, asGpu(wte), asGpu(wpe), start);
  }

  embeddingBackward(dx: Tensor, tokens: TokenBatch, dwte: GradientSlot, dwpe: GradientSlot): void {
    if (!dwte.accumulate) this.gpu.clear(asGpu(dwte.value));
    embeddingBackward(this.gpu, asGpu(dx), tokens, asGpu(dwte.value), dwpe);
  }

  layerNorm(x: Tensor, { gain, bias, epsilon }: Norm, update?: LowRank): Normalized {
    const { gpu } = this;
    const of = layerNorm(gpu, asGpu(x), asGpu(gain), asGpu(bias), epsilon, update);
    return { y: of.y, saved: [of.stats], low: of.low };
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
    return layerNormBackward(this.gpu, asGpu(dy), {
      x: asGpu(x),
      gain: asGpu(gain),
      stats: asGpu(must(saved[0], 'the saved statistics')),
      residual: residual && asGpu(residual),
      into,
      dropout,
    });
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
    const { gpu } = this;
    const { epilogue, dLow } = lowRankEpilogueBack(gpu, asGpu(dy), into.lowRank);
    const dNorm = projectBack(gpu, asGpu(dy), asGpu(w), epilogue);
    const y = into.linear || into.lowRank ? gpu.empty(x.shape) : null;
    const gradient = layerNormBackward(this.gpu, dNorm, {
      x: asGpu(x),
      gain: asGpu(norm.gain),
      stats: asGpu(must(saved[0], 'the saved statistics')),
      residual: asGpu(residual),
      into: into.norm,
      output: y ? { bias: asGpu(norm.bias), y } : undefined,
      dropout,
    });
    dNorm.dispose();
    if (y) {
      weightGradients(gpu, asGpu(dy), y, into.linear);
      lowRankGradients(gpu, asGpu(dy), y, into.lowRank, dLow);
      y.dispose();
    }
    return gradient;
  }

  linear(x: Tensor, w: Tensor, b: Tensor, epilogue: LinearEpilogue = {}): Tensor {
    const { dropout, residual, lowRank } = epilogue;
    if (!dropout && fitsLinearRows(asGpu(x), asGpu(w))) {
      return this.linearRows(x, w, b, lowRank, residual, 'none');
    }
    return project(this.gpu, asGpu(x), asGpu(w), {
      bias: asGpu(b),
      ...lowRankEpilogue(lowRank),
      dropout: dropout && dropout.rate > 0 ? dropout : undefined,
      residual: residual && asGpu(residual),
    });
  }

  /** {@link linearRows} with a low-rank update, which takes the place of the residual. */
  protected linearRows(
    x: Tensor,
    w: Tensor,
    b: Tensor,
    lowRank: LowRankTerm | undefined,
    residual: Tensor | undefined,
    activation: Activation | 'none',
  ): Tensor {
    const residualOnly = residual && asGpu(residual);
    const update = lowRank && lowRankUp(this.gpu, lowRank, residualOnly);
    const epilogue = { residual: update ?? residualOnly, activation };
    const y = linearRows(this.gpu, asGpu(x), asGpu(w), asGpu(b), epilogue);
    update?.dispose();
    return y;
  }

  linearActivated(
    x: Tensor,
    w: Tensor,
    b: Tensor,
    activation: Activation,
    lowRank?: LowRankTerm,
  ): { input: Tensor; y: Tensor } {
    const input = this.gpu.empty([matrixShape(asGpu(x))[0], matrixShape(asGpu(w))[1]]);
    const epilogue = {
      bias: asGpu(b),
      ...lowRankEpilogue(lowRank),
      activation: { kind: activation, input },
    };
    return { input, y: project(this.gpu, asGpu(x), asGpu(w), epilogue) };
  }

  linearBackward(
    dy: Tensor,
    x: Tensor,
    w: Tensor,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor {
    weightGradients(this.gpu, asGpu(dy), asGpu(x), into);
    const { epilogue, dLow } = lowRankEpilogueBack(this.gpu, asGpu(dy), lowRank);
    const dx = projectBack(this.gpu, asGpu(dy), asGpu(w), epilogue);
    lowRankGradients(this.gpu, asGpu(dy), asGpu(x), lowRank, dLow);
    return dx;
  }

  lowRank(x: Tensor, update: LowRank): Tensor {
    return lowRankDown(this.gpu, asGpu(x), update);
  }

  lowRankBackward(dy: Tensor, x: Tensor, update: LowRankBackward): void {
    lowRankGradients(this.gpu, asGpu(dy), asGpu(x), update, null);
  }

  toHalves(w: Tensor): Tensor | null {
    return toHalves(this.gpu, asGpu(w));
  }

  keepHalves([a, b, c]: ThreeOf<Tensor>): ThreeOf<Tensor> {
    return convert(this.gpu, [asGpu(a), asGpu(b), asGpu(c)], 'f16');
  }

  restoreHalves([a, b, c]: ThreeOf<Tensor>): ThreeOf<Tensor> {
    return convert(this.gpu, [asGpu(a), asGpu(b), asGpu(c)], 'f32');
  }

  merge(w: Tensor, update: LowRank): Tensor {
    return mergeLowRank(this.gpu, asGpu(w), update);
  }

  linearAfterActivationBackward(
    dy: Tensor,
    input: Tensor,
    w: Tensor,
    activation: Activation,
    into: LayerGradients | null,
    lowRank?: LowRankBackward,
  ): Tensor {
    const x = into || lowRank ? this.gpu.empty(input.shape) : undefined;
    const activationGrad = { kind: activation, input: asGpu(input), output: x };
    const { epilogue, dLow } = lowRankEpilogueBack(this.gpu, asGpu(dy), lowRank);
    const dInput = projectBack(this.gpu, asGpu(dy), asGpu(w), { activationGrad, ...epilogue });
    if (x) {
      weightGradients(this.gpu, asGpu(dy), x, into);
      lowRankGradients(this.gpu, asGpu(dy), x, lowRank, dLow);
      x.dispose();
    }
    return dInput;
  }

  attention(
    qkv: Tensor,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): { y: Tensor; saved: Saved } {
    const { y, logSums } = attention(this.gpu, asGpu(qkv), shape, dropout);
    return { y, saved: [logSums] };
  }

  attentionBackward(
    dy: Tensor,
    y: Tensor,
    qkv: Tensor,
    saved: Saved,
    shape: AttentionShape,
    dropout: DropoutSite | undefined,
  ): Tensor {
    const logSums = asGpu(must(saved[0], 'the saved sums'));
    return attentionBackward(this.gpu, asGpu(dy), asGpu(y), asGpu(qkv), logSums, shape, dropout);
  }

  dropout(x: Tensor, site: DropoutSite): Tensor {
    return dropout(this.gpu, asGpu(x), site);
  }

  add(a: Tensor, b: Tensor): Tensor {
    return add(this.gpu, asGpu(a), asGpu(b));
  }

  /* ------------------------------------------------------------------ head */

  headLoss(x: Tensor, wte: Tensor, targets: Int32Array): Parts<Tensor> {
    return inOnePart(() => headLoss(this.gpu, asGpu(x), asGpu(wte), targets, null).loss);
  }

  headLossAndGradients(
    x: Tensor,
    wte: Tensor,
    targets: Int32Array,
    scale: number,
    dwte: GradientSlot | null,
  ): Parts<{ loss: Tensor; dx: Tensor }> {
    return inOnePart(() => {
      const { loss, dx } = headLoss(this.gpu, asGpu(x), asGpu(wte), targets, { scale, dwte });
      return { loss, dx: must(dx, 'dx') };
    });
  }

  logits(x: Tensor, wte: Tensor): Tensor {
    const isFew = fitsLogitsRows(asGpu(x));
    return (isFew ? logitsRows : allLogits)(this.gpu, asGpu(x), asGpu(wte));
  }
}
