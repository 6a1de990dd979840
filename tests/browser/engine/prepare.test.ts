/** Once a bot is ready to write, nothing of it is loaded or compiled any more when it is asked to. */

import { expect, inject, onTestFinished, test } from 'vitest';
import { connectEngine, writing } from './support.ts';

interface Work {
  /** Requests to the object store with the weights. */
  readonly reads: number;
  readonly compiled: number;
}

/** Runs in the engine's worker before its script: counts reads of weights, and everything that is compiled. */
const counting = `
  const work = { reads: 0, compiled: 0 };
  const count = (owner, name, what, counts = () => true) => {
    const before = owner?.prototype[name];
    if (before === undefined) return;
    owner.prototype[name] = function (...given) {
      if (counts(this)) work[what] += 1;
      return before.apply(this, given);
    };
  };
  for (const name of ['get', 'getAll', 'openCursor'])
    count(IDBObjectStore, name, 'reads', (store) => store.name === 'chunks');
  for (const name of ['createComputePipeline', 'createComputePipelineAsync', 'createShaderModule'])
    count(globalThis.GPUDevice, name, 'compiled');
  const channel = new BroadcastChannel('work');
  channel.onmessage = ({ data }) => data === 'tell' && channel.postMessage(work);
`;

function countingEngine() {
  const script = (text: string) =>
    URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const engineUrl = new URL(inject('engineUrl'), location.href).href;
  const imports = [script(counting), engineUrl].map((url) => `import '${url}';`);
  const channel = new BroadcastChannel('work');
  onTestFinished(() => channel.close());
  const worked = () =>
    new Promise<Work>((resolve) => {
      channel.onmessage = ({ data }) => resolve(data as Work);
      channel.postMessage('tell');
    });
  return { engine: connectEngine(script(imports.join('\n'))), worked };
}

test.each(['wasm', 'webgpu'] as const)('the first press on %s', async (backend) => {
  const { engine, worked } = countingEngine();
  await engine.call('start', { backend });
  const { id } = await engine.call('openReadyBot', {});
  const before = await worked();
  await engine.call('prepareWriting', { runId: id, count: 3 });
  const prepared = await worked();
  expect(prepared.reads).toBeGreaterThan(before.reads);
  if (backend === 'webgpu') expect(prepared.compiled).toBeGreaterThan(before.compiled);
  // Nothing of it is kept.
  expect(await engine.call('listWritten', { runId: id })).toEqual([]);
  const { tweets } = await engine.call('generate', { ...writing(id), count: 3, maxTokens: 12 });
  expect(tweets).toHaveLength(3);
  // The one that is read is of the texts that tweets are compared with when they are finished.
  expect(await worked()).toEqual({ ...prepared, reads: prepared.reads + 1 });
});
