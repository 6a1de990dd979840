/**
 * `npm run bench -- [train|decode] --shape L,C,H,T,B,V [--mode full|lora] [--rank N] [--alpha A]
 *   [--targets attn.c_attn,…] [--f16-base] [--dropout RATE] [--checkpointing] [--f16-activations]
 *   [--steps N] [--greedy]
 *   [--backend webgpu|portable|wasm] [--kernels auto|software|hardware] [--adapter-limits all|default]
 *   [--matmul N] [--profile] [--dry] [--json]`
 *
 * `decode` generates T positions from a prompt of one token, B sequences at a time, with the page's sampling
 * settings, or with `--greedy` the most likely tokens.
 *
 * `--dry` encodes everything but runs no kernel, to count dispatches and bytes of shapes that are too large for
 * this machine. Prints one JSON line. `--backend portable` runs tfjs's own WebGPU kernels for comparison.
 * `--matmul 1024` also measures the adapter's fastest matmul, and which share of that speed a step reaches.
 *
 * `npm run bench -- NAME …`, with `counts`, `compile`, `endurance`, `self-test`, `archive`, `recount`, `quality` or
 * `peers` as the NAME, is described in the file of that name.
 */

import { parseArgs } from 'node:util';
import { describeAdapter } from '../../src/gpu/device.ts';
import { GpuContext } from '../../src/gpu/context.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { requireDevice, tfjsOn } from '../support/node-backends.ts';
import { defaultLora } from '../../src/train/recipe.ts';
import { parseMode, type TrainingMode } from '../../src/domain/recipe.ts';
import { benchCompiling } from './compile.ts';
import { printCounts } from './counts.ts';
import { benchDecoding } from './decode.ts';
import { timeMatmul } from './matmul.ts';
import { main as comparePeers } from './peers/peers.ts';
import { main as hostOurs } from './peers/mynah.ts';
import { benchSelfTest } from './self-test.ts';
import { parseShape } from './shape.ts';
import { configOf, median, timeTraining } from './train.ts';

function modeNote(mode: TrainingMode): string {
  if (mode.kind === 'full') return 'full';
  const base = mode.isBaseHalf ? 'f16' : 'f32';
  return `LoRA rank ${mode.rank} on ${mode.targets.join(' ')}, ${base} base`;
}

