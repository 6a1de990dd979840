/**
 * Compiles every kernel that GPT-2 124M needs, on Dawn, which prints the SPIR-V of each of them
 * (toggle `dump_shaders`). Nothing is computed: the trainer and the decoder run on a device on paper
 * that only hands shader modules and pipelines on to the real one.
 *
 * `gpu-stats.mjs VENDOR [all]` compiles the variants that a card of this vendor gets (`amd`, `intel`, …), with
 * `all` in every shape of tile.
 * `npm run gpu-stats` runs it and reads what Dawn prints (gpu_stats.py).
 */

import { create, globals } from 'webgpu';
import { GpuContext } from '../../src/gpu/context.ts';
import { sameTiles, shapesFor } from '../../src/gpu/kernels/tile-shapes.ts';
import { paperDevice } from '../../src/gpu/paper.ts';
import { type GPT2Config, PLAIN_GPT2 } from '../../src/model/config.ts';
import { GPT2 } from '../../src/model/gpt2.ts';
import type { Parameters } from '../../src/model/model-weights.ts';
import { createAdapter, initialAdapter } from '../../src/model/lora.ts';
import { parameterShapes } from '../../src/model/weights.ts';
import type { Precision } from '../../src/ops/operands.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../src/train/adamw.ts';
import { defaultLora, weightPrecision } from '../../src/train/recipe.ts';
import type { TrainingMode } from '../../src/domain/recipe.ts';
import { drawTokens } from '../../src/generate/tokens.ts';

Object.assign(globalThis, globals);

const config: GPT2Config = {
  nLayer: 2,
  nHead: 12,
  nEmbd: 768,
  blockSize: 1024,
  vocabSize: 50_257,
  ...PLAIN_GPT2,
  endOfTextId: 50_256,
};

const modes: readonly TrainingMode[] = [
  { kind: 'full' },
  { kind: 'lora', isBaseHalf: false, ...defaultLora },
  { kind: 'lora', isBaseHalf: true, ...defaultLora },
];

const compiling = create(['enable-dawn-features=dump_shaders']);

/** A device on paper of this vendor's, whose shader modules and pipelines are real. */
async function compilingDevice(vendor: string): Promise<GPUDevice> {
  const adapter = await compiling.requestAdapter();
  if (adapter === null) throw new Error('no Vulkan driver');
  const requiredLimits: Record<string, number> = {};
  for (const name in adapter.limits) {
    const value = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') requiredLimits[name] = value;
  }
  const features = [...adapter.features] as GPUFeatureName[];
  const real = await adapter.requestDevice({ requiredLimits, requiredFeatures: features });
  const paper = paperDevice(real.limits);
  return Object.assign(paper, {
    adapterInfo: { vendor },
    createShaderModule: (how: GPUShaderModuleDescriptor) => real.createShaderModule(how),
    createBindGroupLayout: (how: GPUBindGroupLayoutDescriptor) => real.createBindGroupLayout(how),
    createPipelineLayout: (how: GPUPipelineLayoutDescriptor) => real.createPipelineLayout(how),
    createComputePipeline: (how: GPUComputePipelineDescriptor) => real.createComputePipeline(how),
  });
}

function modelOf(ops: WebGPUOps, mode: TrainingMode, stored?: Precision): GPT2 {
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    const isMatrix = shape.length > 1;
    const precision = stored && isMatrix ? stored : weightPrecision(mode, shape);
    parameters.set(name, ops.gpu.reserve(shape, precision));
  }
  const model = new GPT2(ops, config, parameters);
  if (mode.kind === 'lora') {
    model.setAdapter(createAdapter(ops, config, mode, initialAdapter(config, mode, 1)));
  }
  return model;
}

async function train(ops: WebGPUOps, mode: TrainingMode): Promise<void> {
  const model = modelOf(ops, mode);
  const optimizer = new AdamW(ops, model.trainable, defaultAdamW);
  const [B, T] = [4, 256];
  const ids = Int32Array.from({ length: B * T }, (_, i) => i);
  for (const checkpointing of [false, true]) {
    for (const microStep of [0, 1]) {
      const { gradients } = model.lossAndGradients({ ids, B, T }, ids, {
        scale: 1,
        dropout: { rate: 0.1, seed: 1, microStep },
        checkpointing,
        hasHalfActivations: true,
      });
      if (microStep === 1) optimizer.step(gradients, 1e-4);
    }
  }
  model.loss({ ids, B, T }, ids);
}

async function decode(ops: WebGPUOps, precision: Precision): Promise<void> {
  const model = modelOf(ops, { kind: 'full' }, precision);
  for (const count of [1, 5]) {
    const rows = drawTokens(ops, model, {
      prompt: Int32Array.of(config.endOfTextId, 1, 2, 3),
      capacity: 8,
      endOfTextId: config.endOfTextId,
      vocabSize: config.vocabSize,
      count,
      minTokens: 0,
      seed: 1,
      temperature: 1,
      topK: 50,
      topP: 0.95,
      repetitionPenalty: 1,
    });
    for await (const _ of rows) break;
  }
}

const [vendor = '', tiles = ''] = process.argv.slice(2);
const device = await compilingDevice(vendor);
const shapes = tiles === 'all' ? shapesFor(device).map(sameTiles) : [undefined];
for (const shape of shapes) {
  const how = { isSoftware: false, tiles: shape };
  for (const mode of modes) await train(new WebGPUOps(new GpuContext(device, how)), mode);
}
for (const precision of ['f32', 'f16'] as const) {
  await decode(new WebGPUOps(new GpuContext(device, { isSoftware: false })), precision);
}
// Dawn keeps threads alive.
process.exit(0);
