/** Runs our engine in its own process, like its peers (`host.mjs`), with steps on request. */

import { randomUnit } from '../../../src/core/random.ts';
import { drawTokens } from '../../../src/generate/tokens.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { describeAdapter } from '../../../src/gpu/device.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../../src/train/adamw.ts';
import { requireDevice, tfjsOn } from '../../support/node-backends.ts';
import { timeMatmul } from '../matmul.ts';
import { configOf, cpuMs, randomModel, type Shape } from '../train.ts';
import type { HostOptions, Turn } from './peers.ts';

interface TokenTimes {
  readonly ms: number;
  readonly cpuMs: number;
}

/** Returns a function that runs one step and returns its loss, like the peers'. */
function createStep(ops: Ops, shape: Shape): () => Promise<number> {
  const { B, T, V } = shape;
  const model = randomModel(ops, configOf(shape));
  const optimizer = new AdamW(ops, model.parameters, defaultAdamW);
  const shapes = new Map([...model.parameters].map(([name, { shape: s }]) => [name, s]));
  const into = ops.allocate(shapes);
  const random = (stream: number) =>
    Int32Array.from({ length: B * T }, (_, i) => Math.floor(V * randomUnit(2, stream, i)));
  const [ids, targets] = [random(0), random(1)];
  return async () => {
    const { loss } = model.lossAndGradients({ ids, B, T }, targets, { scale: 1, into });
    optimizer.step(into, 1e-3);
    const [value] = await ops.read(loss);
    loss.dispose();
    return value ?? Number.NaN;
  };
}

/** Returns a function that returns how long the next token took. Several tokens arrive at a time. */
function createDecoding(ops: Ops, shape: Shape): () => Promise<TokenTimes> {
  const model = randomModel(ops, configOf(shape));
  const start = () =>
    drawTokens(ops, model, {
      ...{ temperature: 1, topK: 1, topP: 1, repetitionPenalty: 1, seed: 1 }, // greedy
      ...{ prompt: Int32Array.of(0), count: 1, capacity: shape.T, minTokens: shape.T },
      endOfTextId: model.config.endOfTextId,
      vocabSize: model.config.vocabSize,
    });
  let rows = start();
  const waiting: TokenTimes[] = [];
  return async () => {
    while (waiting.length === 0) {
      const [startedMs, startedCpuMs] = [performance.now(), cpuMs()];
      const { value, done } = await rows.next();
      const count = done ? 0 : value.length;
      const each = {
        ms: (performance.now() - startedMs) / count,
        cpuMs: (cpuMs() - startedCpuMs) / count,
      };
      for (let i = 0; i < count; i++) waiting.push(each);
      if (done) rows = start();
    }
    return waiting.shift() as TokenTimes;
  };
}

export async function main(json: string): Promise<void> {
  const { job, backend, shape } = JSON.parse(json) as HostOptions;
  let gpu: GpuContext | null = null;
  if (backend === 'webgpu') {
    const { device, adapterInfo } = await requireDevice('all');
    gpu = new GpuContext(device, { isSoftware: describeAdapter(adapterInfo).isSoftware });
  } else await tfjsOn('wasm', null);
  const ops = gpu ? new WebGPUOps(gpu) : new PortableOps();
  const answer = job === 'decode' ? decodingTurns(ops, shape) : trainingTurns(ops, shape, gpu);
  process.on('message', (steps: number) => void answer(steps).then((turn) => process.send?.(turn)));
  process.send?.('ready');
  await new Promise(() => {}); // until the parent ends this process
}

function decodingTurns(ops: Ops, shape: Shape): (tokens: number) => Promise<Turn> {
  const next = createDecoding(ops, shape);
  return async (tokens) => {
    const all: TokenTimes[] = [];
    for (let i = 0; i < tokens; i++) all.push(await next());
    const times = all.map(({ ms }) => ms);
    return { times, cpuTimes: all.map((token) => token.cpuMs), loss: null };
  };
}

function trainingTurns(
  ops: Ops,
  shape: Shape,
  gpu: GpuContext | null,
): (steps: number) => Promise<Turn> {
  const step = createStep(ops, shape);
  return async (steps) => {
    const times: number[] = [];
    const cpuTimes: number[] = [];
    let loss: number | null = null;
    for (let i = 0; i < steps; i++) {
      const startedMs = performance.now();
      const startedCpuMs = cpuMs();
      loss = await step();
      times.push(performance.now() - startedMs);
      cpuTimes.push(cpuMs() - startedCpuMs);
    }
    const turn = { times, cpuTimes, loss };
    if (gpu === null) return turn;
    const { gflops, cpuGflops } = await timeMatmul(gpu, 1024, 3);
    const best = (of: Record<string, number>) => Math.max(...Object.values(of));
    return { ...turn, matmul: { gflops: best(gflops), cpuGflops: best(cpuGflops) } };
  };
}
