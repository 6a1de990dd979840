/**
 * Loads a GPT-2 folder in Node as the engine does and says what memory it took, for a look by hand at a
 * model of real size.
 *
 *   npx vite build -c tests/random-gpt2/vite.config.ts
 *   node --expose-gc .cache/load-gpt2/load-gpt2.mjs FOLDER [--ops webgpu|portable] [--only-check]
 *
 * Memory is what is alive: it is measured after a full garbage collection at every 64 MiB. On WASM the
 * device's memory is the host's too, and is in `external`.
 */

import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import { checkModel } from '../../src/bots/store-model.ts';
import { GpuContext } from '../../src/gpu/context.ts';
import { loadModel } from '../../src/model/load.ts';
import type { ByteReader } from '../../src/model/safetensors.ts';
import { sourceBytes } from '../../src/model/tensor-source.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { fileReader } from '../parity/safetensors-file.ts';
import { requireDevice, tfjsOn } from '../support/node-backends.ts';

const mib = 2 ** 20;

class MemoryWatch {
  peakHeap = 0;
  peakExternal = 0;
  private nextBytes = 0;

  look(doneBytes: number): void {
    if (doneBytes < this.nextBytes) return;
    this.nextBytes = doneBytes + 64 * mib;
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    this.peakHeap = Math.max(this.peakHeap, heapUsed);
    this.peakExternal = Math.max(this.peakExternal, external);
  }
}

async function createOps(wish: string): Promise<Ops> {
  if (wish === 'portable') {
    await tfjsOn('wasm', null);
    return new PortableOps();
  }
  const { device } = await requireDevice('all');
  return new WebGPUOps(new GpuContext(device, { isSoftware: true }));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ops: { type: 'string', default: 'webgpu' },
      'only-check': { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error('which FOLDER?');
  if (!globalThis.gc) throw new Error('run node with --expose-gc');

  let largestRead = 0;
  const files = new Map<string, ByteReader>();
  for (const name of readdirSync(folder)) {
    const reader = fileReader(`${folder}/${name}`);
    files.set(name, {
      byteLength: reader.byteLength,
      read(offset, length) {
        largestRead = Math.max(largestRead, length);
        return reader.read(offset, length);
      },
    });
  }
  const watch = new MemoryWatch();
  const startedMs = performance.now();
  let largestTensor = 0;
  let ops: Ops | null = null;
  if (values['only-check']) {
    await checkModel(files, { onProgress: (_file, bytes) => watch.look(bytes) });
  } else {
    const { config } = await readDescription(files);
    const tensors = await openParameters(files, config);
    for (const source of tensors.parameters.values()) {
      largestTensor = Math.max(largestTensor, sourceBytes(source));
    }
    ops = await createOps(values.ops);
    largestRead = 0;
    watch.look(0);
    const model = await loadModel(ops, config, tensors, { onProgress: (n) => watch.look(n) });
    const ids = Int32Array.of(464, 890, 318);
    const { logits } = model.startDecoding({ ids, B: 1, T: 3 }, 16);
    const scores = await ops.read(logits);
    if (!scores.every(Number.isFinite)) throw new Error('logits that are none');
  }
  const peak = {
    seconds: Number(((performance.now() - startedMs) / 1000).toFixed(1)),
    largestTensorMiB: largestTensor / mib,
    largestReadMiB: largestRead / mib,
    peakHeapMiB: Math.round(watch.peakHeap / mib),
    peakExternalMiB: Math.round(watch.peakExternal / mib),
    gpuMiB: ops instanceof WebGPUOps ? Math.round(ops.gpu.arena.peakBytes / mib) : null,
    rssMiB: Math.round(process.memoryUsage().rss / mib),
  };
  console.log(JSON.stringify(peak));
}

void main().then(
  () => process.exit(0), // Dawn keeps threads alive
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
