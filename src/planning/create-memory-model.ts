/** Which memory model a backend has, and the budget that it plans with. */

import type { Ops } from '../ops/ops.ts';
import type { EngineStatus } from '../protocol/calls.ts';
import { FormulaMemory, MAX_WASM_BYTES } from './formula-memory.ts';
import type { MemoryModel } from './memory-model.ts';
import { PaperMemory } from './paper-memory.ts';

/** Browsers give this for all computers that have as much or more (`navigator.deviceMemory`). */
export const MAX_REPORTED_GIB = 8;

export interface Machine extends Pick<EngineStatus, 'isSoftware'> {
  /** The computer's memory as the browser gives it: {@link MAX_REPORTED_GIB} for all that is more. */
  readonly hostGiB: number;
  /** Less than what a device held when it ran out of memory; Infinity before. */
  readonly roomBytes: number;
}

export function createMemoryModel(ops: Ops, machine: Machine): MemoryModel {
  const { deviceMemory } = ops;
  const hostBytes = hostBudgetBytes(machine.hostGiB);
  if (deviceMemory === null) return new FormulaMemory(Math.min(MAX_WASM_BYTES, hostBytes));
  // A graphics card that hasn't run out yet has no budget: it is asked.
  const budgetBytes = Math.min(machine.roomBytes, machine.isSoftware ? hostBytes : Infinity);
  return new PaperMemory(deviceMemory, budgetBytes);
}

/** Where the processor computes, a training gets half of what the computer has. */
function hostBudgetBytes(hostGiB: number): number {
  return hostGiB >= MAX_REPORTED_GIB ? Infinity : (hostGiB / 2) * 2 ** 30;
}
