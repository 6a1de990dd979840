/** What the report about the device says where little is known. */

import { expect, test } from 'vitest';
import { type DeviceFacts, factGroups, reportText } from '../../../src/app/device/report-text.ts';

const nothingKnown: DeviceFacts = {
  version: '1.2.3',
  userAgent: 'A browser',
  cores: 1,
  memoryGiB: null,
  isIsolated: false,
  isOffline: false,
  status: null,
  report: null,
  storage: null,
  plan: null,
};

test('what isn’t known is said to be unknown, and never shown as zero or as missing', () => {
  const text = reportText(factGroups(nothingKnown));
  expect(text).toContain('- Now: nothing, because the engine hasn’t started');
  expect(text).toContain('- WebGPU: not known, because the engine doesn’t answer');
  expect(text).toContain(
    '- Used on the graphics card: not known, because the engine doesn’t answer',
  );
  expect(text).toContain('- Locks between tabs: not known, because the engine doesn’t answer');
  expect(text).toContain('- Processor: 1 thread\n');
  expect(text).toContain('- Storage: the browser doesn’t say');
  expect(text).toContain('- Persistent storage: not known');
  expect(text).not.toMatch(/\b0 B\b|null|undefined|NaN/);
});

test('a browser without an adapter, and storage that it doesn’t count', () => {
  const text = reportText(
    factGroups({
      ...nothingKnown,
      status: {
        backend: 'wasm',
        adapter: 'WebAssembly, 1 thread',
        isSoftware: true,
        reason: 'no-webgpu',
        wasmFault: null,
        standsInFor: null,
        available: ['wasm', 'cpu'],
        threads: 1,
      },
      report: {
        gpu: null,
        gpuHeldBytes: null,
        selfTest: null,
        kernelHash: 'abc',
        hasSharedMemory: false,
        hasFileSystem: false,
        hasLocks: false,
        requests: [],
      },
      storage: { estimate: null, persisted: false },
    }),
  );
  expect(text).toContain('- WebGPU: the browser offers no adapter');
  expect(text).toContain('- Processor: 1 thread, of which 1 compute');
  expect(text).toContain('- Isolated (threads): no');
  expect(text).toContain('- Used on the graphics card: nothing');
  expect(text).toContain('- Storage: the browser doesn’t say');
});
