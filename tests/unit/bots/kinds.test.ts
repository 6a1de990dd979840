/**
 * The kinds of GPT-2 folder that other tools write: sound ones are opened, with the numbers of the plain kind or of
 * the Hub's `transformers` (tools/goldens/make_kinds.py); others are refused by name as unsupported.
 */

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openParameters, readDescription } from '../../../src/bots/read-model.ts';
import { modelFilesToStore } from '../../../src/bots/store-model.ts';
import { randomUnit } from '../../../src/core/random.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { type GPT2Config, parseConfig } from '../../../src/model/config.ts';
import { drawTokens } from '../../../src/generate/tokens.ts';
import { hubName } from '../../../src/model/find-parameters.ts';
import { loadModel } from '../../../src/model/load.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { englishIn } from '../../support/english-in.ts';
import { parseGolden, relativeError } from '../../support/goldens.ts';
import { TextTokenizer } from '../../../src/tokenizer/tokenizer.ts';
import {
  type FileTensor,
  type FolderContent,
  filesOf,
  floatTensor,
  safetensorsFile,
  smallTokenizer,
} from '../../support/model-folder.ts';
import { GPT2_KINDS } from '../../support/numeric-suite.ts';

const read = (name: string) =>
  parseGolden(readFileSync(new URL(`../../goldens/${name}.safetensors`, import.meta.url)));

function tensorsOf(config: GPT2Config): FileTensor[] {
  return Array.from(parameterShapes(config), ([name, shape], stream) => {
    const count = elementCount(shape);
    // Multiples of 2⁻⁷ below 1: exact in every dtype.
    const values = Float32Array.from(
      { length: count },
      (_, i) => (Math.floor(256 * randomUnit(5, stream, i)) - 128) / 128,
    );
    return floatTensor(hubName(name), shape, values);
  });
}

/** The settings that every `config.json` here has. */
const GPT2 = { model_type: 'gpt2', eos_token_id: 0 };

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('config.json', () => {
  test('without fields is that of GPT-2, as the Hub’s class has it', () => {
    expect(parseConfig({ model_type: 'gpt2' })).toEqual({
      ...{ nLayer: 12, nHead: 12, nEmbd: 768, nInner: null, blockSize: 1024, vocabSize: 50_257 },
      ...{ layerNormEpsilon: 1e-5, activation: 'gelu-tanh', hasOwnHead: false },
      ...{ scalesScores: true, scalesScoresByLayer: false, endOfTextId: 50_256 },
    });
  });

  test('may name its architecture and not its type, and sizes as other models do', () => {
    const settings = {
      architectures: ['GPT2LMHeadModel'],
      ...{ num_hidden_layers: 3, num_attention_heads: 5, hidden_size: 40 },
      max_position_embeddings: 64,
    };
    expect(parseConfig(settings)).toMatchObject({ nLayer: 3, nHead: 5, nEmbd: 40, blockSize: 64 });
  });

  test.each([
    ['gelu_new', 'gelu-tanh'],
    ['gelu_pytorch_tanh', 'gelu-tanh'],
    ['gelu_fast', 'gelu-tanh'],
    ['gelu', 'gelu-erf'],
    ['relu', 'relu'],
  ])('calls an activation %s', (name, activation) => {
    expect(parseConfig({ ...GPT2, activation_function: name })).toMatchObject({ activation });
  });

  test.each([
    ['activation_function', 'silu'],
    ['add_cross_attention', true],
    ['is_encoder_decoder', true],
    ['model_type', 'gpt_neo'],
  ])('with %s of %j is refused as unsupported', (name, value) => {
    expect(() => parseConfig({ ...GPT2, [name]: value })).toThrowError(
      new RegExp(`unsupported.*"name":"${name}","found":"${value}"`),
    );
  });
});

