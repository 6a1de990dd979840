/** Model folders as on the Hub: every form a whole one comes in, and every way one can be wrong. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFolder } from '../../../src/bots/open-folder.ts';
import { openParameters, readDescription } from '../../../src/bots/read-model.ts';
import { checkModel, modelFilesToStore } from '../../../src/bots/store-model.ts';
import { must } from '../../../src/core/assert.ts';
import { randomUnit } from '../../../src/core/random.ts';
import { findParameters } from '../../../src/model/find-parameters.ts';
import { type GPT2Config, parseConfig, PLAIN_GPT2 } from '../../../src/model/config.ts';
import { openSafetensors } from '../../../src/model/safetensors.ts';
import { readPieces } from '../../../src/model/tensor-source.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { zipOf } from '../../fixtures/archives.ts';
import { englishIn } from '../../support/english-in.ts';
import {
  bytesOf,
  configJson,
  type FileTensor,
  type FolderContent,
  filesOf,
  floatTensor,
  readerOf,
  safetensorsFile,
  smallTokenizer,
} from '../../support/model-folder.ts';

const tokenizer = smallTokenizer([
  ['h', 'e'],
  ['Ġ', 't'],
  ['Ġt', 'he'],
]);
const config: GPT2Config = {
  nLayer: 1,
  nHead: 2,
  nEmbd: 8,
  blockSize: 8,
  vocabSize: tokenizer.size,
  ...PLAIN_GPT2,
  endOfTextId: tokenizer.size - 1,
};
const weights = new Map(
  Array.from(parameterShapes(config), ([name, shape], stream) => {
    const count = elementCount(shape);
    // Multiples of 2⁻⁷ below 1: exact in every dtype.
    const values = Float32Array.from(
      { length: count },
      (_, i) => (Math.floor(256 * randomUnit(5, stream, i)) - 128) / 128,
    );
    return [name, { shape, values }] as const;
  }),
);

function tensors(prefix = 'transformer.', dtype: 'F32' | 'BF16' = 'F32'): FileTensor[] {
  return Array.from(weights, ([name, { shape, values }]) =>
    floatTensor(prefix + name, shape, values, dtype),
  );
}
const mask: FileTensor = {
  name: 'transformer.h.0.attn.bias',
  dtype: 'BOOL',
  shape: [1, 1, 8, 8],
  data: new Uint8Array(64).fill(1),
};
const wte = must(weights.get('wte.weight'), 'wte');
const head = floatTensor('lm_head.weight', wte.shape, wte.values);

const whole = {
  'config.json': configJson(config),
  'tokenizer.json': tokenizer.json,
  'tokenizer_config.json': { model_max_length: 8 },
  'generation_config.json': { eos_token_id: config.endOfTextId },
  'model.safetensors': safetensorsFile(tensors()),
} satisfies FolderContent;
const { 'model.safetensors': _weights, ...withoutWeights } = whole;
const { 'tokenizer.json': _tokenizer, ...withoutTokenizer } = whole;

function sharded(): FolderContent {
  const all = tensors();
  const names = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const;
  const parts = [all.slice(0, 5), all.slice(5)];
  return {
    ...withoutWeights,
    [names[0]]: safetensorsFile(must(parts[0], 'a part')),
    [names[1]]: safetensorsFile(must(parts[1], 'a part')),
    'model.safetensors.index.json': {
      weight_map: Object.fromEntries(
        parts.flatMap((part, i) => part.map(({ name }) => [name, names[i]])),
      ),
    },
  };
}

/** What {@link modelFilesToStore} gives, read whole. */
async function stored(content: FolderContent): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { name, content: source } of await modelFilesToStore(filesOf(content))) {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    if (source instanceof Uint8Array) parts.push(new Uint8Array(source));
    else
      for await (const piece of source as AsyncIterable<Uint8Array>)
        parts.push(new Uint8Array(piece));
    files.set(name, new Uint8Array(await new Blob(parts).arrayBuffer()));
  }
  return files;
}

test('a head that isn’t the embedding table is used, whatever the config says, as in transformers 5', async () => {
  const values = wte.values.with(0, 9);
  const other = floatTensor('lm_head.weight', wte.shape, values);
  const content = { ...whole, 'model.safetensors': safetensorsFile([...tensors(), other]) };
  expect(await checkModel(filesOf(content))).toMatchObject({
    isUntied: true,
    config: { ...config, hasOwnHead: true },
  });
  const kept = await stored(content);
  const files = new Map([...kept].map(([name, bytes]) => [name, readerOf(bytes)]));
  const { config: read, isUntied } = await checkModel(files);
  expect([read.hasOwnHead, isUntied]).toEqual([true, false]);
  const source = must((await openParameters(files, read)).parameters.get('lm_head.weight'), 'it');
  const pieces: number[] = [];
  for await (const piece of readPieces(source)) pieces.push(...piece.values);
  expect(pieces).toEqual([...Float32Array.from(values)]);
});

