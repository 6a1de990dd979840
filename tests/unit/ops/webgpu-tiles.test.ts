/**
 * GPT-2 on the shapes of tile that this machine's device wouldn't get by itself. A file of its own, because
 * a software driver takes a minute to compile them, in one thread.
 */

import { readFileSync } from 'node:fs';
import { afterAll, describe } from 'vitest';
import { shapeName, TILE_SHAPES } from '../../../src/gpu/kernels/matmul-tiles.ts';
import { must } from '../../../src/core/assert.ts';
import { describeAdapterParity } from '../../support/adapter-suite.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { parseGolden } from '../../support/goldens.ts';
import { describeGoldenParity } from '../../support/numeric-suite.ts';
import { webgpuSubject } from '../../support/subjects.ts';

const read = (name: string) => () =>
  parseGolden(readFileSync(new URL(`../../goldens/${name}.safetensors`, import.meta.url)));

const dawn = await createDawnDevice();
const device = () => must(dawn, 'a device').device;

afterAll(() => {
  dawn?.device.destroy();
});

describe('WebGPU (Dawn)', onlyWithDevice(dawn), () => {
  for (const tiles of TILE_SHAPES.slice(1)) {
    const options = { isSoftware: false, tiles };
    const subject = webgpuSubject(`tiles of ${shapeName(tiles)}`, device, options);
    describeGoldenParity(subject, { tiny: read('tiny'), odd: read('odd') });
    const adapted = {
      tiny: { base: read('tiny'), lora: read('tiny-lora') },
      odd: { base: read('odd'), lora: read('odd-lora') },
    };
    describeAdapterParity(subject, adapted, { keepsFloat32: false });
  }
});