describe.each(GPT2_KINDS)('the weights of %s', (kind) => {
  test('give transformers’ logits, also once they are stored', async () => {
    const golden = read(`kind-${kind}`);
    const weights = golden.names.filter((name) => name.startsWith('w.'));
    const content: FolderContent = {
      ...{ 'config.json': JSON.parse(golden.metadata['config'] ?? '') as unknown },
      'model.safetensors': safetensorsFile(
        weights.map((name) =>
          floatTensor(
            name === 'w.lm_head.weight' ? 'lm_head.weight' : `transformer.${name.slice(2)}`,
            golden.shape(name),
            golden.get(name),
          ),
        ),
      ),
    };
    const config = parseConfig(content['config.json']);
    const ops = new PortableOps();
    const model = await loadModel(ops, config, await openParameters(filesOf(content), config));
    const [B, T] = golden.shape('idx') as [number, number];
    const logits = model.logits({ ids: Int32Array.from(golden.get('idx')), B, T });
    expect(relativeError(await ops.read(logits), golden.get('logits'))).toBeLessThan(1e-4);
  });
});

describe('rows of the embedding table that are no tokens', () => {
  const { json, size } = smallTokenizer([['h', 'e']]);
  const padded = {
    ...{ n_layer: 1, n_head: 2, n_embd: 8, n_positions: 40, vocab_size: size + 45 },
    ...{ model_type: 'gpt2', eos_token_id: size - 1 },
  };

  test('are accepted, and never drawn even if they are the most likely', async () => {
    const tensors = tensorsOf(parseConfig(padded)).map((tensor) => {
      if (tensor.name !== 'transformer.wte.weight') return tensor;
      // Whatever the last hidden state is, its products with some of these rows are the largest.
      const values = new Float32Array(new Uint8Array(tensor.data).buffer);
      return floatTensor(
        tensor.name,
        tensor.shape,
        values.map((x, i) => (i < 8 * size ? x : 99 * x)),
      );
    });
    const content = {
      'config.json': padded,
      'tokenizer.json': json,
      'model.safetensors': safetensorsFile(tensors),
    };
    const { config, tokenizer } = await readDescription(filesOf(content));
    expect(config.vocabSize).toBe(size + 45);
    const ops = new PortableOps();
    const model = await loadModel(ops, config, await openParameters(filesOf(content), config));
    const seen: number[] = [];
    const style = {
      temperature: 1,
      topK: 0,
      topP: 1,
      repetitionPenalty: 1.2,
      minTokens: 0,
      seed: 3,
    };
    const { endOfTextId, vocabSize } = tokenizer;
    const options = { ...style, prompt: Int32Array.of(endOfTextId), count: 3, capacity: 40 };
    const rows = drawTokens(ops, model, { ...options, endOfTextId, vocabSize });
    for await (const arrived of rows) for (const { ids } of arrived) seen.push(...ids);
    expect(seen).toHaveLength(3 * 39);
    expect(Math.max(...seen)).toBeLessThan(size);
  });

  test('don’t make another model’s tokenizer fit', async () => {
    const other = { ...padded, eos_token_id: size + 3 };
    const files = filesOf({ 'config.json': other, 'tokenizer.json': json });
    await expect(readDescription(files)).rejects.toMatchObject({ code: 'tokenizer-mismatch' });
  });
});

