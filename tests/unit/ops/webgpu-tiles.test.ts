/**
 * GPT-2 on the shape of tile that some devices get and this machine's doesn't. A file of its own, because
 * a software driver takes a minute to compile them, in one thread.
 */

import { readFileSync } from 'node:fs';
import { afterAll, describe } from 'vitest';
import { sameTiles, shapeName, TILE_SHAPES } from '../../../src/gpu/kernels/tile-shapes.ts';
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
  // The others have their products compared in kernels.property.test.ts: compiling all would take minutes.
  for (const shape of TILE_SHAPES.slice(1, 2)) {
    const options = { isSoftware: false, tiles: sameTiles(shape) };
    const subject = webgpuSubject(`tiles of ${shapeName(shape)}`, device, options);
    describeGoldenParity(subject, { tiny: read('tiny'), odd: read('odd') });
    const adapted = {
      tiny: { base: read('tiny'), lora: read('tiny-lora') },
      odd: { base: read('odd'), lora: read('odd-lora') },
    };
    describeAdapterParity(subject, adapted, { keepsFloat32: false });
  }
});
