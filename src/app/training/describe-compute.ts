/** Describes the backend for the page. */
import type { Backend, EngineStatus } from '../../protocol/engine.ts';
import { joinSentences } from '../format.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

export const BACKEND_NAMES: { readonly [B in Backend]: string } = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** Whether a graphics card has failed under the work, which goes on without it. */
export function hasCardFailed({ reason }: EngineStatus): boolean {
  return ['gpu-lost', 'gpu-no-answer', 'gpu-failed', 'gpu-wrong-model'].includes(reason);
}

/** A sentence that says what computes and, if that is slow, why nothing faster does. */
export function describeCompute(status: EngineStatus): string {
  const { adapter, backend, reason, threads, wasmFault } = status;
  if (backend === 'webgpu' && !status.isSoftware) return texts.cardWorks(adapter);
  const worker =
    backend === 'webgpu'
      ? texts.workers.software(adapter)
      : backend === 'wasm'
        ? texts.workers.wasm(threads)
        : texts.workers.cpu;
  return joinSentences(
    texts.computes[reason](worker),
    wasmFault === null ? null : texts.wasmFaults[wasmFault],
  );
}
