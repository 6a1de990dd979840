/** The backend, and the one live model that is on it. */

import { must } from '../../core/assert.ts';
import { hasCode, type MynahError, mynahError } from '../../core/errors.ts';
import {
  releaseBackend,
  type SelectedBackend,
  selectBackend,
  selectWithoutGpu,
  stopWasm,
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
import type { TextTokenizer } from '../../tokenizer/tokenizer.ts';
import { CardTest, type PassedTests, SELF_TEST_PATIENCE_MS } from './card-test.ts';

export interface LiveModel {
  /** Identifies the weights, so that they aren't loaded a second time. */
  readonly key: string;
  readonly model: GPT2;
  readonly tokenizer: TextTokenizer;
}

/** A backend with all that is made for it. */
interface Seat {
  readonly selected: SelectedBackend;
  readonly ops: Ops;
  readonly memory: MemoryModel;
}

/** A card that was lost this often, with nothing achieved in between, isn't used any more. */
const MAX_LOSSES = 2;

/** The computer's memory as Chromium reports it. Other browsers don't. */
function hostGiB(): number {
  return (navigator as { readonly deviceMemory?: number }).deviceMemory ?? MAX_REPORTED_GIB;
}

export class Runtime {
  private readonly wasmPaths: WasmPaths | null;
  private readonly cardTest: CardTest;
  /** What was selected at the start: for all models, or for all but the smallest. */
  private main: Seat | null = null;
  /** WASM, which can take the place of a sound graphics card for small models; null until it is needed. */
  private processor: Seat | null = null;
  private isStandingIn = false;
  private live: LiveModel | null = null;
  private preference: BackendPreference = 'auto';
  private isCardLost = false;
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
    this.cardTest = new CardTest(passedTests, selfTestPatienceMs);
  }

  private get seat(): Seat | null {
    return this.isStandingIn ? this.processor : this.main;
  }

  get ops(): Ops {
    return must(this.seat, 'the engine has been started').ops;
  }

  /** Tells the card from others, with this browser and these kernels; null where that can't be done. */
  get cardIdentity(): string | null {
    const identity = this.main?.selected.gpu?.adapterIdentity ?? null;
    return identity && `${kernelHash} ${identity} ${navigator.userAgent}`;
  }

  /** The memory model of the backend that computes now. */
  get memory(): MemoryModel {
    return must(this.seat, 'the engine has been started').memory;
  }

  /** What computes any model but the smallest. */
  get usual(): { readonly memory: MemoryModel; readonly isSoftware: boolean } {
    const { memory, selected } = must(this.main, 'the engine has been started');
    return { memory, isSoftware: selected.isSoftware };
  }

  /** Bytes that are held on the graphics card; null if there is none that is used. */
  get gpuHeldBytes(): number | null {
    return this.main?.ops.deviceMemory?.heldBytes ?? null;
  }

  /** How the card that is used has passed its self-test; null if there is none. */
  get selfTest(): SelfTestReport | null {
    return this.main?.selected.gpu ? this.cardTest.report : null;
  }

  get status(): EngineStatus {
    const { gpu: _, ...status } = must(this.seat, 'the engine has been started').selected;
    const { adapter, available } = must(this.main, 'a backend').selected;
    return { ...status, available, standsInFor: this.isStandingIn ? adapter : null };
  }

  /** A lost card doesn't matter while the processor computes in its place. */
  private get isLost(): boolean {
    return this.isCardLost && !this.isStandingIn;
  }

  /**
   * Selects the backend, and frees everything on the previous one. A GPU that fails its self-test is not
   * used. Throws `backend-unavailable`.
   */
  async start(preference: BackendPreference): Promise<EngineStatus> {
    if (this.main !== null && !this.isLost && preference === this.preference) return this.status;
    this.losses = 0;
    return this.replace(preference, () => this.soundBackend(preference));
  }

  /** Frees everything on the present backend and puts another in its place. */
  private async replace(
    preference: BackendPreference,
    select: () => Promise<Seat>,
  ): Promise<EngineStatus> {
    const before = this.main;
    this.release();
    this.freeProcessor();
    if (!this.isCardLost) before?.ops.dispose();
    this.main = null;
    this.generation++;
    if (before !== null) releaseBackend(before.selected);
    this.main = await select();
    const { selected } = this.main;
    this.preference = preference;
    this.isCardLost = false;
    void selected.gpu?.lost.then(() => {
      if (this.main?.selected === selected) this.noteLoss('gpu-lost');
    });
    this.onStatus(this.status);
    return this.status;
  }

  private seatOf(selected: SelectedBackend): Seat {
    const ops = createOps(selected, this.allLosses);
    const { isSoftware } = selected;
    const machine = { isSoftware, hostGiB: hostGiB(), roomBytes: this.roomBytes };
    return { selected, ops, memory: createMemoryModel(ops, machine) };
  }

  /** Whether the user leaves the choice to us, and there is a sound card beside the processor. */
  get hasChoice(): boolean {
    return this.preference === 'auto' && this.main?.selected.reason === 'hardware-gpu';
  }

  /** The operations of the processor beside the card, to compare them; null if WASM doesn't run. */
  async processorOps(): Promise<Ops | null> {
    if (this.processor === null) {
      const selected = await selectWithoutGpu(true, this.wasmPaths, 'processor-faster');
      if (selected.backend !== 'wasm') return null;
      this.processor = this.seatOf(selected);
    }
    return this.processor.ops;
  }

  /**
   * Where there {@link hasChoice is a choice}, has the processor compute from now on, or the card again. If that
   * changes, the live model is freed. Throws `device-lost` if the card was lost meanwhile.
   */
  async useProcessor(isWanted: boolean): Promise<void> {
    if (!this.hasChoice) return;
    const isPossible = isWanted && (await this.processorOps()) !== null;
    const isChange = isPossible !== this.isStandingIn;
    if (isChange) {
      this.release();
      this.isStandingIn = isPossible;
      this.generation++;
    }
    if (!isPossible) this.freeProcessor();
    if (isChange && this.isLost) throw mynahError('device-lost', { reason: 'driver' });
    if (isChange) this.onStatus(this.status);
  }

  /** WASM's memory never shrinks, so it is given back as a whole. */
  private freeProcessor(): void {
    this.isStandingIn = false;
    this.processor?.ops.dispose();
    if (this.processor !== null) stopWasm();
    this.processor = null;
  }

  private noteLoss(fault: GpuFault): void {
    if (!this.isCardLost) {
      this.losses++;
      this.allLosses++;
    }
    this.isCardLost = true;
    this.lossFault = fault;
  }

  private async soundBackend(preference: BackendPreference): Promise<Seat> {
    const selected = await selectBackend(preference, this.wasmPaths);
    let fault = await this.cardTest.faultOf(selected);
    if (fault === null) {
      try {
        return this.seatOf(selected);
      } catch (error) {
        if (selected.gpu === null) throw error;
        fault = 'gpu-failed';
      }
    }
    releaseBackend(selected);
    return this.withoutGpu(fault);
  }

  private async withoutGpu(fault: GpuFault): Promise<Seat> {
    return this.seatOf(await selectWithoutGpu(true, this.wasmPaths, fault));
  }

  /**
   * Replaces a lost device by a new one or, if that was lost as well, by the processor. Weights have to be
   * loaded again.
   */
  async ready(): Promise<void> {
    if (this.main === null) await this.start(this.preference);
    if (!this.isLost) return;
    const withoutGpu = () => this.withoutGpu(this.lossFault);
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
    if (!this.isCardLost) this.losses = 0;
  }

  /**
   * Waits for work on the GPU. Throws `device-lost` when the device is lost meanwhile, because reads from
   * a lost device may never return, and `out-of-memory` when an allocation fails.
   */
  async guard<T>(work: Promise<T>): Promise<T> {
    const gpu = this.main?.selected.gpu;
    if (!gpu) return work;
    const unlessStoodIn = async (error: MynahError): Promise<never> => {
      if (this.isStandingIn) return new Promise(() => {});
      throw error;
    };
    const lost = gpu.lost.then((detail) =>
      unlessStoodIn(mynahError('device-lost', { reason: 'driver', detail })),
    );
    const done = work.catch(async (error: unknown): Promise<never> => {
      const reason = hasCode(error, 'device-lost') ? error.data.details.reason : null;
      // What waits for a lost device is rejected a moment before the loss is known.
      if (reason === 'failed' || (error instanceof DOMException && error.name === 'AbortError')) {
        await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 1000))]);
      }
      // A device that no longer answers, or whose driver fails, is as good as lost.
      if (reason === 'silent') this.noteLoss('gpu-no-answer');
      if (reason === 'failed') this.noteLoss('gpu-failed');
      throw error;
    });
    const outOfMemory = gpu.outOfMemory.then(() => {
      // A buffer whose allocation failed stays invalid, so work starts over on a new device.
      this.isCardLost = true;
      const heldBytes = this.main?.ops.deviceMemory?.heldBytes ?? Infinity;
      this.roomBytes = Math.min(this.roomBytes, heldBytes - 1);
      return unlessStoodIn(mynahError('out-of-memory', {}));
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
      this.seat?.ops.trim();
    }
    this.live = null;
  }
}
