/** Creates the memory model of a backend, with its budget. */

import type { Ops } from '../ops/ops.ts';
import type { EngineStatus } from '../protocol/engine.ts';
import { FormulaMemory, MAX_WASM_BYTES } from './formula-memory.ts';
import type { MemoryModel } from './memory-model.ts';
import { PaperMemory } from './paper-memory.ts';

/** `navigator.deviceMemory` is never larger than this. */
export const MAX_REPORTED_GIB = 8;

export interface Machine extends Pick<EngineStatus, 'isSoftware'> {
  /** The computer's memory as the browser reports it: {@link MAX_REPORTED_GIB} if it has more. */
  readonly hostGiB: number;
  /** Less than what the device held when it ran out of memory; Infinity if it never did. */
  readonly roomBytes: number;
}

export function createMemoryModel(ops: Ops, machine: Machine): MemoryModel {
  const { deviceMemory } = ops;
  const hostBytes = hostBudgetBytes(machine.hostGiB);
  if (deviceMemory === null) return new FormulaMemory(Math.min(MAX_WASM_BYTES, hostBytes));
  // A graphics card has no budget until it has run out of memory, because it can be asked.
  const budgetBytes = Math.min(machine.roomBytes, machine.isSoftware ? hostBytes : Infinity);
  return new PaperMemory(deviceMemory, budgetBytes);
}

/** Where the processor computes, a training may use half of the computer's memory. */
function hostBudgetBytes(hostGiB: number): number {
  return hostGiB >= MAX_REPORTED_GIB ? Infinity : (hostGiB / 2) * 2 ** 30;
}
