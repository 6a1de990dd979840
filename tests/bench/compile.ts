/**
 * `npm run bench -- compile [--shape L,C,H,T,B,V] [--mode full|lora]` measures the processor time that the
 * driver takes to compile each kernel of a training step and of decoding, on kernels for hardware or with
 * `--kernels software` for software. With `MESA_SHADER_CACHE_DISABLE=1`, Mesa's drivers compile all anew.
 */

import type { TrainingMode } from '../../src/domain/recipe.ts';
import { GpuContext } from '../../src/gpu/context.ts';
import type { Program } from '../../src/gpu/kernel.ts';
import { countStep, countToken } from '../support/paper-counts.ts';
import { configOf, cpuMs, type Shape } from './train.ts';

/** The distinct programs of these dispatches. */
function distinct(programs: readonly Program[]): Program[] {
  const byText = new Map(
    programs.map((p) => [`${p.kernel.code}${JSON.stringify(p.constants)}`, p]),
  );
  return [...byText.values()];
}

export async function benchCompiling(
  device: GPUDevice,
  shape: Shape,
  how: { readonly mode: TrainingMode; readonly isSoftware: boolean },
): Promise<void> {
  const config = configOf(shape);
  const { isSoftware, mode } = how;
  const step = { mode, B: shape.B, T: shape.T, dropout: 0.1, checkpointing: false };
  const decoding = { count: 1, position: 16, precision: 'f32' } as const;
  const programs = distinct(
    [
      ...countStep(config, step, { isSoftware }).counted,
      ...(await countToken(config, decoding, { isSoftware })),
    ].map(({ program }) => program),
  );
  const gpu = new GpuContext(device, { isSoftware });
  const buffer = gpu.empty([1024]);
  let total = 0;
  for (const { kernel, constants } of programs) {
    const startedMs = cpuMs();
    // Every writable binding has a buffer of its own; with parameters of zero, hardly anything is computed.
    const own = [...kernel.storage].map((access) => (access === 'w' ? gpu.empty([1024]) : buffer));
    gpu.dispatch(kernel, {
      ...{ constants, params: [...kernel.params].map(() => 0), buffers: own },
      groups: [1, 1, 1],
    });
    await gpu.finish();
    const ms = cpuMs() - startedMs;
    total += ms;
    for (const tensor of own) if (tensor !== buffer) tensor.dispose();
    console.log(`${(ms / 1000).toFixed(2).padStart(7)} s  ${kernel.name}`);
  }
  console.log(`${(total / 1000).toFixed(1)} s of processor time, ${programs.length} kernels.`);
  gpu.dispose();
}
