/**
 * One of the threads of tfjs's WASM binary: runs what the binary hands to it on their shared memory.
 *
 * tfjs-backend-wasm 4.22 has this program as a text (`wasm-out/tfjs-backend-wasm-threaded-simd.worker.js`, written by
 * Emscripten 3.1) and would start it from a blob, for which a page's policy has to allow scripts that nobody can check.
 * `gpu/wasm-threads.ts` starts this file instead. The messages are those of that text.
 */

import startModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';

/** What the binary's module offers to its threads. Names with underscores are Emscripten's. */
interface ThreadModule {
  _pthread_self(): number;
  __emscripten_thread_init(thread: number, isMain: 0, isRuntime: 0, canBlock: 1): void;
  __emscripten_thread_exit(status: number): void;
  __emscripten_thread_crashed?(): void;
  establishStackSpace(): void;
  executeNotifiedProxyingQueue(queue: number): void;
  invokeEntryPoint(routine: number, argument: number): void;
  keepRuntimeAlive(): boolean;
  readonly PThread: { threadInitTLS(): void };
  readonly ExitStatus: new (status: number) => { readonly status: number };
}

type ThreadMessage =
  | {
      readonly cmd: 'load';
      readonly wasmModule: WebAssembly.Module;
      readonly wasmMemory: WebAssembly.Memory;
      /** Functions of the main module that its threads call too, such as `onAbort`. */
      readonly handlers: readonly string[];
    }
  | {
      readonly cmd: 'run';
      readonly pthread_ptr: number;
      readonly start_routine: number;
      readonly arg: number;
    }
  | { readonly cmd: 'cancel' }
  | { readonly cmd: 'processProxyingQueue'; readonly queue: number };

let module: ThreadModule | null = null;
let isInitialized = false;
let waitingQueues: number[] = [];

/** The module calls this function of the global scope when it is ready. */
Object.assign(self, {
  startWorker: (started: ThreadModule) => {
    module = started;
    self.postMessage({ cmd: 'loaded' });
  },
});

// A rejection that nobody handles ends the thread, so that its creator hears of it.
self.onunhandledrejection = ({ reason }) => {
  throw reason;
};

self.onmessage = ({ data }: MessageEvent<ThreadMessage>) => {
  try {
    receive(data);
  } catch (error) {
    module?.__emscripten_thread_crashed?.();
    throw error;
  }
};

function receive(message: ThreadMessage): void {
  if (message.cmd === 'load') {
    load(message);
    return;
  }
  if (module === null) return;
  if (message.cmd === 'run') {
    run(module, message);
  } else if (message.cmd === 'cancel') {
    if (module._pthread_self() !== 0) module.__emscripten_thread_exit(-1);
  } else if (message.cmd === 'processProxyingQueue') {
    if (isInitialized) module.executeNotifiedProxyingQueue(message.queue);
    else waitingQueues.push(message.queue);
  }
}

function load({ wasmModule, wasmMemory, handlers }: Extract<ThreadMessage, { cmd: 'load' }>): void {
  const forward = (handler: string) => [
    handler,
    (...args: unknown[]) => self.postMessage({ cmd: 'callHandler', handler, args }),
  ];
  void startModule({
    ...Object.fromEntries(handlers.map(forward)),
    ENVIRONMENT_IS_PTHREAD: true,
    wasmMemory,
    buffer: wasmMemory.buffer,
    instantiateWasm: (
      imports: WebAssembly.Imports,
      receiveInstance: (instance: WebAssembly.Instance) => void,
    ) => {
      const instance = new WebAssembly.Instance(wasmModule, imports);
      receiveInstance(instance);
      return instance.exports;
    },
  });
}

function run(
  thread: ThreadModule,
  { pthread_ptr, start_routine, arg }: Extract<ThreadMessage, { cmd: 'run' }>,
): void {
  thread.__emscripten_thread_init(pthread_ptr, 0, 0, 1);
  thread.establishStackSpace();
  thread.PThread.threadInitTLS();
  if (!isInitialized) {
    for (const queue of waitingQueues) thread.executeNotifiedProxyingQueue(queue);
    waitingQueues = [];
    isInitialized = true;
  }
  try {
    thread.invokeEntryPoint(start_routine, arg);
  } catch (error) {
    // Thrown where a thread gives its stack up without ending.
    if (error === 'unwind') return;
    if (!(error instanceof thread.ExitStatus)) throw error;
    if (!thread.keepRuntimeAlive()) thread.__emscripten_thread_exit(error.status);
  }
}
