/** Reads goldens (tools/goldens/make.py) and compares numbers by the relative error that parity uses. */

import { expect } from 'vitest';
import { must } from '../../src/core/assert.ts';
import { type GPT2Config, parseConfig } from '../../src/model/config.ts';
import { parseSafetensorsHeader } from '../../src/model/safetensors.ts';
import { toFloat32 } from '../../src/model/tensor-source.ts';

export interface Golden {
  readonly config: GPT2Config;
  readonly optimizer: Record<string, number>;
  readonly names: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  get(name: string): Float32Array;
  shape(name: string): readonly number[];
}

export function parseGolden(bytes: Uint8Array): Golden {
  const { entries, metadata } = parseSafetensorsHeader(bytes, bytes.byteLength, 'golden');
  const entry = (name: string) => must(entries.get(name), name);
  const json = JSON.parse(metadata['config'] ?? 'null') as Record<string, unknown> | null;
  return {
    config: parseConfig(
      json ?? {
        model_type: 'gpt2',
        n_layer: 1,
        n_head: 1,
        n_embd: 1,
        n_positions: 1,
        vocab_size: 1,
      },
    ),
    optimizer: JSON.parse(metadata['optimizer'] ?? '{}') as Record<string, number>,
    names: [...entries.keys()],
    metadata,
    get: (name) => {
      const { byteOffset, byteLength, dtype } = entry(name);
      return toFloat32(bytes.subarray(byteOffset, byteOffset + byteLength), dtype, 'golden');
    },
    shape: (name) => entry(name).shape,
  };
}

/** max |a − b| / max |b|, which is relative to the largest value of the tensor. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  expect(actual.length).toBe(expected.length);
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i] as number;
    const e = expected[i] as number;
    // NaN must fail; without this, a later number could hide it.
    difference = Number.isNaN(a) ? Infinity : Math.max(difference, Math.abs(a - e));
    largest = Math.max(largest, Math.abs(e));
    if (difference === Infinity) break;
  }
  return largest === 0 ? difference : difference / largest;
}
