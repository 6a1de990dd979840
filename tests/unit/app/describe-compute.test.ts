import { expect, test } from 'vitest';
import { describeCompute } from '../../../src/app/training/describe-compute.ts';
import type { EngineStatus } from '../../../src/protocol/calls.ts';

const status: EngineStatus = {
  backend: 'wasm',
  adapter: 'WebAssembly, 4 threads',
  isSoftware: true,
  reason: 'requested',
  available: ['wasm', 'cpu'],
  threads: 4,
};
const say = (reason: EngineStatus['reason']) => describeCompute({ ...status, reason });

test('a graphics card is said to compute wrongly only where it did', () => {
  expect(say('gpu-wrong-numbers')).toContain('wrong numbers');
  expect(say('gpu-no-answer')).toContain('didn’t finish');
  expect(say('gpu-failed')).toContain('reported an error');
  for (const reason of ['gpu-no-answer', 'gpu-failed'] as const) {
    expect(say(reason)).not.toContain('wrong');
  }
});
