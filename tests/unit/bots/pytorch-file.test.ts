/** `pytorch_model.bin` as real PyTorch wrote it (tools/goldens/make_bin.py), and as nobody should. */

import { existsSync, readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPyTorch } from '../../../src/bots/pytorch-file.ts';
import { checkedBytes, hasOtherHead, openParameters } from '../../../src/bots/read-model.ts';
import { modelFilesToStore } from '../../../src/bots/store-model.ts';
import { readStateDict } from '../../../src/bots/torch-pickle.ts';
import { must } from '../../../src/core/assert.ts';
import { loadModel } from '../../../src/model/load.ts';
import { readPieces } from '../../../src/model/tensor-source.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { zipOf } from '../../fixtures/archives.ts';
import { englishIn } from '../../support/english-in.ts';
import { largestAllocation } from '../../support/allocations.ts';
import { parseGolden, relativeError } from '../../support/goldens.ts';
import {
  configJson,
  filesOf,
  type FolderContent,
  readerOf,
  smallTokenizer,
} from '../../support/model-folder.ts';

const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../goldens/pytorch/${name}`, import.meta.url)));
const expected = parseGolden(read('expected.safetensors'));
const weightNames = expected.names.filter((name) => name.startsWith('w.'));

const shards = ['pytorch_model-00001-of-00002.bin', 'pytorch_model-00002-of-00002.bin'];
const variants: Readonly<Record<string, FolderContent>> = {
  'float32, tied head, masks': { 'pytorch_model.bin': read('f32-tied.bin') },
  'float16, the head a copy': { 'pytorch_model.bin': read('f16-copied-head.bin') },
  'bfloat16, one storage for all, no prefix': {
    'pytorch_model.bin': read('bf16-shared-storage.bin'),
  },
  float64: { 'pytorch_model.bin': read('f64.bin') },
  'the table under the head’s name only': { 'pytorch_model.bin': read('only-head.bin') },
  'in a state_dict, with model. before names': { 'pytorch_model.bin': read('in-state-dict.bin') },
  'of before PyTorch 1.6': { 'pytorch_model.bin': read('before-1.6.bin') },
  'of before PyTorch 1.6, in a model': { 'pytorch_model.bin': read('in-model-before-1.6.bin') },
  'of before PyTorch 0.2': { 'pytorch_model.bin': read('before-0.2.bin') },
  'parameters, matrices transposed in place': { 'pytorch_model.bin': read('f32-transposed.bin') },
  'two shards and their index': Object.fromEntries(
    [...shards, 'pytorch_model.bin.index.json'].map((name) => [name, read(name)]),
  ),
};

describe.each(Object.entries(variants))('%s', (_name, content) => {
  test('every weight is PyTorch’s', async () => {
    const { parameters } = await openParameters(filesOf(content), expected.config);
    expect([...parameters.keys()].map((name) => `w.${name}`).sort()).toEqual(weightNames.sort());
    for (const [name, source] of parameters) {
      const values: number[] = [];
      for await (const piece of readPieces(source)) values.push(...piece.values);
      expect(values, name).toEqual([...expected.get(`w.${name}`)]);
    }
  });

  test('and so are the logits', async () => {
    await tf.setBackend('cpu');
    const ops = new PortableOps();
    const tensors = await openParameters(filesOf(content), expected.config);
    for await (const _ of checkedBytes(tensors, undefined));
    const model = await loadModel(ops, expected.config, tensors);
    const [B, T] = expected.shape('idx') as [number, number];
    const logits = model.logits({ ids: Int32Array.from(expected.get('idx')), B, T });
    expect(relativeError(await ops.read(logits), expected.get('logits'))).toBeLessThan(1e-4);
  });
});

test('a whole folder with pytorch_model.bin is stored as safetensors of the same numbers', async () => {
  const tokenizer = smallTokenizer([]);
  const content = {
    'config.json': configJson(expected.config),
    'vocab.json': tokenizer.vocab,
    'merges.txt': tokenizer.mergesText,
    'pytorch_model.bin': read('f16-copied-head.bin'),
  };
  const kept = await modelFilesToStore(filesOf(content));
  expect(kept.map(({ name }) => name).sort()).toEqual([
    'config.json',
    'model.safetensors',
    'tokenizer.json',
    'tokenizer_config.json',
  ]);
  const { content: weights } = must(kept.at(-1), 'the weights');
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of weights as AsyncIterable<Uint8Array<ArrayBuffer>>) pieces.push(piece);
  const file = new Uint8Array(await new Blob(pieces).arrayBuffer());
  const files = filesOf({ 'model.safetensors': file });
  const { parameters } = await openParameters(files, expected.config);
  for (const [name, source] of parameters) {
    expect(source.dtype).toBe('F16');
    for await (const { values } of readPieces(source)) {
      expect([...values], name).toEqual([...expected.get(`w.${name}`)]);
    }
  }
});

test('a head that isn’t the embedding table is found to be another', async () => {
  for (const [name, isOther] of [
    ['f32-other-head.bin', true],
    ['f16-copied-head.bin', false],
  ] as const) {
    const files = filesOf({ 'pytorch_model.bin': read(name) });
    const tensors = await openParameters(files, expected.config);
    expect(await hasOtherHead(tensors, undefined), name).toBe(isOther);
  }
});

describe('refused, and said why', () => {
  const open = (name: string) => openPyTorch(readerOf(read(name)), 'pytorch_model.bin');

  test('a pickle that would run a command, naming it; nothing runs', async () => {
    await expect(open('asks-for-os-system.bin')).rejects.toMatchObject({
      code: 'unsupported',
      data: {
        details: { file: 'pytorch_model.bin', what: 'pickle-code', found: 'posix.system' },
      },
    });
    expect(existsSync('/tmp/mynah-was-here')).toBe(false);
  });

  test('a file of something else, whose pickle isn’t blamed', async () => {
    const page = new TextEncoder().encode('<!doctype html>');
    await expect(openPyTorch(readerOf(page), 'x.bin')).rejects.toMatchObject({
      data: { details: { file: 'x.bin', fault: { what: 'other-format' } } },
    });
  });

  // The last byte of a tar is padding.
  const cuts = ['f32-tied.bin', 'before-1.6.bin', 'before-0.2.bin'].flatMap((name) =>
    [0, 1, 3, 300, 5000, name === 'before-0.2.bin' ? 9000 : -1].map((end) => [name, end] as const),
  );
  test.each(cuts)('%s cut off at byte %i', async (name, end) => {
    const bytes = read(name).subarray(0, end);
    const error = await openPyTorch(readerOf(bytes), 'x.bin').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'model-corrupt',
      data: { details: { file: 'x.bin' } },
    });
    expect(await englishIn(error)).toEqual([]);
  });

  test.each([
    ['something else than a dictionary', 'K\x01.', /holds no dictionary/],
    ['an end that never comes', '}', /ends too early/],
    ['a call of what is no function', '}K\x01)R.', /calls no function/],
    ['a mark that isn’t there', 't.', /mark/],
    ['a memory that isn’t', 'h\x07.', /recalls/],
  ])('a pickle with %s', (_what, text, fault) => {
    const bytes = Uint8Array.from(`\x80\x02${text}`, (c) => c.charCodeAt(0));
    expect(() => readStateDict(bytes, 'x.bin')).toThrowError(fault);
  });

  test.each([
    ['GLOBAL', 'cbuiltins\neval\n.', /builtins\.eval/],
    ['STACK_GLOBAL', '\x8c\x05posix\x8c\x06system\x93.', /posix\.system/],
    ['INST', '(S"ls"\niposix\nsystem\n.', /"0x53/],
    ['EXT1', '\x82\x01.', /"0x82/],
    ['NEWOBJ', 'ccollections\nOrderedDict\n)\x81.', /"0x81/],
  ])('a pickle that reaches for more by %s', (_op, text, reason) => {
    const bytes = Uint8Array.from(`\x80\x02${text}`, (c) => c.charCodeAt(0));
    expect(() => readStateDict(bytes, 'x.bin')).toThrowError(/unsupported/);
    expect(() => readStateDict(bytes, 'x.bin')).toThrowError(reason);
  });
});

/** A file of one float32 tensor over a storage of four numbers; shape and strides as pickled tuples. */
async function oneTensor(
  shape: string,
  strides: string,
  isStored = true,
  more: readonly (readonly [path: string, bytes: Uint8Array])[] = [],
): Promise<Uint8Array> {
  const storage = '(\x8c\x07storagectorch\nFloatStorage\n\x8c\x010\x8c\x03cpuK\x04tQ';
  const rebuild = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}K\x00${shape}${strides}\x89}tR`;
  const pickle = Uint8Array.from(`\x80\x02}\x8c\x01a${rebuild}s.`, (c) => c.charCodeAt(0));
  const zip = await zipOf(
    [
      ['x/data.pkl', pickle],
      ['x/data/0', new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)],
      ...more,
    ],
    { isStored },
  );
  return new Uint8Array(zip);
}