export async function main(args: readonly string[]): Promise<void> {
  if (args[0] === 'peers') return comparePeers(args.slice(1));
  if (args[0] === 'peer-host') return hostOurs(args[1] ?? '');
  if (args[0] === 'archive') {
    const { benchArchive } = await import('./archive.ts');
    console.log(JSON.stringify(await benchArchive(args.slice(1))));
    return;
  }
  if (args[0] === 'self-test') {
    console.log(JSON.stringify(await benchSelfTest(args.slice(1))));
    return;
  }
  if (args[0] === 'endurance') {
    const { benchEndurance } = await import('./endurance.ts');
    return benchEndurance(args.slice(1));
  }
  if (args[0] === 'quality') {
    const { benchQuality } = await import('./quality.ts');
    return benchQuality(args.slice(1));
  }
  const isDecoding = args[0] === 'decode';
  const isCounting = args[0] === 'counts';
  const isCompiling = args[0] === 'compile';
  const { values } = parseArgs({
    args:
      args[0] === 'train' || isDecoding || isCounting || isCompiling ? args.slice(1) : [...args],
    options: {
      shape: { type: 'string', default: '4,128,4,64,8,1024' },
      mode: { type: 'string', default: 'full' },
      rank: { type: 'string', default: String(defaultLora.rank) },
      alpha: { type: 'string' },
      targets: { type: 'string', default: defaultLora.targets.join() },
      'f16-base': { type: 'boolean', default: false },
      steps: { type: 'string', default: '10' },
      backend: { type: 'string', default: 'webgpu' },
      dropout: { type: 'string', default: '0' },
      kernels: { type: 'string', default: 'auto' },
      'adapter-limits': { type: 'string', default: 'all' },
      matmul: { type: 'string', default: '0' },
      greedy: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      checkpointing: { type: 'boolean', default: false },
      'f16-activations': { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const mode = parseMode(
    {
      kind: values.mode,
      isBaseHalf: values['f16-base'],
      rank: Number(values.rank),
      alpha: Number(values.alpha ?? 2 * Number(values.rank)),
      dropout: Number(values.dropout),
      targets: values.targets.split(','),
    },
    'mode',
  );
  const shape = parseShape(values.shape);
  if (isCounting) {
    return printCounts(configOf(shape), shape, {
      ...{ mode, checkpointing: values.checkpointing, dropout: Number(values.dropout) },
      hasHalfActivations: values['f16-activations'],
      isSoftware: values.kernels === 'software',
    });
  }
  const steps = Number(values.steps);
  const isWasm = values.backend === 'wasm';
  const dawn = isWasm ? null : await requireDevice(values['adapter-limits']);
  if (dawn && isCompiling) {
    const isSoftware = values.kernels === 'software';
    return benchCompiling(dawn.device, shape, { mode, isSoftware });
  }
  const adapter = dawn ? describeAdapter(dawn.adapterInfo) : null;
  const gpu =
    dawn && values.backend === 'webgpu'
      ? new GpuContext(dawn.device, {
          isSoftware:
            values.kernels === 'auto'
              ? adapter?.isSoftware === true
              : values.kernels === 'software',
        })
      : null;
  if (gpu === null) await tfjsOn(isWasm ? 'wasm' : 'webgpu', dawn);
  const ops: Ops = gpu ? new WebGPUOps(gpu) : new PortableOps();

  if (gpu && values.dry) {
    gpu.dispatch = () => {
      gpu.counters.dispatches++;
    };
  }
  if (isDecoding) {
    const options = {
      adapter: adapter?.adapterName ?? 'WebAssembly',
      isGreedy: values.greedy,
      profile: values.profile,
    };
    console.log(JSON.stringify(await benchDecoding(ops, gpu, shape, options)));
    ops.dispose();
    return;
  }
  const before = { dispatches: 0, submits: 0, readbackBytes: 0 };
  const { params, msPerStep, cpuMsPerStep, losses } = await timeTraining(ops, shape, {
    warmup: values.dry ? 1 : 2,
    steps,
    dropout: Number(values.dropout),
    mode,
    checkpointing: values.checkpointing,
    hasHalfActivations: values['f16-activations'],
    onStep: (index) => {
      if (index === 0 && gpu) Object.assign(before, gpu.counters);
    },
  });
  const perStep = (counter: 'dispatches' | 'submits' | 'readbackBytes') =>
    gpu ? (gpu.counters[counter] - before[counter]) / steps : null;
  const ms = median(msPerStep);
  const cpuMsMedian = median(cpuMsPerStep);
  const tokens = shape.B * shape.T;
  const result: Record<string, unknown> = {
    peer: values.backend === 'portable' ? 'mynah (portable on tfjs-webgpu)' : 'mynah',
    version: '0.1.0',
    backend: isWasm ? 'wasm' : 'webgpu',
    adapter: adapter?.adapterName ?? 'WebAssembly',
    shape: values.shape,
    params,
    ms_per_step_median: ms,
    cpu_ms_per_step_median: cpuMsMedian,
    tokens_per_s: (tokens * 1000) / ms,
    steps,
    first_loss: losses[0],
    last_loss: losses.at(-1),
    dispatches_per_step: perStep('dispatches'),
    submits_per_step: perStep('submits'),
    readback_bytes_per_step: perStep('readbackBytes'),
    largest_submit_gflop: gpu ? gpu.counters.largestSubmitFlops / 1e9 : null,
    peak_gpu_bytes: gpu?.memory.peakBytes ?? null,
    useful_gflops: (6 * params * tokens) / ms / 1e6,
    max_binding_bytes: gpu?.maxBindingBytes ?? null,
    note: `${modeNote(mode)}, dropout ${values.dropout}${values.dry ? ', dry: no kernel ran' : ''}`,
  };
  if (gpu && values.matmul !== '0') {
    const { gflops, cpuGflops } = await timeMatmul(gpu, Number(values.matmul), 5);
    const useful = (6 * params * tokens) / 1e6;
    result['matmul_gflops'] = gflops;
    result['useful_share_of_matmul'] = useful / ms / Math.max(...Object.values(gflops));
    result['useful_share_of_matmul_by_cpu_time'] =
      useful / cpuMsMedian / Math.max(...Object.values(cpuGflops));
  }
  if (gpu && values.profile) {
    gpu.profiler.start();
    await timeTraining(ops, shape, { warmup: 0, steps: 1, dropout: Number(values.dropout), mode });
    await gpu.finish();
    for (const { name, count, ms: total } of await gpu.profiler.stop()) {
      console.error(`${total.toFixed(2).padStart(9)} ms ${String(count).padStart(4)} × ${name}`);
    }
  }
  console.log(JSON.stringify(result));
  ops.dispose();
}
