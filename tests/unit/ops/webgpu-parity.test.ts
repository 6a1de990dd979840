/**
 * GPT-2 on our own kernels, on Dawn with the machine's Vulkan driver: with the kernels for software adapters,
 * with those for hardware (which use workgroup memory), and with WebGPU's default limits and tiny bindings.
 */

import { readFileSync } from 'node:fs';
import { afterAll, describe } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { parseGolden } from '../../support/goldens.ts';
import {
  type AdapterGoldens,
  describeAdapterParity,
  describeAdapters,
} from '../../support/adapter-suite.ts';
import {
  describeDeterminismAndLeaks,
  describeGoldenParity,
  GPT2_KINDS,
} from '../../support/numeric-suite.ts';
import { webgpuSubject } from '../../support/subjects.ts';

const read = (name: string) =>
  parseGolden(readFileSync(new URL(`../../goldens/${name}.safetensors`, import.meta.url)));

const adapted = (name: string): AdapterGoldens => ({
  base: () => read(name),
  lora: () => read(`${name}-lora`),
});

const plain = { tiny: () => read('tiny'), odd: () => read('odd') };
/** GPT-2s with other activations, other scores and heads of their own, by `transformers`. */
const kinds = Object.fromEntries(GPT2_KINDS.map((kind) => [kind, () => read(`kind-${kind}`)]));
const adapters = { tiny: adapted('tiny'), odd: adapted('odd') };

const full = await createDawnDevice();
const standard = await createDawnDevice(true);

afterAll(() => {
  full?.device.destroy();
  standard?.device.destroy();
});

const devices = {
  full: () => must(full, 'a device').device,
  standard: () => must(standard, 'a device').device,
};
const subjects = [
  webgpuSubject('kernels for software', devices.full, { isSoftware: true }),
  webgpuSubject('kernels for hardware', devices.full, { isSoftware: false }),
  webgpuSubject('default limits and 16 KiB bindings', devices.standard, {
    isSoftware: false,
    maxBindingBytes: 16 * 1024,
  }),
];

describe('WebGPU (Dawn)', onlyWithDevice(full), () => {
  for (const subject of subjects) {
    describeGoldenParity(subject, { ...plain, ...kinds });
    describeDeterminismAndLeaks(subject, () => read('tiny'));
    describeAdapterParity(subject, adapters, { keepsFloat32: false });
    describeAdapters(subject, adapters.tiny);
  }
});
