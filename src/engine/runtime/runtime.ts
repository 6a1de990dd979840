/** The backend, and the one live model that is on it. */

import { assert, must } from '../../core/assert.ts';
import { hasCode, mynahError } from '../../core/errors.ts';
import {
  releaseBackend,
  type SelectedBackend,
  selectBackend,
  selectWithoutGpu,
  type WasmPaths,
} from '../../gpu/backend.ts';
import type { GpuFault } from '../../gpu/device.ts';
import { kernelHash } from '../../gpu/kernel-hash.ts';
import type { GPT2 } from '../../model/gpt2.ts';
import { createOps } from '../../ops/create-ops.ts';
import type { Ops } from '../../ops/ops.ts';
import { createMemoryModel, MAX_REPORTED_GIB } from '../../planning/create-memory-model.ts';
import type { MemoryModel } from '../../planning/memory-model.ts';
import type { BackendPreference, EngineStatus, SelfTestReport } from '../../protocol/engine.ts';
import { selfTest } from '../../train/self-test.ts';
import { selfTestAtSize } from '../../train/self-test-at-size.ts';
import type { TextTokenizer } from '../../tokenizer/tokenizer.ts';

export interface LiveModel {
  /** Identifies the weights, so that they aren't loaded a second time. */
  readonly key: string;
  readonly model: GPT2;
  readonly tokenizer: TextTokenizer;
}

/** The adapters that have passed the self-test with these kernels, which isn't repeated for them at every start. */
export interface PassedTests {
  /** The report of a pass; null if there is none. */
  find(identity: string): Promise<SelfTestReport | null>;
  add(identity: string, report: SelfTestReport): Promise<void>;
}

/** A driver may hang instead of giving wrong numbers. */
const SELF_TEST_PATIENCE_MS = 60_000;
/** Software adapters take seconds to compile the kernels, and many times as long on a loaded machine. */
const SOFTWARE_PATIENCE = 4;

/** A card that was lost this often, with nothing achieved in between, isn't used any more. */
const MAX_LOSSES = 2;

/** The computer's memory as Chromium reports it. Other browsers don't. */
function hostGiB(): number {
  return (navigator as { readonly deviceMemory?: number }).deviceMemory ?? MAX_REPORTED_GIB;
}

export class Runtime {
  private readonly wasmPaths: WasmPaths | null;
  private readonly passedTests: PassedTests | null;
  private readonly selfTestPatienceMs: number;
  private selected: SelectedBackend | null = null;
  private current: { readonly ops: Ops; readonly memory: MemoryModel } | null = null;
  private live: LiveModel | null = null;
  private passed: SelfTestReport | null = null;
  private preference: BackendPreference = 'auto';
  private isLost = false;
  /** Called whenever another backend computes from now on. */
  onStatus: (status: EngineStatus) => void = () => {};
  /** How often the card was lost since something was last achieved with it. */
  private losses = 0;
  /** How often it was lost in all, for which it gets its work in smaller pieces. */
  private allLosses = 0;
  private lossFault: GpuFault = 'gpu-lost';
  /**
   * Bytes: less than what the device held when it ran out of memory during work; Infinity if it never
   * did. A driver may promise more than it has (`GpuContext.hasRoomFor`).
   */
  roomBytes = Infinity;
  /** Counts devices, so that work that began on an older one leaves the live model alone. */
  private generation = 0;

  /** @param passedTests If it is null, the self-test runs at every start. */
  constructor(
    wasmPaths: WasmPaths | null,
    passedTests: PassedTests | null,
    { selfTestPatienceMs = SELF_TEST_PATIENCE_MS } = {},
  ) {
    this.wasmPaths = wasmPaths;
    this.passedTests = passedTests;
    this.selfTestPatienceMs = selfTestPatienceMs;
  }

  get ops(): Ops {
    assert(this.current, 'the engine has been started');
    return this.current.ops;
  }

  /** Tells the card from others, with this browser and these kernels; null where that can't be done. */
  get cardIdentity(): string | null {
    const identity = this.selected?.gpu?.adapterIdentity ?? null;
    return identity && `${kernelHash} ${identity} ${navigator.userAgent}`;
  }

  /** The memory model of this backend. */
  get memory(): MemoryModel {
    assert(this.current, 'the engine has been started');
    return this.current.memory;
  }

  /** Bytes that are held on the graphics card; null if it doesn't compute. */
  get gpuHeldBytes(): number | null {
    return this.current?.ops.deviceMemory?.heldBytes ?? null;
  }

  /** How the card that computes has passed its self-test; null if no card computes. */
  get selfTest(): SelfTestReport | null {
    return this.selected?.gpu ? this.passed : null;
  }

  get status(): EngineStatus {
    assert(this.selected, 'the engine has been started');
    const { gpu: _, ...status } = this.selected;
    return status;
  }

  /**
   * Selects the backend, and frees everything on the previous one. A GPU that fails its self-test is not
   * used. Throws `backend-unavailable`.
   */
  async start(preference: BackendPreference): Promise<EngineStatus> {
    if (this.selected !== null && !this.isLost && preference === this.preference)
      return this.status;
    this.losses = 0;
    return this.replace(preference, () => this.soundBackend(preference));
  }

