/** What operations tell of their device, and what it is asked before work begins. */

import type { GpuCounters } from '../gpu/command-queue.ts';
import type { Program } from '../gpu/kernel.ts';
import type { PlannedAdapter } from '../gpu/paper.ts';

/** A device with memory of its own: what planning asks of it before anything is put there. */
export interface DeviceMemory {
  /** What decides which kernels run and how they cut their work. */
  readonly adapter: PlannedAdapter;
  /** Bytes of all buffers that these operations hold now. */
  readonly heldBytes: number;
  /** What these operations have had the device do so far. */
  readonly counters: Readonly<GpuCounters>;
  /**
   * Compiles kernels before they are needed. `onProgress` hears how many are done, of how many.
   *
   * @throws What the device says of a kernel that it can't compile.
   */
  compile(
    programs: readonly Program[],
    onProgress: (done: number, count: number) => void,
  ): Promise<void>;
  /** Whether the device gives buffers of these sizes, those already held included; see `GpuContext`. */
  hasRoomFor(bufferSizes: readonly number[]): Promise<boolean>;
}

/** Names of the ways in which kernels cut their work, by what they are for. */
export type KernelShapes = Readonly<Record<string, string>>;

/** The model for which kernels are timed. */
export interface TunedModel {
  readonly channels: number;
  /** Of a step, or of what is timed of it. */
  readonly tokens: number;
}

export interface TuningResult {
  readonly shapes: KernelShapes;
  /** How many dispatches were timed, and how long they took. */
  readonly dispatches: number;
  readonly timedMs: number;
}

/**
 * How kernels cut their work. On another shape a sum may have another order, so a run that is to give the
 * same bits again has to use the same ones.
 */
export interface Tuning {
  /** Those in use. */
  readonly shapes: KernelShapes;
  /** Uses these, or with null the device's default ones. False if they aren't known: then nothing changes. */
  use(shapes: KernelShapes | null): boolean;
  /**
   * Times the shapes on this device, for two seconds at most, and returns the fastest. Changes nothing.
   *
   * @param now Milliseconds; the real clock by default.
   */
  measure(model: TunedModel, now?: () => number): Promise<TuningResult>;
}
