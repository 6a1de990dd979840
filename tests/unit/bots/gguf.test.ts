/** GGUFs as `docs/gguf.md` of ggml-org/ggml describes them. `npm run interop` reads them with ggml's own tools. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/bots/hub-config.ts';
import { ggufFile } from '../../../src/bots/gguf-file.ts';
import { ggufFolder } from '../../../src/bots/gguf-folder.ts';
import { ggufName, ggufTensors, toQ8_0 } from '../../../src/bots/gguf-weights.ts';
import { memorySource, type WeightSource } from '../../../src/bots/write-safetensors.ts';
import { must } from '../../../src/core/assert.ts';
import { fromFloat16 } from '../../../src/core/float16.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { type GPT2Config, parseConfig } from '../../../src/model/config.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { someRecord as record } from '../../fixtures/bot-record.ts';

const starter = new URL('../../../public/models/starter/', import.meta.url);
const starterJson = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(name, starter), 'utf8')) as JsonObject;

function waves(count: number, seed: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i * seed) * 2 ** (i % 7));
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: number[][] = [];
  for await (const piece of pieces) parts.push([...piece]);
  return Uint8Array.from(parts.flat());
}

describe('the weights of a GGUF', () => {
  const config: GPT2Config = {
    ...parseConfig({ model_type: 'gpt2', n_layer: 1, n_head: 2, n_embd: 64, n_positions: 8 }),
    ...{ vocabSize: 12, nInner: 48, hasOwnHead: true },
  };
  const shapes = parameterShapes(config);
  const values = new Map(
    [...shapes].map(([name, shape], i) => [name, waves(elementCount(shape), i + 1)]),
  );
  /** Pieces that end in the middle of rows and of blocks. */
  const inPieces: WeightSource = {
    shapes,
    async *read(name) {
      const all = must(values.get(name), name);
      for (let at = 0; at < all.length; at += 45) yield all.slice(at, at + 45);
    },
  };

  test('have the names of llama.cpp', () => {
    expect([...shapes.keys()].filter((name) => !name.endsWith('bias')).map(ggufName)).toEqual([
      ...['token_embd.weight', 'position_embd.weight', 'blk.0.attn_norm.weight'],
      ...['blk.0.attn_qkv.weight', 'blk.0.attn_output.weight', 'blk.0.ffn_norm.weight'],
      ...['blk.0.ffn_up.weight', 'blk.0.ffn_down.weight', 'output_norm.weight', 'output.weight'],
    ]);
  });

  test.each(['F32', 'F16', 'Q8_0'] as const)(
    'are the same in pieces of any size, as %s',
    async (type) => {
      const pieces = ggufTensors(inPieces, type, 10);
      const whole = ggufTensors(memorySource(shapes, values), type, 10);
      for (const [i, tensor] of pieces.entries()) {
        const [bytes, expected] = [
          await joined(tensor.bytes()),
          await joined(must(whole[i], 'it').bytes()),
        ];
        expect(Buffer.compare(bytes, expected), tensor.name).toBe(0);
      }
    },
  );

  test('are transposed where llama.cpp has outputs first, without rows that are no tokens', async () => {
    const tensors = new Map(
      ggufTensors(inPieces, 'F32', 10).map((tensor) => [tensor.name, tensor]),
    );
    const floats = async (name: string) =>
      new Float32Array((await joined(must(tensors.get(name), name).bytes())).buffer);
    const up = await floats('blk.0.ffn_up.weight');
    expect(must(tensors.get('blk.0.ffn_up.weight'), 'up').shape).toEqual([48, 64]);
    const stored = must(values.get('h.0.mlp.c_fc.weight'), 'c_fc');
    for (const [input, output] of [
      [0, 1],
      [5, 47],
      [63, 13],
    ] as const) {
      expect(up[output * 64 + input]).toBe(stored[input * 48 + output]);
    }
    const embedding = must(values.get('wte.weight'), 'wte').slice(0, 10 * 64);
    expect((await floats('token_embd.weight')).join()).toBe(embedding.join());
  });

  test('are float32 where ggml needs it, and float16 where rows don’t fill blocks', () => {
    const types = new Map(ggufTensors(inPieces, 'Q8_0', 10).map(({ name, type }) => [name, type]));
    const expected = {
      'token_embd.weight': 'Q8_0',
      'position_embd.weight': 'F32',
      'blk.0.attn_qkv.weight': 'Q8_0',
      'blk.0.attn_qkv.bias': 'F32',
      'blk.0.ffn_up.weight': 'Q8_0',
      // Its rows have 48 numbers.
      'blk.0.ffn_down.weight': 'F16',
    };
    for (const [name, type] of Object.entries(expected)) expect(types.get(name), name).toBe(type);
  });

  test('as Q8_0 are at most half a step from what they were', () => {
    const numbers = waves(320, 3);
    numbers.fill(0, 32, 64);
    const bytes = toQ8_0(numbers);
    expect(bytes.length).toBe(340);
    for (let b = 0; b < 10; b++) {
      const block = bytes.subarray(b * 34, (b + 1) * 34);
      const half = (block[0] as number) | ((block[1] as number) << 8);
      const [scale = NaN] = fromFloat16(Uint16Array.of(half), 1);
      const signed = new Int8Array(block.slice(2).buffer);
      for (const [i, x] of numbers.subarray(b * 32, (b + 1) * 32).entries()) {
        // The scale itself is rounded to eleven bits.
        expect(Math.abs((signed[i] as number) * scale - x)).toBeLessThanOrEqual(scale * 0.57);
      }
    }
  });
});