describe('the end token', () => {
  const merges = [['h', 'e']] as const;
  /** The tokens `<s>`, `</s>` and `<pad>` at the beginning, as ByteLevelBPETokenizer trains them. */
  function tokenizerWith(first: readonly string[]) {
    const { json, size } = smallTokenizer(merges);
    const vocab = Object.fromEntries(
      Object.entries(json.model.vocab)
        .filter(([token]) => token !== '<|endoftext|>')
        .map(([token, id]) => [token, id + first.length]),
    );
    const tokens = first.map((content, id) => ({ id, content, special: true }));
    return {
      json: {
        ...json,
        added_tokens: tokens,
        model: {
          ...json.model,
          vocab: { ...Object.fromEntries(first.map((t, i) => [t, i])), ...vocab },
        },
      },
      size: size - 1 + first.length,
    };
  }
  const own = tokenizerWith(['<s>', '<pad>', '</s>']);
  const sizes = { n_layer: 1, n_head: 1, n_embd: 4, n_positions: 8 };
  const described = (config: object, more: FolderContent = {}, tokenizer = own) =>
    readDescription(
      filesOf({
        'config.json': { model_type: 'gpt2', ...sizes, vocab_size: tokenizer.size, ...config },
        'tokenizer.json': tokenizer.json,
        ...more,
      }),
    );

  test.each<[string, object, FolderContent, string]>([
    ['a number', { eos_token_id: 2 }, {}, '</s>'],
    ['a list', { eos_token_id: [2] }, {}, '</s>'],
    ['a list with an id that the model doesn’t have', { eos_token_id: [50_256, 0] }, {}, '<s>'],
    ['not said', {}, {}, '</s>'],
    ['null', { eos_token_id: null }, {}, '</s>'],
    ['the default of the config’s class', { eos_token_id: 50_256 }, {}, '</s>'],
    ['an ordinary token', { eos_token_id: 77 }, {}, '</s>'],
    ['named', {}, { 'tokenizer_config.json': { eos_token: '<pad>' } }, '<pad>'],
    ['described', {}, { 'tokenizer_config.json': { eos_token: { content: '<s>' } } }, '<s>'],
  ])('is %s', async (_what, config, more, expected) => {
    const description = await described(config, more);
    expect(description.tokenizer.endOfText).toBe(expected);
    expect(description.config.endOfTextId).toBe(description.tokenizer.endOfTextId);
  });

  test('doesn’t come of a text that says it', async () => {
    const { tokenizer } = await described({});
    const ids = tokenizer.encode('he </s></s> he');
    expect(ids).not.toContain(tokenizer.endOfTextId);
    expect(tokenizer.decode(ids)).toBe('he </s></s> he');
  });

  test('is named by the tokenizer_config.json that is stored for a folder without one', async () => {
    const json = { model_type: 'gpt2', ...sizes, vocab_size: own.size };
    const kept = await modelFilesToStore(
      filesOf({
        'config.json': json,
        'tokenizer.json': own.json,
        'model.safetensors': safetensorsFile(tensorsOf(parseConfig(json))),
      }),
    );
    const stored = kept.find(({ name }) => name === 'tokenizer_config.json')?.content;
    expect(new TextDecoder().decode(stored as Uint8Array)).toContain('"eos_token":"</s>"');
  });
});

