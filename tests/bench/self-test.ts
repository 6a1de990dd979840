/**
 * `npm run bench -- self-test [--kernels auto|hardware|software]`: what the engine's self-test of a graphics card
 * consists of, how long it takes here, and how long a card that reaches 1 TFLOPS would take for as many operations.
 *
 * The host computes many of the wanted results while the device works, in `host_ms` of processor time; compilation is
 * what the first of the two runs takes longer.
 */

import { parseArgs } from 'node:util';
import { GpuContext } from '../../src/gpu/context.ts';
import { describeAdapter } from '../../src/gpu/device.ts';
import type { Tensor } from '../../src/ops/operands.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { selfTest } from '../../src/train/self-test.ts';
import { selfTestAtSize } from '../../src/train/self-test-at-size.ts';
import { partsAtSize } from '../../src/train/self-test-parts.ts';
import { requireDevice } from '../support/node-backends.ts';
import { cpuMs } from './train.ts';

const TFLOPS = 1e12;

export async function benchSelfTest(args: readonly string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args: [...args],
    options: { kernels: { type: 'string', default: 'auto' } },
  });
  const { device, adapterInfo } = await requireDevice('all');
  const adapter = describeAdapter(adapterInfo);
  const isSoftware = values.kernels === 'auto' ? adapter.isSoftware : values.kernels === 'software';
  const run = async () => {
    const ops = new WebGPUOps(new GpuContext(device, { isSoftware }));
    const startedMs = performance.now();
    const faults = [...(await selfTest(ops, !isSoftware)), ...(await selfTestAtSize(ops))];
    const ms = performance.now() - startedMs;
    const { counters } = ops.gpu;
    const hostMs = await hostTime(ops);
    ops.dispose();
    return { ms, faults, hostMs, ...counters };
  };
  const first = await run();
  // The device keeps what it has compiled.
  const second = await run();
  return {
    adapter: adapter.adapterName,
    kernels: isSoftware ? 'software' : 'hardware',
    faults: second.faults,
    dispatches: second.dispatches,
    submits: second.submits,
    gflop: second.flops / 1e9,
    readback_bytes: second.readbackBytes,
    device_ms_at_1_tflops: (second.flops / TFLOPS) * 1000,
    host_ms: second.hostMs,
    ms_with_compilation: first.ms,
    ms_without_compilation: second.ms,
  };
}

/** The processor time that the host's own inputs and results take, while the device has nothing to do. */
async function hostTime(ops: WebGPUOps): Promise<number> {
  const inputs: Tensor[] = [];
  let startedCpuMs = cpuMs();
  const parts = partsAtSize(ops, (tensor) => {
    inputs.push(tensor);
    return tensor;
  });
  let ms = cpuMs() - startedCpuMs;
  for (const { run, isRight } of parts) {
    const found = await run();
    startedCpuMs = cpuMs();
    isRight(found);
    ms += cpuMs() - startedCpuMs;
  }
  for (const tensor of inputs) tensor.dispose();
  return ms;
}
