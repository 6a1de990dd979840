import { expect, test } from 'vitest';
import { describeCompute } from '../../../src/app/training/describe-compute.ts';
import type { EngineStatus } from '../../../src/protocol/engine.ts';

const status: EngineStatus = {
  backend: 'wasm',
  adapter: 'WebAssembly, 4 threads',
  isSoftware: true,
  reason: 'requested',
  wasmFault: null,
  standsInFor: null,
  available: ['wasm', 'cpu'],
  threads: 4,
};
const say = (reason: EngineStatus['reason']) => describeCompute({ ...status, reason });

test('a graphics card is said to compute wrongly only where it did', () => {
  expect(say('gpu-wrong-numbers')).toContain('wrong numbers in a short test');
  expect(say('gpu-wrong-model')).toContain('wrong numbers with the whole model');
  expect(say('gpu-no-answer')).toContain('didn’t answer');
  expect(say('gpu-refused')).toContain('couldn’t open');
  expect(say('gpu-lost')).toContain('stopped working');
  expect(say('gpu-failed')).toContain('reported an error');
  for (const reason of ['gpu-no-answer', 'gpu-refused', 'gpu-lost', 'gpu-failed'] as const) {
    expect(say(reason)).not.toContain('wrong');
  }
});

test('plain JavaScript is said to compute because WebAssembly doesn’t, and why', () => {
  const sentences = (['no-webassembly', 'wasm-refused', 'wasm-failed'] as const).map((wasmFault) =>
    describeCompute({ ...status, backend: 'cpu', threads: 1, reason: 'no-adapter', wasmFault }),
  );
  for (const sentence of sentences) expect(sentence).toMatch(/plain JavaScript.*WebAssembly/);
  expect(new Set(sentences).size).toBe(3);
  expect(describeCompute({ ...status, backend: 'cpu' })).not.toContain('WebAssembly');
});
