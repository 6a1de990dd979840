/**
 * GPT-2 on our own kernels in a real Chromium, on the device that the page makes. One model with every
 * kernel is enough to see that its compiler and its driver compute them; the other suites run on Dawn in
 * Node, where they take a part of the time (tests/unit/ops/webgpu-parity.test.ts).
 */

import { beforeAll, describe } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { createGpu, type Gpu, requestAdapter } from '../../../src/gpu/device.ts';
import { type Golden, parseGolden } from '../../support/goldens.ts';
import { describeGoldenParity } from '../../support/numeric-suite.ts';
import { webgpuSubject } from '../../support/subjects.ts';

const goldens = new Map<string, Golden>();
let gpu: Gpu | null = null;

beforeAll(async () => {
  for (const name of ['tiny', 'odd']) {
    const response = await fetch(`/tests/goldens/${name}.safetensors`);
    goldens.set(name, parseGolden(new Uint8Array(await response.arrayBuffer())));
  }
  gpu = await createGpu(must(await requestAdapter(), 'an adapter'));
});

describe.each([
  { name: 'kernels for software', isSoftware: true },
  { name: 'kernels for hardware', isSoftware: false },
])('$name', ({ name, isSoftware }) => {
  const subject = webgpuSubject(name, () => must(gpu, 'a device').device, { isSoftware });
  const golden = (of: string) => () => must(goldens.get(of), of);
  describeGoldenParity(subject, { tiny: golden('tiny'), odd: golden('odd') });
});
