/** Our engine in a process of its own, beside its peers' (`host.mjs`): steps when asked for. */

import { randomUnit } from '../../../src/core/random.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import { describeAdapter } from '../../../src/gpu/device.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../../src/train/adamw.ts';
import { requireDevice, tfjsOn } from '../../support/node-backends.ts';
import { timeMatmul } from '../matmul.ts';
import { configOf, cpuMs, randomModel, type Shape } from '../train.ts';
import type { PeerBackend, Turn } from './peers.ts';

/** A function that does one step and returns its loss, as the peers have it. */
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

export async function main(json: string): Promise<void> {
  const { backend, shape } = JSON.parse(json) as { backend: PeerBackend; shape: Shape };
  let gpu: GpuContext | null = null;
  if (backend === 'webgpu') {
    const { device, adapterInfo } = await requireDevice('all');
    gpu = new GpuContext(device, { isSoftware: describeAdapter(adapterInfo).isSoftware });
  } else await tfjsOn('wasm', null);
  const step = createStep(gpu ? new WebGPUOps(gpu) : new PortableOps(), shape);
  const answer = async (steps: number) => {
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
    const turn: Turn = { times, cpuTimes, loss };
    if (gpu) {
      const { gflops, cpuGflops } = await timeMatmul(gpu, 1024, 3);
      const best = (of: Record<string, number>) => Math.max(...Object.values(of));
      process.send?.({ ...turn, matmul: { gflops: best(gflops), cpuGflops: best(cpuGflops) } });
    } else process.send?.(turn);
  };
  process.on('message', (steps: number) => void answer(steps));
  process.send?.('ready');
  await new Promise(() => {}); // until the parent ends it
}
