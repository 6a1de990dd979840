// @ts-nocheck: peers are not among our dependencies, so their types are missing.
/**
 * Runs a peer in its own process: `node host.mjs MODULE JSON`. When steps are requested, it runs them and reports
 * how long each took. In between it waits, so that peers can take turns on one machine.
 */

import { resolveObjectURL } from 'node:buffer';
import { Worker } from 'node:worker_threads';

const [module, json] = process.argv.slice(2);
const options = JSON.parse(json);

if (options.backend === 'webgpu') {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  options.gpu = create([]);
  // tfjs uses WebGPU only if it finds a worker's global scope and a navigator with WebGPU.
  Object.assign(globalThis, { WorkerGlobalScope: Object });
}
/** The part of a browser's Worker that jax-js needs for its threads. Node's own can't start from a blob. */
class WebWorker {
  constructor(url) {
    const source = resolveObjectURL(url).text();
    const before = `const { parentPort } = require('node:worker_threads');
      globalThis.self = globalThis;
      globalThis.postMessage = (data) => parentPort.postMessage(data);
      parentPort.on('message', (data) => self.onmessage({ data }));`;
    this.started = source.then((text) => {
      const worker = new Worker(before + text, { eval: true });
      worker.on('message', (data) => this.onmessage({ data }));
      worker.on('error', (error) => this.onerror?.(error));
      return worker;
    });
  }
  postMessage(data) {
    void this.started.then((worker) => worker.postMessage(data));
  }
}
if (module.includes('jax-js') && options.threads > 1) globalThis.Worker = WebWorker;

const navigator = { gpu: options.gpu, userAgent: 'node', hardwareConcurrency: options.threads };
Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });

let seed = 1;
/** Uniform random numbers in [0, 1), the same in each run. */
function random() {
  seed = (seed * 1103515245 + 12345) % 2 ** 31;
  return seed / 2 ** 31;
}

const { createStep } = await import(module);
const step = await createStep(options.shape, options, random);
process.on('message', async (steps) => {
  const times = [];
  const cpuTimes = [];
  let loss = null;
  for (let i = 0; i < steps; i++) {
    const startedMs = performance.now();
    const startedCpu = process.cpuUsage();
    loss = await step();
    const { user, system } = process.cpuUsage(startedCpu);
    times.push(performance.now() - startedMs);
    cpuTimes.push((user + system) / 1000);
  }
  process.send({ times, cpuTimes, loss });
});
process.send('ready');
