/** GPT-2 on our own kernels in a real Chromium, on the device the page makes. */

import { beforeAll, describe } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { createGpu, type Gpu, requestAdapter } from '../../../src/gpu/device.ts';
import { type Golden, parseGolden } from '../../support/goldens.ts';
import { describeDeterminismAndLeaks, describeGoldenParity } from '../../support/numeric-suite.ts';
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

const golden = (name: string) => () => must(goldens.get(name), name);
const device = () => must(gpu, 'a device').device;

describe.each([
  { name: 'kernels for software', isSoftware: true },
  { name: 'kernels for hardware', isSoftware: false },
])('$name', ({ name, isSoftware }) => {
  const subject = webgpuSubject(name, device, { isSoftware });
  describeGoldenParity(subject, { tiny: golden('tiny'), odd: golden('odd') });
  describeDeterminismAndLeaks(subject, golden('tiny'));
});
