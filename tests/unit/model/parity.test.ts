/** GPT-2 on tfjs's backends in Node: WASM, with the same binaries as the page, and plain JavaScript. */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe } from 'vitest';
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
import { portableSubject } from '../../support/subjects.ts';

const read = (name: string) =>
  parseGolden(readFileSync(new URL(`../../goldens/${name}.safetensors`, import.meta.url)));

const goldens = {
  tiny: () => read('tiny'),
  odd: () => read('odd'),
  ...Object.fromEntries(GPT2_KINDS.map((kind) => [kind, () => read(`kind-${kind}`)])),
};

const adapted = (name: string): AdapterGoldens => ({
  base: () => read(name),
  lora: () => read(`${name}-lora`),
});

describe.each(['wasm', 'cpu'])('%s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  const subject = portableSubject(backend);
  describeGoldenParity(subject, goldens);
  describeDeterminismAndLeaks(subject, () => read('tiny'));
  const adapters = { tiny: adapted('tiny'), odd: adapted('odd') };
  describeAdapterParity(subject, adapters, { keepsFloat32: true });
  describeAdapters(subject, adapters.tiny);
});
