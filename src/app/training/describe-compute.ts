/** Describes the backend for the page. */
import type { Backend, EngineStatus } from '../../protocol/engine.ts';
import { plural } from '../format.ts';

export const BACKEND_NAMES: { readonly [B in Backend]: string } = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** Whether a graphics card has failed under the work, which goes on without it. */
export function hasCardFailed({ reason }: EngineStatus): boolean {
  return reason === 'gpu-lost' || reason === 'gpu-no-answer' || reason === 'gpu-wrong-model';
}

/** A sentence that says what computes and, if that is slow, why nothing faster does. */
export function describeCompute(status: EngineStatus): string {
  const { adapter, backend, reason, threads, wasmFault } = status;
  if (backend === 'webgpu' && !status.isSoftware) {
    return `Your graphics card does the work: ${adapter}.`;
  }
  const worker =
    backend === 'webgpu'
      ? `a graphics card simulated in software does the work (${adapter})`
      : backend === 'wasm'
        ? `your processor does the work (${plural(threads, 'thread')})`
        : 'your processor does the work, the slow way (plain JavaScript)';
  const sentence = whyThis(reason, worker);
  return wasmFault === null ? sentence : `${sentence} ${WASM_FAULTS[wasmFault]}`;
}

const WASM_FAULTS: { readonly [F in NonNullable<EngineStatus['wasmFault']>]: string } = {
  'no-webassembly': 'This browser has no WebAssembly, which would be many times faster.',
  'wasm-refused': 'This browser is set to refuse WebAssembly, which would be many times faster.',
  'wasm-failed': 'WebAssembly, which would be many times faster, could not be started.',
};

/** @param worker Who does the work, as a clause. */
function whyThis(reason: EngineStatus['reason'], worker: string): string {
  switch (reason) {
    case 'requested':
      return `As you chose, ${worker}.`;
    case 'software-gpu':
      return `This browser’s graphics card is only simulated in software, so ${worker}. Expect it to be slower.`;
    case 'no-webgpu':
    case 'no-adapter':
      return `This browser offers no graphics card here, so ${worker}. Expect it to be slower.`;
    case 'gpu-wrong-numbers':
      return `This computer’s graphics card gave wrong numbers in a short test, so ${worker}. A newer graphics driver or browser may help.`;
    case 'gpu-wrong-model':
      return `This computer’s graphics card gave wrong numbers with the whole model, so ${worker}. A newer graphics driver or browser may help.`;
    case 'gpu-refused':
      return `This browser couldn’t open this computer’s graphics card, so ${worker}. Restarting the browser may help.`;
    case 'gpu-no-answer':
      return `This computer’s graphics card didn’t answer, so ${worker}. Restarting the browser may help.`;
    case 'gpu-lost':
      return `This computer’s graphics card stopped working, so ${worker}. A newer graphics driver or browser may help.`;
    case 'gpu-failed':
      return `This computer’s graphics card reported an error in a short test, so ${worker}. A newer graphics driver or browser may help.`;
    case 'hardware-gpu':
      return `${worker.charAt(0).toUpperCase()}${worker.slice(1)}.`;
  }
}
