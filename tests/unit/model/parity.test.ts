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
import { describeDeterminismAndLeaks, describeGoldenParity } from '../../support/numeric-suite.ts';
import { portableSubject } from '../../support/subjects.ts';

const read = (name: string) =>
  parseGolden(readFileSync(new URL(`../../goldens/${name}.safetensors`, import.meta.url)));

const adapted = (name: string): AdapterGoldens => ({
  base: () => read(name),
  lora: () => read(`${name}-lora`),
});

describe.each(['wasm', 'cpu'])('%s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  const subject = portableSubject(backend);
  describeGoldenParity(subject, { tiny: () => read('tiny'), odd: () => read('odd') });
  describeDeterminismAndLeaks(subject, () => read('tiny'));
  const goldens = { tiny: adapted('tiny'), odd: adapted('odd') };
  describeAdapterParity(subject, goldens, { keepsFloat32: true });
  describeAdapters(subject, goldens.tiny);
});