describe('a bot as GGUF', () => {
  const config = { ...parseConfig(starterJson('config.json')), endOfTextId: 4095 };
  const weights: WeightSource = {
    shapes: parameterShapes(config),
    async *read(name) {
      yield new Float32Array(elementCount(must(this.shapes.get(name), name)));
    },
  };
  const bot = {
    ...{ record, config, endOfText: '<|endoftext|>', weights, adapter: null },
    configJson: starterJson('config.json'),
    tokenizerJson: starterJson('tokenizer.json'),
  };
  const textOf = (files: ReturnType<typeof ggufFolder>, name: string) => {
    const content = must(
      files.find((file) => file.name === name),
      name,
    ).content;
    return content instanceof Uint8Array ? new TextDecoder().decode(content) : '';
  };

  test('lies beside a Modelfile for Ollama and a card, all of which name it', async () => {
    const files = ggufFolder(bot, 'Q8_0');
    const file = 'Ada-the-bot-http-x-Q8_0.gguf';
    expect(files.map(({ name }) => name)).toEqual([
      'README.md',
      'Modelfile',
      'training_args.json',
      file,
    ]);
    expect(textOf(files, 'Modelfile')).toContain(`FROM ./${file}\n`);
    expect(textOf(files, 'Modelfile')).toContain('PARAMETER stop "<|endoftext|>"\n');
    expect(textOf(files, 'README.md')).toContain(`-m ${file} `);
    const { content, byteLength } = must(files.at(-1), 'the GGUF');
    let [written, pieces] = [0, 0];
    for await (const { byteLength: bytes } of content as AsyncIterable<Uint8Array>) {
      if (written === 0) expect(bytes % 32).toBe(0);
      written += bytes;
      pieces++;
    }
    expect(written).toBe(byteLength);
    expect(pieces).toBeGreaterThan(weights.shapes.size);
  });

  test('gets the space before its starts from the Modelfile if its tokenizer puts one there', () => {
    const { pre_tokenizer, ...rest } = bot.tokenizerJson;
    const spaced = { ...(pre_tokenizer as JsonObject), add_prefix_space: true };
    const files = ggufFolder({ ...bot, tokenizerJson: { ...rest, pre_tokenizer: spaced } }, 'F16');
    expect(textOf(files, 'Modelfile')).toContain('TEMPLATE """ {{ .Prompt }}"""');
    expect(textOf(files, 'README.md')).toContain('-p " My dream is"');
  });

  test.each([
    ['activation_function', 'relu', { activation: 'relu' }],
    ['activation_function', 'gelu', { activation: 'gelu-erf' }],
    ['scale_attn_weights', 'false', { scalesScores: false }],
    ['scale_attn_by_inverse_layer_idx', 'true', { scalesScoresByLayer: true }],
  ] as const)(
    'is refused if %s is %s, which llama.cpp would compute otherwise',
    (name, found, change) => {
      expect(() => ggufFolder({ ...bot, config: { ...config, ...change } }, 'F16')).toThrow(
        expect.objectContaining({
          data: expect.objectContaining({
            code: 'unsupported',
            details: { file: 'config.json', what: 'gguf', name, found },
          }),
        }),
      );
    },
  );
});

test('a GGUF begins with its header, its keys and the places of its tensors', async () => {
  const data = Uint8Array.of(1, 2, 3, 4);
  const bytes = async function* () {
    yield data;
  };
  const { content, byteLength } = ggufFile(new Map([['a.b', { type: 'bool', value: true }]]), [
    { name: 't', type: 'F16', shape: [1, 2], bytes },
    { name: 'u', type: 'F32', shape: [1], bytes },
  ]);
  const file = await joined(content);
  expect(file.byteLength).toBe(byteLength);
  const view = new DataView(file.buffer);
  expect(new TextDecoder().decode(file.subarray(0, 4))).toBe('GGUF');
  const u64 = (at: number) => Number(view.getBigUint64(at, true));
  expect([view.getUint32(4, true), u64(8), u64(16)]).toEqual([3, 2, 1]);
  // A key, its type and its value.
  expect([
    u64(24),
    new TextDecoder().decode(file.subarray(32, 35)),
    view.getUint32(35, true),
    file[39],
  ]).toEqual([3, 'a.b', 7, 1]);
  // The first tensor's name, dimensions (fastest first), type and place.
  expect([u64(40), file[48], view.getUint32(49, true), u64(53), u64(61)]).toEqual([
    1,
    't'.charCodeAt(0),
    2,
    2,
    1,
  ]);
  expect([view.getUint32(69, true), u64(73)]).toEqual([1, 0]);
  // The second one's place is the next multiple of 32, counted from the first, which is at one itself.
  const second = 81 + 8 + 1 + 4 + 8 + 4;
  expect(u64(second)).toBe(32);
  const start = Math.ceil((second + 8) / 32) * 32;
  expect(file.subarray(start, start + 4)).toEqual(data);
  expect(file.subarray(start + 32, start + 36)).toEqual(data);
  expect(file.byteLength).toBe(start + 64);
});
