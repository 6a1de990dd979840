/** The starter model that comes with the page computes what PyTorch computes from its files. */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { parseConfig } from '../../../src/model/config.ts';
import { GPT2, type Parameters } from '../../../src/model/gpt2.ts';
import { parseSafetensorsHeader, toFloat32 } from '../../../src/model/safetensors.ts';
import { parameterCount, parameterShapes } from '../../../src/model/weights.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { parseGolden, relativeError } from '../../support/goldens.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));

test('logits of the starter equal PyTorch (float16 weights, upcast)', async () => {
  await tf.setBackend('wasm');
  const config = parseConfig(JSON.parse(read('public/models/starter/config.json').toString()));
  const bytes = read('public/models/starter/model.safetensors');
  const { entries } = parseSafetensorsHeader(bytes, bytes.byteLength, 'model.safetensors');
  const ops = new PortableOps();
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    const entry = must(entries.get(`transformer.${name}`), name);
    const data = bytes.subarray(entry.byteOffset, entry.byteOffset + entry.byteLength);
    parameters.set(name, ops.tensor(toFloat32(data, entry.dtype, name), shape));
  }
  const model = new GPT2(ops, config, parameters);

  const golden = parseGolden(read('tests/goldens/starter-logits.safetensors'));
  const [B, T] = golden.shape('idx') as [number, number];
  const ids = Int32Array.from(golden.get('idx'));
  const { logits } = model.startDecoding({ ids, B, T }, T);
  expect(relativeError(await ops.read(logits), golden.get('logits'))).toBeLessThan(1e-4);
});

test('the starter is of the size it is said to be', () => {
  const config = parseConfig(JSON.parse(read('public/models/starter/config.json').toString()));
  expect(parameterCount(config)).toBe(3_505_152);
  expect(config.blockSize).toBe(256);
  expect(read('public/models/starter/model.safetensors').byteLength).toBeLessThan(16e6);
});
