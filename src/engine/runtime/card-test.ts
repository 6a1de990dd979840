/** Has a graphics card prove itself before it is used, and remembers which cards have. */

import { must } from '../../core/assert.ts';
import type { SelectedBackend } from '../../gpu/backend.ts';
import type { GpuFault } from '../../gpu/device.ts';
import { kernelHash } from '../../gpu/kernel-hash.ts';
import { createOps } from '../../ops/create-ops.ts';
import type { Ops } from '../../ops/ops.ts';
import type { SelfTestReport } from '../../protocol/engine.ts';
import { selfTest } from '../../train/self-test.ts';
import { selfTestAtSize } from '../../train/self-test-at-size.ts';

/** The adapters that have passed the self-test with these kernels, which isn't repeated for them at every start. */
export interface PassedTests {
  /** The report of a pass; null if there is none. */
  find(identity: string): Promise<SelfTestReport | null>;
  add(identity: string, report: SelfTestReport): Promise<void>;
}

/** A driver may hang instead of giving wrong numbers. */
export const SELF_TEST_PATIENCE_MS = 60_000;
/** Software adapters take seconds to compile the kernels, and many times as long on a loaded machine. */
const SOFTWARE_PATIENCE = 4;

export class CardTest {
  private readonly passedTests: PassedTests | null;
  private readonly patienceMs: number;
  /** The report of the card that was tested last; null if it has failed, or if there was none. */
  report: SelfTestReport | null = null;

  /** @param passedTests If it is null, every card is tested at every start. */
  constructor(passedTests: PassedTests | null, patienceMs: number) {
    this.passedTests = passedTests;
    this.patienceMs = patienceMs;
  }

  /** What the self-test finds wrong; null if nothing is, or if there is no GPU to test. */
  async faultOf(selected: SelectedBackend): Promise<GpuFault | null> {
    const { gpu } = selected;
    if (gpu === null) return null;
    // A card that can't be told from others is tested every time.
    const { adapterIdentity } = gpu;
    const identity = adapterIdentity === null ? null : `${kernelHash} ${adapterIdentity}`;
    this.report = identity === null ? null : ((await this.passedTests?.find(identity)) ?? null);
    if (this.report !== null) return null;
    let ops: Ops;
    try {
      ops = createOps(selected);
    } catch {
      return 'gpu-failed';
    }
    const startedMs = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patienceMs = this.patienceMs * (gpu.isSoftware ? SOFTWARE_PATIENCE : 1);
    const silence = new Promise<GpuFault>((resolve) => {
      timer = setTimeout(() => resolve('gpu-no-answer'), patienceMs);
    });
    const test = async (): Promise<GpuFault | null> => {
      const isWrong =
        (await selfTest(ops, !gpu.isSoftware)).length > 0 || (await selfTestAtSize(ops)).length > 0;
      return isWrong ? 'gpu-wrong-numbers' : null;
    };
    const loss = gpu.lost.then((): GpuFault => 'gpu-lost');
    try {
      const fault = await Promise.race([test(), loss, silence]);
      if (fault !== null) return fault;
      const { dispatches, flops } = must(ops.deviceMemory, 'a device').counters;
      this.report = { ms: performance.now() - startedMs, dispatches, gflop: flops / 1e9 };
    } catch {
      // The driver can't compile a kernel, or has no memory for a few tables.
      return 'gpu-failed';
    } finally {
      clearTimeout(timer);
      ops.dispose();
    }
    if (identity !== null) await this.passedTests?.add(identity, this.report);
    return null;
  }
}