test('opening a file reads its directory and its pickle, and not its numbers', async () => {
  const more = [['x/data/1', new Uint8Array(4e6)]] as const;
  const reader = readerOf(await oneTensor('(K\x04t', '(K\x01t', true, more));
  await openPyTorch(reader, 'x.bin');
  expect(reader.bytesRead).toBeLessThan(500_000);
});

describe('a view of a storage', () => {
  const million = '(M\xe8\x03M\xe8\x03t';
  async function read(bytes: Uint8Array): Promise<number[]> {
    const values: number[] = [];
    for (const source of (await openPyTorch(readerOf(bytes), 'x.bin')).values()) {
      for await (const piece of readPieces(source)) values.push(...piece.values);
    }
    return values;
  }

  test('may be transposed', async () => {
    const bytes = await oneTensor('(K\x02K\x02t', '(K\x01K\x02t');
    expect(await read(bytes)).toEqual([1, 3, 2, 4]);
  });

  test.each([
    ['that makes a million numbers of one', million, '(K\x00K\x00t', /wrong.*stride/],
    ['whose rows overlap', '(K\x02K\x03t', '(K\x01K\x01t', /wrong.*stride/],
    ['beyond its end', '(K\x05t', '(K\x01t', /cut-off/],
  ])('%s is refused, and nothing made for it', async (_what, shape, strides, fault) => {
    const bytes = await oneTensor(shape, strides);
    const allocated = await largestAllocation(async () => {
      await expect(read(bytes)).rejects.toThrowError(fault);
    });
    expect(allocated).toBeLessThanOrEqual(bytes.byteLength);
  });

  test('is not looked for in a pickle that unpacks to more than the file', async () => {
    const bytes = await oneTensor('(K\x04t', '(K\x01t', false);
    await expect(read(bytes)).rejects.toThrowError(/model-corrupt.*unreadable.*data\.pkl/);
  });
});

