/** Files with weights are not trusted until they are parsed. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig, PLAIN_GPT2 } from '../../../src/model/config.ts';
import { openSafetensors, parseSafetensorsHeader } from '../../../src/model/safetensors.ts';
import { readPieces, toFloat32 } from '../../../src/model/tensor-source.ts';
import { largestAllocation } from '../../support/allocations.ts';
import { readerOf } from '../../support/model-folder.ts';

function file(header: unknown, dataBytes: number, headerLength?: bigint): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, headerLength ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
const parse = (bytes: Uint8Array) =>
  parseSafetensorsHeader(bytes, bytes.byteLength, 'model.safetensors');
const entry = (dtype: unknown, shape: unknown, data_offsets: unknown) => ({
  dtype,
  shape,
  data_offsets,
});

test('parses a header into entries with absolute offsets, and metadata', () => {
  const bytes = file(
    {
      __metadata__: { format: 'pt' },
      a: entry('F16', [2, 3], [0, 12]),
      b: entry('F32', [], [12, 16]),
    },
    16,
  );
  const { entries, metadata } = parse(bytes);
  expect(metadata).toEqual({ format: 'pt' });
  expect(entries.get('a')).toMatchObject({
    shape: [2, 3],
    byteOffset: bytes.length - 16,
    byteLength: 12,
  });
  expect(entries.get('b')).toMatchObject({
    shape: [],
    byteOffset: bytes.length - 4,
    byteLength: 4,
  });
});

describe('a faulty file is refused, with its name and the fault', () => {
  test.each([
    ['cut-off', new Uint8Array(5)],
    ['cut-off', file({}, 0, 1n << 60n)],
    ['cut-off', file({}, 0, 3n)],
    ['unreadable.*header', file('{"a":', 0)],
    ['unreadable.*header', file('[]', 0)],
    ['wrong.*a\\.dtype', file({ a: entry('F8', [1], [0, 1]) }, 1)],
    ['wrong.*a\\.dtype', file({ a: null }, 1)],
    ['wrong.*a\\.shape', file({ a: entry('F32', [-1], [0, 4]) }, 4)],
    ['wrong.*a\\.shape', file({ a: entry('F32', 'x', [0, 4]) }, 4)],
    ['wrong.*a\\.data_offsets', file({ a: entry('F32', [1], [0]) }, 4)],
    ['wrong.*a\\.data_offsets', file({ a: entry('F32', [2], [0, 4]) }, 4)],
    ['cut-off.*"part":"a"', file({ a: entry('F32', [2], [0, 8]) }, 4)],
    ['too-large.*aaa…', file({ ['a'.repeat(257)]: entry('F32', [1], [0, 4]) }, 4)],
    ['too-large.*header', file(' '.repeat(2 ** 20 + 1), 0)],
    ['repeated.*"a"', file(`{"a":${JSON.stringify(entry('F32', [1], [0, 4]))},"\\u0061":{}}`, 4)],
    ['wrong.*b\\.data_offsets', file({ b: entry('F32', [1], [4, 8]) }, 8)],
    [
      'wrong.*b\\.data_offsets',
      file({ a: entry('F32', [1], [0, 4]), b: entry('F32', [1], [2, 6]) }, 8),
    ],
  ])('%s', (fault, bytes) => {
    expect(() => parse(bytes)).toThrowError(/model-corrupt.*model\.safetensors/);
    expect(() => parse(bytes)).toThrowError(new RegExp(fault));
  });

  test('10,000 mutated files are read or refused, and allocate no more than the size of the file (seed 20261122)', async () => {
    const good = file({ a: entry('F16', [2, 3], [0, 12]), b: entry('F32', [2], [12, 20]) }, 20);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(2 * good.length),
        async (changes, length) => {
          const mutated = good.slice();
          for (const [at, value] of changes) mutated[at] = value;
          const reader = readerOf(mutated.subarray(0, length));
          const allocated = await largestAllocation(async () => {
            try {
              for (const source of (await openSafetensors(reader, 'x')).values()) {
                for await (const _ of readPieces(source));
              }
            } catch (error) {
              expect(error).toMatchObject({ code: 'model-corrupt' });
            }
          });
          expect(reader.largestRead).toBeLessThanOrEqual(reader.byteLength);
          expect(allocated).toBeLessThanOrEqual(reader.byteLength);
        },
      ),
      { seed: 20261122, numRuns: 10_000 },
    );
  });
});

describe('conversion to float32', () => {
  test('every float16 number is converted exactly', () => {
    const bits = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
    const values = toFloat32(new Uint8Array(bits.buffer), 'F16', 'x');
    for (let i = 0; i < bits.length; i++) {
      const sign = i & 0x8000 ? -1 : 1;
      const exponent = (i >> 10) & 31;
      const fraction = i & 1023;
      const special = fraction === 0 ? sign * Infinity : Number.NaN;
      const normal = sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
      const expected =
        exponent === 31 ? special : exponent === 0 ? sign * 2 ** -14 * (fraction / 1024) : normal;
      if (!Object.is(values[i], expected))
        throw new Error(`0x${i.toString(16)}: ${values[i]} for ${expected}`);
    }
  });

  test('bfloat16 is the upper half of a float32', () => {
    const f32 = Float32Array.of(1, -2.5, 0, 3.0e38);
    const upper = new Uint16Array(f32.buffer).filter((_, i) => i % 2 === 1);
    const back = toFloat32(new Uint8Array(upper.buffer), 'BF16', 'x');
    for (let i = 0; i < 3; i++) expect(back[i]).toBe(f32[i]);
    expect(Math.abs((back[3] as number) / (f32[3] as number) - 1)).toBeLessThan(1 / 128);
  });

  test('unaligned bytes are read correctly', () => {
    const bytes = new Uint8Array(9);
    bytes.set(new Uint8Array(Float32Array.of(1.5, -3).buffer), 1);
    expect([...toFloat32(bytes.subarray(1), 'F32', 'x')]).toEqual([1.5, -3]);
  });

  test('integers are refused as weights', () => {
    expect(() => toFloat32(new Uint8Array(8), 'I64', 'model.safetensors')).toThrowError(
      /unsupported.*I64/,
    );
  });
});

describe('config.json', () => {
  const good = {
    model_type: 'gpt2',
    n_layer: 2,
    n_head: 2,
    n_embd: 16,
    n_positions: 32,
    vocab_size: 50,
  };

  test('is parsed with the defaults of the Hub', () => {
    expect(parseConfig(good)).toEqual({
      nLayer: 2,
      nHead: 2,
      nEmbd: 16,
      blockSize: 32,
      vocabSize: 50,
      ...PLAIN_GPT2,
      endOfTextId: 49,
    });
  });

  test.each([
    [{ model_type: 'llama' }, 'model_type'],
    [{ n_layer: 0 }, 'n_layer'],
    [{ n_head: 3 }, 'multiple'],
    [{ vocab_size: 1.5 }, 'vocab_size'],
    [{ activation_function: 'silu' }, 'activation_function'],
    [{ n_inner: 0 }, 'n_inner'],
    [{ scale_attn_by_inverse_layer_idx: 'yes' }, 'scale_attn_by_inverse_layer_idx'],
  ])('%j is refused, with the name of the field', (change, field) => {
    expect(() => parseConfig({ ...good, ...change })).toThrowError(
      new RegExp(`(model-corrupt|unsupported).*config\\.json.*${field}`),
    );
  });
});
