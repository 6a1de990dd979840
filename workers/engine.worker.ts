/** The engine's worker: connects the engine to the protocol and tells it where the WASM binaries and their threads are. */

import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { recordAllRequests } from '../src/core/recorded-requests.ts';
import { createEngine } from '../src/engine/engine.ts';
import { serve } from '../src/protocol/serve.ts';
import threads from './wasm-thread.worker.ts?worker&url';

// This script is in `assets/` in the built site and in `workers/` in development, both next to the page. The
// worker's own address may be that of a blob which imports it.
const script = import.meta.url;
const site = new URL('..', script);
const asset = (url: string) => new URL(url, script).href;

recordAllRequests();
serve(
  self,
  createEngine({
    site,
    wasmPaths: {
      'tfjs-backend-wasm.wasm': asset(plain),
      'tfjs-backend-wasm-simd.wasm': asset(simd),
      'tfjs-backend-wasm-threaded-simd.wasm': asset(threadedSimd),
      threads: asset(threads),
    },
  }),
);