describe('mutated', () => {
  const good = read('two-tensors.bin');
  const pickleAt = 64; // behind the local header, padded to 64
  const pickleBytes = Buffer.from(good).indexOf('PK\x07\x08') - pickleAt;
  const change = (most: number) =>
    fc.array(fc.tuple(fc.nat(most - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });

  /** Opens and reads everything; anything but tensors or a refusal with a code fails the property. */
  async function readAll(bytes: Uint8Array): Promise<void> {
    const reader = readerOf(bytes);
    const allocated = await largestAllocation(async () => {
      try {
        for (const source of (await openPyTorch(reader, 'x.bin')).values()) {
          for await (const _ of readPieces(source));
        }
      } catch (error) {
        expect(error).toHaveProperty('code');
        expect((error as { code: string }).code).toMatch(/^(model-corrupt|unsupported)$/);
      }
    });
    expect(reader.largestRead).toBeLessThanOrEqual(bytes.byteLength);
    expect(allocated).toBeLessThanOrEqual(bytes.byteLength);
  }

  test('what is allocated is seen', async () => {
    expect(await largestAllocation(() => void new Float32Array(1000))).toBe(4000);
  });

  test('the pickle, 10,000 times: tensors, or a refusal (seed 20261122)', () => {
    const pickle = good.subarray(pickleAt, pickleAt + pickleBytes);
    expect([...readStateDict(pickle, 'x.bin').tensors.keys()]).toEqual(['a', 'b']);
    fc.assert(
      fc.property(change(pickle.length), fc.nat(pickle.length), (changes, length) => {
        const mutated = pickle.slice();
        for (const [at, value] of changes) mutated[at] = value;
        for (const bytes of [mutated, mutated.subarray(0, length)]) {
          try {
            readStateDict(bytes, 'x.bin');
          } catch (error) {
            const { name, message } = must(error as Error | undefined, 'an error');
            expect(`${name} ${message}`).toMatch(/^(Error|MynahError unsupported)/);
            expect(error).not.toBeInstanceOf(RangeError);
            expect(error).not.toBeInstanceOf(TypeError);
          }
        }
      }),
      { seed: 20261122, numRuns: 10_000 },
    );
  });

  const files = ['two-tensors.bin', 'two-tensors-before-1.6.bin', 'two-tensors-before-0.2.bin'];
  test.each(files)(
    '%s, 10,000 times: read or refused, and never more than the file (seed 20261122)',
    async (name) => {
      const good = read(name);
      await fc.assert(
        fc.asyncProperty(change(good.length), fc.nat(2 * good.length), async (changes, length) => {
          const mutated = good.slice();
          for (const [at, value] of changes) mutated[at] = value;
          await readAll(mutated.subarray(0, length));
        }),
        { seed: 20261122, numRuns: 10_000 },
      );
    },
  );
});
