/** Faults of WebAssembly. Without it, plain JavaScript does the job, and the page says why. */

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, FaultGroup } from './fault.ts';
import { saysWhatComputes } from './whole-job.ts';

/** Plain JavaScript is slow, so one step has to do. */
const withoutWasm = (name: string, words: RegExp, inject: Fault['inject']): Fault =>
  saysWhatComputes(name, words, inject, 1);

const faults: readonly Fault[] = [
  withoutWasm('memory may not be shared', /your processor does the work \(1 thread\)/, {
    worker() {
      WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
        construct(target, [descriptor]) {
          if (descriptor.shared) throw new TypeError('shared memory is disabled');
          return new target(descriptor);
        },
      });
    },
  }),
  withoutWasm('threads never start', /your processor does the work \(1 thread\)/, {
    worker() {
      self.Worker = class extends EventTarget {
        postMessage(): void {}
        terminate(): void {}
      } as unknown as typeof Worker;
    },
  }),
  withoutWasm('WebAssembly is absent', /plain JavaScript.*has no WebAssembly/, {
    worker() {
      Reflect.deleteProperty(self, 'WebAssembly');
    },
  }),
  withoutWasm('WebAssembly is refused', /plain JavaScript.*refuse WebAssembly/, {
    worker() {
      const refuse = () => {
        throw new WebAssembly.CompileError('Wasm code generation disallowed by embedder');
      };
      WebAssembly.Module = new Proxy(WebAssembly.Module, { construct: refuse });
      for (const name of ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming']) {
        Object.defineProperty(WebAssembly, name, { value: async () => refuse() });
      }
    },
  }),
  withoutWasm('the files of WebAssembly are missing', /plain JavaScript.*could not be started/, {
    site(folder) {
      const assets = join(folder, 'assets');
      for (const file of readdirSync(assets)) {
        if (file.endsWith('.wasm')) rmSync(join(assets, file));
      }
    },
  }),
];

export const processor: FaultGroup = { name: 'processor', faults };
