/** Creates the memory model of a backend, with its budget. */

import type { Ops } from '../ops/ops.ts';
import type { EngineStatus } from '../protocol/engine.ts';
import { FormulaMemory } from './formula-memory.ts';
import type { MemoryModel } from './memory-model.ts';
import { PaperMemory } from './paper-memory.ts';

/** `navigator.deviceMemory` is never larger than this. */
export const MAX_REPORTED_GIB = 8;

/** The shares of the computer's memory that a plan may use, and that WASM may reach with what its allocator wastes. */
const PLANNED_SHARE = 1 / 2;
const MAX_SHARE = 3 / 4;

/** Computers with so little have no memory of their own on the graphics card: phones, and small laptops. */
const SHARED_GIB = 4;

export interface Machine extends Pick<EngineStatus, 'isSoftware'> {
  /** The computer's memory as the browser reports it: {@link MAX_REPORTED_GIB} if it has more. */
  readonly hostGiB: number;
  /** Less than what the device held when it ran out of memory; Infinity if it never did. */
  readonly roomBytes: number;
}

export function createMemoryModel(ops: Ops, machine: Machine): MemoryModel {
  const { deviceMemory } = ops;
  if (deviceMemory === null) return new FormulaMemory(shareOf(machine.hostGiB, MAX_SHARE));
  // A graphics card with memory of its own has no budget until that has run out, because it can be asked. One that
  // shares the computer's is given more than is good: the system then ends the page.
  const isShared = machine.isSoftware || machine.hostGiB <= SHARED_GIB;
  const budgetBytes = Math.min(
    machine.roomBytes,
    isShared ? shareOf(machine.hostGiB, PLANNED_SHARE) : Infinity,
  );
  return new PaperMemory(deviceMemory, budgetBytes);
}

function shareOf(hostGiB: number, share: number): number {
  return hostGiB >= MAX_REPORTED_GIB ? Infinity : share * hostGiB * 2 ** 30;
}