  /** Frees everything on the present backend and puts another in its place. */
  private async replace(
    preference: BackendPreference,
    select: () => Promise<SelectedBackend>,
  ): Promise<EngineStatus> {
    const before = this.selected;
    this.release();
    if (!this.isLost) this.current?.ops.dispose();
    this.current = null;
    this.selected = null;
    this.generation++;
    if (before !== null) releaseBackend(before);
    const selected = await select();
    this.selected = selected;
    this.preference = preference;
    this.isLost = false;
    const ops = createOps(selected, this.allLosses);
    const { isSoftware } = selected;
    const machine = { isSoftware, hostGiB: hostGiB(), roomBytes: this.roomBytes };
    this.current = { ops, memory: createMemoryModel(ops, machine) };
    void selected.gpu?.lost.then(() => {
      if (this.selected === selected) this.noteLoss('gpu-lost');
    });
    this.onStatus(this.status);
    return this.status;
  }

  private noteLoss(fault: GpuFault): void {
    if (!this.isLost) {
      this.losses++;
      this.allLosses++;
    }
    this.isLost = true;
    this.lossFault = fault;
  }

  private async soundBackend(preference: BackendPreference): Promise<SelectedBackend> {
    const selected = await selectBackend(preference, this.wasmPaths);
    const fault = await this.faultOf(selected);
    if (fault === null) return selected;
    releaseBackend(selected);
    return selectWithoutGpu(true, this.wasmPaths, fault);
  }

  /** What the self-test finds wrong; null if nothing is, or if there is no GPU to test. */
  private async faultOf(selected: SelectedBackend): Promise<GpuFault | null> {
    const { gpu } = selected;
    if (gpu === null) return null;
    // A card that can't be told from others is tested every time.
    const { adapterIdentity } = gpu;
    const identity = adapterIdentity === null ? null : `${kernelHash} ${adapterIdentity}`;
    this.passed = identity === null ? null : ((await this.passedTests?.find(identity)) ?? null);
    if (this.passed !== null) return null;
    const ops = createOps(selected);
    const startedMs = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patienceMs = this.selfTestPatienceMs * (gpu.isSoftware ? SOFTWARE_PATIENCE : 1);
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
      this.passed = { ms: performance.now() - startedMs, dispatches, gflop: flops / 1e9 };
    } catch {
      // The driver can't compile a kernel, or has no memory for a few tables.
      return 'gpu-failed';
    } finally {
      clearTimeout(timer);
      ops.dispose();
    }
    if (identity !== null) await this.passedTests?.add(identity, this.passed);
    return null;
  }

  /**
   * Replaces a lost device by a new one or, if that was lost as well, by the processor. Weights have to be
   * loaded again.
   */
  async ready(): Promise<void> {
    if (this.selected === null) await this.start(this.preference);
    if (!this.isLost) return;
    const withoutGpu = () => selectWithoutGpu(true, this.wasmPaths, this.lossFault);
    const again = () => this.soundBackend(this.preference).catch(withoutGpu);
    await this.replace(this.preference, this.losses < MAX_LOSSES ? again : withoutGpu);
  }

  /**
   * To be called when the device was seen to compute wrongly, although it has passed its self-test. Throws
   * `device-lost`; when the work begins again, another backend computes.
   */
  distrust(): never {
    this.noteLoss('gpu-wrong-model');
    this.losses = MAX_LOSSES;
    throw mynahError('device-lost', { reason: 'wrong' });
  }

  /** To be called when work on the device has come to something, so that it isn't done again for ever. */
  achieved(): void {
    if (!this.isLost) this.losses = 0;
  }

  /**
   * Waits for work on the GPU. Throws `device-lost` when the device is lost meanwhile, because reads from
   * a lost device may never return, and `out-of-memory` when an allocation fails.
   */
  async guard<T>(work: Promise<T>): Promise<T> {
    const gpu = this.selected?.gpu;
    if (!gpu) return work;
    const lost = gpu.lost.then((detail): never => {
      throw mynahError('device-lost', { reason: 'driver', detail });
    });
    const done = work.catch(async (error: unknown): Promise<never> => {
      // What waits for a lost device is rejected a moment before the loss is known.
      if (error instanceof DOMException && error.name === 'AbortError') {
        await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 1000))]);
      }
      // A device that no longer answers is as good as lost.
      if (hasCode(error, 'device-lost') && error.data.details.reason === 'silent') {
        this.noteLoss('gpu-no-answer');
      }
      throw error;
    });
    const outOfMemory = gpu.outOfMemory.then((): never => {
      // A buffer whose allocation failed stays invalid, so work starts over on a new device.
      this.isLost = true;
      const heldBytes = this.current?.ops.deviceMemory?.heldBytes ?? Infinity;
      this.roomBytes = Math.min(this.roomBytes, heldBytes - 1);
      throw mynahError('out-of-memory', {});
    });
    return Promise.race([done, lost, outOfMemory]);
  }

  /** Returns a function that throws `device-lost` once the present device has been replaced. */
  fence(): () => void {
    const { generation } = this;
    return () => {
      if (this.generation !== generation || this.isLost) {
        throw mynahError('device-lost', { reason: 'replaced' });
      }
    };
  }

  /** Returns the live model if it has these weights, else null. */
  find(key: string): LiveModel | null {
    return this.live?.key === key ? this.live : null;
  }

  /** Makes a model the live one, and frees the previous one. */
  keep(live: LiveModel): LiveModel {
    if (this.live !== null && this.live.model !== live.model) this.release();
    this.live = live;
    return live;
  }

  /** Frees the live model. */
  release(): void {
    // A lost device has freed everything.
    if (!this.isLost && this.live !== null) {
      this.live.model.dispose();
      this.current?.ops.trim();
    }
    this.live = null;
  }
}
