/**
 * What the engine's worker holds in memory, looked at from outside: its JavaScript heap with all that
 * array buffers hold, by the devtools protocol, and the bytes of GPU buffers that exist, by counting
 * in the worker what is created and destroyed.
 */

import type { CDPSession, Page } from 'playwright';

export interface WorkerMemory {
  readonly heapBytes: number;
  readonly gpuBytes: number;
}

export interface WorkerWatch {
  /** The most of each since the last call. */
  takePeak(): WorkerMemory;
  stop(): Promise<void>;
}

interface Reply {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
}

const everyMs = 100;

/**
 * Runs in the worker, with every look at it: in the first moments of a worker there is no WebGPU yet,
 * and well before it asks for a device there is.
 */
const countGpuBytes = `(() => {
  if (self.gpuBytes !== undefined || self.GPUDevice === undefined) return;
  self.gpuBytes = 0;
  self.gpuPeak = 0;
  const sizes = new WeakMap();
  const create = GPUDevice.prototype.createBuffer;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = create.call(this, descriptor);
    sizes.set(buffer, descriptor.size);
    self.gpuBytes += descriptor.size;
    self.gpuPeak = Math.max(self.gpuPeak, self.gpuBytes);
    return buffer;
  };
  const destroy = GPUBuffer.prototype.destroy;
  GPUBuffer.prototype.destroy = function () {
    self.gpuBytes -= sizes.get(this) ?? 0;
    sizes.delete(this);
    return destroy.call(this);
  };
})()`;
const readGpuPeak = '[self.gpuPeak ?? 0, (self.gpuPeak = self.gpuBytes ?? 0)][0]';

/** To be called before the page starts its worker. */
export async function watchWorker(page: Page): Promise<WorkerWatch> {
  const devtools = await page.context().newCDPSession(page);
  const worker = new WorkerSession(devtools);
  let peak: WorkerMemory = { heapBytes: 0, gpuBytes: 0 };
  let isStopped = false;
  const watching = (async () => {
    while (!isStopped) {
      const heap = await worker.send('Runtime.getHeapUsage');
      const gpu = await worker.send('Runtime.evaluate', {
        expression: `${countGpuBytes}; ${readGpuPeak}`,
      });
      const gpuPeak = (gpu['result'] as { value?: unknown } | undefined)?.value;
      const heapBytes =
        Number(heap['usedSize'] ?? 0) +
        Number(heap['embedderHeapUsedSize'] ?? 0) +
        Number(heap['backingStorageSize'] ?? 0);
      peak = {
        heapBytes: Math.max(peak.heapBytes, heapBytes),
        gpuBytes: Math.max(peak.gpuBytes, Number(gpuPeak ?? 0)),
      };
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  // Not flattened: Playwright's sessions can't be given a child's.
  await devtools.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return {
    takePeak() {
      const taken = peak;
      peak = { heapBytes: 0, gpuBytes: 0 };
      return taken;
    },
    async stop() {
      isStopped = true;
      worker.letGo();
      await watching;
      await devtools.detach().catch(() => {});
    },
  };
}

/** The newest worker of the page: a reload starts another. */
class WorkerSession {
  private readonly devtools: CDPSession;
  private sessionId: string | null = null;
  private lastId = 0;
  private readonly pending = new Map<number, (result: Record<string, unknown>) => void>();

  constructor(devtools: CDPSession) {
    this.devtools = devtools;
    devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type !== 'worker' || this.sessionId === sessionId) return;
      this.letGo();
      this.sessionId = sessionId;
    });
    devtools.on('Target.detachedFromTarget', ({ sessionId }) => {
      if (sessionId !== this.sessionId) return;
      this.sessionId = null;
      this.letGo();
    });
    devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as Reply;
      if (id === undefined) return;
      this.pending.get(id)?.(result ?? {});
      this.pending.delete(id);
    });
  }

  /** Empty where there is no worker. */
  async send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const { sessionId } = this;
    if (sessionId === null) return {};
    this.lastId += 1;
    const id = this.lastId;
    const answer = new Promise<Record<string, unknown>>((resolve) => this.pending.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.devtools.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => {
      this.pending.get(id)?.({});
    });
    return answer;
  }

  /** Answers all that waits: what was asked will answer no more. */
  letGo(): void {
    for (const resolve of this.pending.values()) resolve({});
    this.pending.clear();
  }
}