describe('a tokenizer', () => {
  const json = (path: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
  const golden = json('tests/goldens/kind-tokens.json') as {
    readonly texts: readonly string[];
    readonly forms: Readonly<Record<string, { readonly parts: object; readonly ids: number[][] }>>;
  };
  const starter = json('public/models/starter/tokenizer.json') as {
    readonly model: { readonly merges: readonly (string | [string, string])[] };
  };
  const pairs = starter.model.merges.map((merge) =>
    typeof merge === 'string' ? merge.split(' ') : merge,
  );

  test.each(Object.entries(golden.forms))(
    'with %s gives the ids of the Hub’s tokenizers',
    (name, { parts, ids }) => {
      const model =
        name === 'merges as pairs' ? { ...starter.model, merges: pairs } : starter.model;
      const tokenizer = new TextTokenizer({ ...starter, model, ...parts }, {});
      expect(golden.texts.map((text) => [...tokenizer.encode(text)])).toEqual(ids);
    },
  );

  test('of transformers 5 has a config of other fields', () => {
    const config = {
      ...{ tokenizer_class: 'TokenizersBackend', backend: 'tokenizers', is_local: false },
      ...{ extra_special_tokens: ['[PAD]'], additional_special_tokens: { pad: '[PAD]' } },
      ...{ eos_token: '<|endoftext|>', do_lowercase_and_remove_accent: true },
    };
    const [plain, other] = [{}, config].map((each) => new TextTokenizer(starter, each));
    const text = 'Ein Café, DREI [PAD]';
    expect(other?.encode(text)).toEqual(plain?.encode(text));
  });

  const small = smallTokenizer([['h', 'e']]);
  const sizes = { n_layer: 1, n_head: 1, n_embd: 4, n_positions: 8 };
  const eos_token_id = small.size - 1;
  const configOf = (rows: number) => ({
    model_type: 'gpt2',
    ...sizes,
    vocab_size: rows,
    eos_token_id,
  });
  const pad = { id: small.size, content: '[PAD]', special: true };
  const padded = { ...small.json, added_tokens: [...small.json.added_tokens, pad] };

  test('may list added tokens that the model has no rows for, which are never encoded', async () => {
    const files = (rows: number) =>
      filesOf({ 'config.json': configOf(rows), 'tokenizer.json': padded });
    const { tokenizer: withRow } = await readDescription(files(small.size + 1));
    const { tokenizer: withoutRow } = await readDescription(files(small.size));
    expect([...withRow.encode('he[PAD]')]).toEqual([256, small.size]);
    expect(withoutRow.vocabSize).toBe(small.size);
    expect(Math.max(...withoutRow.encode('he[PAD]'))).toBeLessThan(small.size);
    expect(withoutRow.decode(withoutRow.encode('he[PAD]'))).toBe('he[PAD]');
  });

  test.each<[string, FolderContent]>([
    ['added_tokens.json', { 'added_tokens.json': { '[PAD]': small.size, '<|endoftext|>': 7 } }],
    [
      'tokenizer_config.json',
      { 'tokenizer_config.json': { added_tokens_decoder: { [small.size]: { content: '[PAD]' } } } },
    ],
  ])('may have more tokens in %s, which are stored with it', async (_name, more) => {
    const config = configOf(small.size + 1);
    const content = {
      ...{ 'config.json': config, 'tokenizer.json': small.json, ...more },
      'model.safetensors': safetensorsFile(tensorsOf(parseConfig(config))),
    };
    const { tokenizer } = await readDescription(filesOf(content));
    expect([...tokenizer.encode('he[PAD]')]).toEqual([256, small.size]);
    const kept = await modelFilesToStore(filesOf(content));
    const stored = kept.find(({ name }) => name === 'tokenizer.json')?.content;
    expect(new TextDecoder().decode(stored as Uint8Array)).toContain('"content":"[PAD]"');
  });

  test.each([
    ['vocab.txt', 'WordPiece'],
    ['spiece.model', 'SentencePiece'],
    ['sentencepiece.bpe.model', 'SentencePiece'],
  ])('in %s is refused as unsupported', async (file, found) => {
    const files = filesOf({ 'config.json': configOf(small.size), [file]: 'x' });
    const error = await readDescription(files).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unsupported', data: { details: { file, found } } });
    expect(await englishIn(error)).toEqual([]);
  });

  const split = {
    ...{ type: 'Split', pattern: { Regex: '\\d' }, behavior: 'Isolated', invert: false },
  };
  test.each<[string, object]>([
    ['a normalizer', { normalizer: { type: 'NFKC' } }],
    [
      'one in a sequence',
      { normalizer: { type: 'Sequence', normalizers: [{ type: 'Lowercase' }] } },
    ],
    [
      'another pattern',
      { pre_tokenizer: { type: 'Sequence', pretokenizers: [split, small.json['decoder']] } },
    ],
    ['Metaspace', { pre_tokenizer: { type: 'Metaspace' } }],
    ['no decoder', { decoder: null }],
    ['WordPiece', { model: { type: 'WordPiece', vocab: {} } }],
  ])('with %s is refused as unsupported', (_what, parts) => {
    expect(() => new TextTokenizer({ ...small.json, ...parts }, {})).toThrowError(/unsupported/);
  });
});