describe('a whole model', () => {
  const added = { ...tokenizer.vocab };
  delete added['<|endoftext|>'];
  const forms: Readonly<Record<string, FolderContent>> = {
    'as the Hub has it today': whole,
    'names without transformer.': { ...whole, 'model.safetensors': safetensorsFile(tensors('')) },
    bfloat16: { ...whole, 'model.safetensors': safetensorsFile(tensors('transformer.', 'BF16')) },
    'masks and a repeated head': {
      ...whole,
      'model.safetensors': safetensorsFile([mask, ...tensors(), head]),
    },
    'in shards': sharded(),
    'vocab.json and merges.txt': {
      ...withoutTokenizer,
      'vocab.json': tokenizer.vocab,
      'merges.txt': tokenizer.mergesText,
    },
    'added_tokens.json beside them': {
      ...withoutTokenizer,
      'vocab.json': added,
      'added_tokens.json': { '<|endoftext|>': config.endOfTextId },
      'merges.txt': tokenizer.mergesText,
    },
    'added tokens in tokenizer_config.json': {
      ...withoutTokenizer,
      'vocab.json': added,
      'merges.txt': tokenizer.mergesText.replaceAll('\n', '\r\n'),
      'tokenizer_config.json': {
        added_tokens_decoder: { [config.endOfTextId]: { content: '<|endoftext|>' } },
      },
    },
    'only what it takes': {
      'config.json': whole['config.json'],
      'tokenizer.json': whole['tokenizer.json'],
      'model.safetensors': whole['model.safetensors'],
    },
  };

  test.each(Object.entries(forms))(
    '%s: stored and read back, it is the same',
    async (_n, content) => {
      const files = await stored(content);
      const description = await readDescription(filesOf(Object.fromEntries(files)));
      expect(description.config).toEqual(config);
      expect([...description.tokenizer.encode('he the')]).toEqual([256, 258]);
      const { parameters, head: none } = await openParameters(
        filesOf(Object.fromEntries(files)),
        config,
      );
      expect(none).toBeNull();
      for (const [name, source] of parameters) {
        const values: number[] = [];
        for await (const piece of readPieces(source)) values.push(...piece.values);
        expect(values, name).toEqual([...must(weights.get(name), name).values]);
      }
    },
  );

  test('what is stored has the Hub’s names and nothing besides the parameters', async () => {
    const content = {
      ...whole,
      'model.safetensors': safetensorsFile([mask, ...tensors(''), head]),
    };
    const file = must((await stored(content)).get('model.safetensors'), 'weights');
    expect([...(await openSafetensors(readerOf(file), 'x')).keys()].sort()).toEqual(
      [...weights.keys()].map((name) => `transformer.${name}`).sort(),
    );
  });

  test('is read a few megabytes at a time with progress to the end', async () => {
    const seen: number[] = [];
    await checkModel(filesOf(whole), { onProgress: (_file, bytes) => seen.push(bytes) });
    const total = [...weights.values()].reduce((sum, { values }) => sum + values.byteLength, 0);
    expect(seen.at(-1)).toBe(total);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test('stops when it is told to', async () => {
    const signal = AbortSignal.abort();
    await expect(checkModel(filesOf(whole), { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

test.each([
  ['null', null, 'model-corrupt'],
  ['no map', {}, 'model-corrupt'],
  ['a text as the map', { weight_map: 'all' }, 'model-corrupt'],
  ['a number as a file', { weight_map: { 'wte.weight': 7 } }, 'model-file-missing'],
  ['an object as a file', { weight_map: { 'wte.weight': { toString: 1 } } }, 'model-file-missing'],
])('an index of shards that is damaged is refused: %s', async (_what, index, code) => {
  const content = { ...sharded(), 'model.safetensors.index.json': index };
  await expect(openParameters(filesOf(content), config)).rejects.toMatchObject({ code });
});

describe('found where it was dropped', () => {
  const entries = Object.entries(whole).map(([name, value]) => [name, bytesOf(value)] as const);
  const file = (name: string, bytes: Uint8Array) => new File([new Uint8Array(bytes)], name);
  const dropped = (prefix: string) =>
    entries.map(([name, bytes]) => ({ path: prefix + name, file: file(name, bytes) }));

  test.each([
    ['loose files', '', null],
    ['a folder', 'my-gpt2/', 'my-gpt2'],
    ['a folder in a folder', 'models/my-gpt2/', 'my-gpt2'],
  ])('%s', async (_what, prefix, name) => {
    const deeper = {
      path: `${prefix}runs/old/config.json`,
      file: file('config.json', bytesOf('x')),
    };
    const opened = await openFolder([deeper, ...dropped(prefix)]);
    expect(opened.name).toBe(name);
    expect((await checkModel(opened.files)).config).toEqual(config);
  });

  test.each([
    ['stored', true],
    ['compressed', false],
  ])('a ZIP, %s', async (_how, isStored) => {
    const zip = await zipOf(
      entries.map(([name, bytes]) => [`gpt2/${name}`, bytes]),
      { isStored },
    );
    const opened = await openFolder([{ path: 'model.zip', file: file('model.zip', zip) }]);
    expect(opened.name).toBe('gpt2');
    expect((await checkModel(opened.files)).config).toEqual(config);
  });

  test('a compressed entry goes back as well as forward', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251);
    const zip = await zipOf([
      ['config.json', '{}'],
      ['a.bin', bytes],
    ]);
    const { files } = await openFolder([{ path: 'x.zip', file: file('x.zip', zip) }]);
    const reader = must(files.get('a.bin'), 'the entry');
    for (const [at, length] of [
      [200_000, 1000],
      [250_000, 50_000],
      [0, 8],
      [299_999, 1],
    ] as const) {
      expect([...(await reader.read(at, length))]).toEqual([...bytes.subarray(at, at + length)]);
    }
  });

  test.each([
    [
      'no config.json',
      [{ path: 'a.txt', file: file('a.txt', bytesOf('x')) }],
      'model-file-missing',
    ],
    ['a ZIP that is none', [{ path: 'a.zip', file: file('a.zip', bytesOf('x')) }], 'model-corrupt'],
  ])('%s is refused', async (_what, files, code) => {
    await expect(openFolder(files)).rejects.toMatchObject({ code });
  });

  test('a ZIP with two files of one name, or with a password, is refused', async () => {
    const pair = [
      ['config.json', '{}'],
      ['config.jsOn', '{}'],
    ] as const;
    const twice = await zipOf(pair, { isStored: true });
    for (let i = 0; i < twice.length; i++) if (twice[i] === 0x4f) twice[i] = 0x6f; // O → o
    const locked = await zipOf(pair, { password: 'secret' });
    const open = async (zip: Uint8Array) => {
      const { files } = await openFolder([{ path: 'x.zip', file: file('x.zip', zip) }]);
      return readDescription(files);
    };
    await expect(open(twice)).rejects.toThrowError(/model-corrupt.*repeated.*config\.json/);
    await expect(open(locked)).rejects.toThrowError(/unsupported.*encrypted-zip/);
  });
});

describe('refused, naming file and fault', () => {
  const change = (name: string, changed: Partial<FileTensor>) =>
    safetensorsFile(
      tensors().map((t) => (t.name === `transformer.${name}` ? { ...t, ...changed } : t)),
    );
  const without = (name: string) =>
    safetensorsFile(tensors().filter((t) => t.name !== `transformer.${name}`));
  const bias = must(weights.get('h.0.ln_1.bias'), 'bias').values;
  const json = tokenizer.json;
  const vocab = json.model.vocab;
  const model = (changed: object) => ({ ...json, model: { ...json.model, ...changed } });
  const config_ = whole['config.json'];
  const cases: Readonly<Record<string, readonly [FolderContent, RegExp]>> = {
    'no config': [{ ...whole, 'config.json': '' }, /config\.json.*not-json/],
    'another kind of model': [
      { ...whole, 'config.json': { ...config_, model_type: 'llama' } },
      /config\.json.*model_type.*llama.*gpt2/,
    ],
    'a config that is not text': [
      { ...whole, 'config.json': Uint8Array.of(0xff, 0xfe, 0) },
      /config\.json.*not-text/,
    ],
    'no weights': [withoutWeights, /model-file-missing.*model\.safetensors.*pytorch_model\.bin/],
    'a pointer instead of weights': [
      { ...whole, 'model.safetensors': 'version https://git-lfs.github.com/spec/v1\noid sha256:0' },
      /unsupported.*lfs-pointer/,
    ],
    'weights cut off': [
      { ...whole, 'model.safetensors': whole['model.safetensors'].subarray(0, -4) },
      /model\.safetensors.*cut-off.*ln_f\.bias/,
    ],
    'something after the weights': [
      {
        ...whole,
        'model.safetensors': bytesOf(new Uint8Array([...whole['model.safetensors'], 0])),
      },
      /model\.safetensors.*surplus/,
    ],
    'a missing tensor': [
      { ...whole, 'model.safetensors': without('h.0.mlp.c_fc.weight') },
      /model\.safetensors.*missing-tensor.*h\.0\.mlp\.c_fc\.weight/,
    ],
    'a wrong shape': [
      { ...whole, 'model.safetensors': change('h.0.ln_1.bias', { shape: [2, 4] }) },
      /instead.*h\.0\.ln_1\.bias.*\[2, 4\].*\[8\]/,
    ],
    'quantized weights': [
      { ...whole, 'model.safetensors': change('h.0.ln_1.bias', { dtype: 'I32' }) },
      /unsupported.*h\.0\.ln_1\.bias.*I32/,
    ],
    NaN: [
      {
        ...whole,
        'model.safetensors': change(
          'h.0.ln_1.bias',
          floatTensor('transformer.h.0.ln_1.bias', [8], bias.with(3, Number.NaN)),
        ),
      },
      /not-finite.*h\.0\.ln_1\.bias/,
    ],
    'another layer than the config says': [
      {
        ...whole,
        'model.safetensors': safetensorsFile([
          ...tensors(),
          floatTensor('transformer.h.1.ln_1.bias', [8], bias),
        ]),
      },
      /unsupported.*tensor.*transformer\.h\.1\.ln_1\.bias/,
    ],
    'both names of one tensor': [
      {
        ...whole,
        'model.safetensors': safetensorsFile([
          ...tensors(),
          floatTensor('h.0.ln_1.bias', [8], bias),
        ]),
      },
      /repeated-tensor.*h\.0\.ln_1\.bias/,
    ],
    'a missing shard': [
      { ...sharded(), 'model-00002-of-00002.safetensors': '' },
      /model-00002-of-00002\.safetensors.*cut-off/,
    ],
    'shards swapped': [
      {
        ...sharded(),
        'model-00001-of-00002.safetensors': sharded()['model-00002-of-00002.safetensors'],
      },
      /model\.safetensors\.index\.json → transformer/,
    ],
    'no tokenizer': [withoutTokenizer, /model-file-missing.*tokenizer\.json.*vocab\.json/],
    'another model’s tokenizer': [
      { ...whole, 'tokenizer.json': smallTokenizer([['h', 'e']]).json },
      /tokenizer-mismatch.*"tokenizerSize":258.*"modelSize":260/,
    ],
    'a missing merge': [
      { ...whole, 'tokenizer.json': model({ merges: json.model.merges.slice(0, 2) }) },
      /tokenizer\.json.*missing.*merges.*Ġthe/,
    ],
    'a missing merge in merges.txt': [
      {
        ...withoutTokenizer,
        'vocab.json': tokenizer.vocab,
        'merges.txt': tokenizer.mergesText.replace('Ġ t\n', ''),
      },
      /merges\.txt.*missing.*merges.*Ġt/,
    ],
    'merges.txt cut off in a line': [
      {
        ...withoutTokenizer,
        'vocab.json': tokenizer.vocab,
        'merges.txt': tokenizer.mergesText.slice(0, -4),
      },
      /merges\.txt.*"line":4/,
    ],
    'a merge of tokens that aren’t': [
      { ...whole, 'tokenizer.json': model({ merges: [...json.model.merges, 'q x'] }) },
      /missing.*vocab.*qx/,
    ],
    'a hole in the ids': [
      { ...whole, 'tokenizer.json': model({ vocab: { ...vocab, Ġthe: 300 } }) },
      /missing.*id 258/,
    ],
    'one id twice': [
      { ...whole, 'tokenizer.json': model({ vocab: { ...vocab, Ġthe: 5 } }) },
      /repeated.*id 5/,
    ],
    'another kind of tokenizer': [
      { ...whole, 'tokenizer.json': model({ type: 'Unigram' }) },
      /unsupported.*Unigram.*BPE/,
    ],
    'a tokenizer that changes text': [
      { ...whole, 'tokenizer.json': { ...json, normalizer: { type: 'Lowercase' } } },
      /unsupported.*normalizer.*Lowercase/,
    ],
    'a damaged generation_config.json': [
      { ...whole, 'generation_config.json': '{' },
      /generation_config\.json.*not-json/,
    ],
  };

  test.each(Object.entries(cases))('%s', async (_what, [content, fault]) => {
    const error = await stored(content).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringMatching(fault),
      code: expect.stringMatching(
        /^(model-corrupt|unsupported|model-file-missing|tokenizer-mismatch)$/,
      ),
    });
    expect(await englishIn(error)).toEqual([]);
  });
});

describe('every file of a folder', () => {
  const older: FolderContent = {
    ...withoutTokenizer,
    'vocab.json': tokenizer.vocab,
    'merges.txt': tokenizer.mergesText,
  };
  const codes = /^(model-corrupt|unsupported|model-file-missing|tokenizer-mismatch)$/;
  const folders: readonly FolderContent[] = [whole, older, sharded()];
  const cases = folders.flatMap((content) =>
    Object.keys(content).map((name) => [name, content] as const),
  );

  test.each(cases)('%s, cut off anywhere, is refused by its name', async (name, content) => {
    const bytes = bytesOf(content[name]);
    for (const length of [0, 1, 7, 8, 9, bytes.length >> 1, bytes.length - 2]) {
      const cut = stored({ ...content, [name]: bytes.subarray(0, length) });
      await expect(cut, `${length}`).rejects.toMatchObject({
        code: expect.stringMatching(codes),
        data: { details: { file: name } },
      });
    }
  });

  test.each(cases)('%s in the place of another is refused', async (name, content) => {
    const needed = ['config.json', 'tokenizer.json', 'vocab.json', 'merges.txt'];
    const places = Object.keys(content).filter(
      (other) => other !== name && (needed.includes(other) || other.includes('safetensors')),
    );
    for (const place of places) {
      await expect(stored({ ...content, [place]: content[name] }), place).rejects.toMatchObject({
        code: expect.stringMatching(codes),
      });
    }
  });
});

describe('mutated 10,000 times, each is read or refused with a code (seed 20261122)', () => {
  /** A change of bytes, or of the tree that the JSON is. */
  const bytesChange = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  const codes = /^(model-corrupt|unsupported|model-file-missing|tokenizer-mismatch)$/;

  async function survives(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      expect(error).toHaveProperty('code');
      expect((error as { code: string }).code).toMatch(codes);
    }
  }

  test('model.safetensors', async () => {
    const good = whole['model.safetensors'];
    await fc.assert(
      fc.asyncProperty(bytesChange, fc.nat(3 * good.length), async (changes, length) => {
        const mutated = good.slice();
        // Mostly the header: data is only numbers.
        for (const [at, value] of changes) mutated[at % 2400] = value;
        const reader = readerOf(mutated.subarray(0, length));
        await survives(async () => {
          findParameters(await openSafetensors(reader, 'x'), config, 'x');
        });
        expect(reader.largestRead).toBeLessThanOrEqual(reader.byteLength);
      }),
      { seed: 20261122, numRuns: 10_000 },
    );
  });

  const values = fc.oneof(
    fc.constantFrom(null, true, '', 'x', -1, 0, 1e300, 2 ** 53, [], {}, { toString: 1 }),
    fc.jsonValue({ maxDepth: 2 }),
  );

  test('config.json', async () => {
    const keys = [
      ...Object.keys(whole['config.json']),
      'activation_function',
      'n_inner',
      'layer_norm_epsilon',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...keys), values, { minKeys: 1, maxKeys: 4 }),
        async (changes) => {
          await survives(async () => parseConfig({ ...whole['config.json'], ...changes }));
        },
      ),
      { seed: 20261122, numRuns: 10_000 },
    );
  });

  test('tokenizer.json', async () => {
    const keys = [
      'model',
      'added_tokens',
      'normalizer',
      'pre_tokenizer',
      'decoder',
      'post_processor',
    ];
    const inner = [
      'type',
      'vocab',
      'merges',
      'dropout',
      'unk_token',
      'byte_fallback',
      'use_regex',
      'id',
      'content',
    ];
    const change = fc.tuple(fc.constantFrom(...keys), fc.constantFrom(null, ...inner), values);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const json: Record<string, unknown> = { ...tokenizer.json };
        for (const [key, at, value] of changes) {
          const part = json[key];
          if (at === null || typeof part !== 'object') json[key] = value;
          else if (Array.isArray(part)) json[key] = [{ ...part[0], [at]: value }];
          else json[key] = { ...part, [at]: value };
        }
        await survives(async () => {
          const { tokenizer: read } = await readDescription(
            filesOf({ ...whole, 'tokenizer.json': json }),
          );
          read.decode(read.encode('he said: the end'));
        });
      }),
      { seed: 20261122, numRuns: 10_000 },
    );
  });
});
