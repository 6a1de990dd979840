/**
 * Which of graphics card and processor trains a small model in `auto`. The software driver passes itself off as a
 * card here. It is many times slower than the processor, as no real card is, so who wins is certain.
 */

import { expect, inject, test } from 'vitest';
import type { EngineStatus } from '../../../src/protocol/engine.ts';
import type { ModelShape } from '../../../src/protocol/models.ts';
import type { PlanProgress } from '../../../src/protocol/training.ts';
import { type Client, connect } from '../../../src/protocol/client.ts';
import { seemHardware } from '../../support/seem-hardware.ts';
import { importMadeUpTweets, train, trainParams, writing } from './support.ts';

const GPT2_SMALL: ModelShape = {
  layers: 12,
  heads: 12,
  channels: 768,
  inner: 3072,
  hasOwnHead: false,
  vocabulary: 50_257,
  context: 1024,
};

const asUrl = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));

/** An engine on that card, and what it says of what computes: the last status, and all that came before. */
async function startOnCard(): Promise<{ engine: Client; statuses: EngineStatus[] }> {
  const before = asUrl(`(${seemHardware})();`);
  const script = new URL(inject('engineUrl'), location.href).href;
  const loader = asUrl(`import ${JSON.stringify(before)}; import ${JSON.stringify(script)};`);
  const engine = connect(new Worker(loader, { type: 'module' }));
  const statuses: EngineStatus[] = [];
  statuses.push(await engine.call('start', { backend: 'auto' }));
  const onProgress = (status: EngineStatus) => statuses.push(status);
  engine.call('watchStatus', {}, { onProgress }).catch(() => {});
  return { engine, statuses };
}

test('both are timed once, the faster one trains and resumes, and larger models stay on the card', async () => {
  const { engine, statuses } = await startOnCard();
  expect(statuses).toMatchObject([
    { backend: 'webgpu', reason: 'hardware-gpu', standsInFor: null },
  ]);
  const card = statuses[0]?.adapter;
  const onCard = await engine.call('estimateNeeds', { models: [GPT2_SMALL] });
  const dataset = await importMadeUpTweets(engine);
  // Large enough that the software driver loses on a loaded machine, too.
  const params = trainParams(dataset.id, 2, { blockLength: 128, tokensPerStep: 256 });
  const phases = new Set<PlanProgress['phase']>();
  const onProgress = ({ phase }: PlanProgress) => phases.add(phase);
  await engine.call('planTraining', params, { onProgress });
  expect([...phases]).toContain('compiling');
  expect(statuses.at(-1)).toMatchObject({
    backend: 'wasm',
    reason: 'processor-faster',
    standsInFor: card,
    available: ['webgpu', 'wasm', 'cpu'],
  });
  expect(statuses).toHaveLength(2);
  // What is said of models that the card would train is still what the card can hold.
  expect(await engine.call('estimateNeeds', { models: [GPT2_SMALL] })).toEqual(onCard);
  const report = await engine.call('deviceReport', {});
  expect(report.selfTest).not.toBeNull();

  // The run goes there, without being timed again.
  const { run } = await train(engine, params);
  expect(run).toMatchObject({ status: 'finished', backend: 'wasm' });
  expect(run.adapter).toMatch(/^WebAssembly/);
  expect((await engine.call('generate', writing(run.id))).tweets).toHaveLength(5);
  expect(statuses).toHaveLength(2);
  engine.terminate();

  // Another visit remembers who was faster: nothing is compiled, with which timing the card begins.
  const again = await startOnCard();
  const later = new Set<string>();
  const resumed = { resumeRunId: run.id, moreEpochs: 0.01 };
  const rest = await train(again.engine, resumed, ({ phase }) => later.add(phase));
  expect(rest.run).toMatchObject({ status: 'finished', backend: 'wasm' });
  expect([...later]).toContain('training');
  expect([...later]).not.toContain('compiling');
  again.engine.terminate();
});
