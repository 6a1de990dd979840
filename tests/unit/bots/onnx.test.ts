/** ONNX files as `onnx.proto` describes them. `npm run interop` lets transformers.js write with them. */

import { expect, test } from 'vitest';
import { onnxFile } from '../../../src/bots/onnx-file.ts';
import { bytesField, numberField } from '../../../src/bots/protobuf.ts';
import type { WeightSource } from '../../../src/bots/write-safetensors.ts';
import { must } from '../../../src/core/assert.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { type GPT2Config, parseConfig } from '../../../src/model/config.ts';
import { parameterShapes } from '../../../src/model/weights.ts';

const usual = { model_type: 'gpt2', n_layer: 2, n_head: 2, n_embd: 8, n_positions: 16 };
const config: GPT2Config = { ...parseConfig(usual), vocabSize: 12 };

function sourceOf(of: GPT2Config): WeightSource {
  const shapes = parameterShapes(of);
  return {
    shapes,
    async *read(name) {
      const count = elementCount(must(shapes.get(name), name));
      // In two pieces, the first of which ends in a row.
      for (const [begin, end] of [
        [0, 5],
        [5, count],
      ] as const) {
        yield Float32Array.from({ length: end - begin }, (_, i) => begin + i);
      }
    },
  };
}

interface Field {
  readonly field: number;
  readonly value: number;
  readonly bytes: Uint8Array;
}

/** The fields of a message, read as the specification says. */
function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (; ; scale *= 128) {
      const byte = must(message[at++], 'a byte');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.byteLength) {
    const key = varint();
    const wire = key % 8;
    const value = wire === 5 ? 4 : varint();
    const bytes = wire === 0 ? new Uint8Array() : message.subarray(at, at + value);
    at += bytes.byteLength;
    fields.push({ field: Math.floor(key / 8), value, bytes });
  }
  return fields;
}

const all = (fields: readonly Field[], field: number) =>
  fields.filter((each) => each.field === field);
const one = (fields: readonly Field[], field: number) => must(all(fields, field)[0], `${field}`);
const textOf = ({ bytes }: Field) => new TextDecoder().decode(bytes);

test('an ONNX file has the graph, its inputs and outputs, and every weight as it is', async () => {
  const { byteLength, content } = onnxFile(sourceOf(config), config, 10);
  const parts: number[][] = [];
  for await (const piece of content) parts.push([...piece]);
  const file = Uint8Array.from(parts.flat());
  expect(file.byteLength).toBe(byteLength);
  const graph = fieldsOf(one(fieldsOf(file), 7).bytes);
  const names = (field: number) =>
    all(graph, field).map(({ bytes }) => textOf(one(fieldsOf(bytes), 1)));
  expect(names(11)).toEqual([
    ...['input_ids', 'attention_mask', 'position_ids'],
    ...['past_key_values.0.key', 'past_key_values.0.value'],
    ...['past_key_values.1.key', 'past_key_values.1.value'],
  ]);
  expect(names(12).slice(0, 3)).toEqual(['logits', 'present.0.key', 'present.0.value']);

  const initializers = new Map(
    all(graph, 5).map(({ bytes }) => {
      const tensor = fieldsOf(bytes);
      const dims = all(tensor, 1).map(({ value }) => value);
      return [textOf(one(tensor, 8)), { dims, data: one(tensor, 9).bytes }] as const;
    }),
  );
  for (const [name, shape] of parameterShapes(config)) {
    // Rows of the table that are no tokens are left out.
    const dims = name === 'wte.weight' ? [10, 8] : shape;
    const stored = must(initializers.get(name), name);
    expect(stored.dims, name).toEqual(dims);
    const values = new Float32Array(stored.data.slice().buffer);
    expect(values.join(), name).toBe(
      Array.from({ length: elementCount(dims) }, (_, i) => i).join(),
    );
  }
  const made = new Set([...names(11), ...initializers.keys()]);
  for (const { bytes } of all(graph, 1)) {
    const node = fieldsOf(bytes);
    for (const input of all(node, 1)) expect(made, textOf(one(node, 4))).toContain(textOf(input));
    for (const output of all(node, 2)) made.add(textOf(output));
  }
  for (const output of names(12)) expect(made).toContain(output);
});

test('the activation is the one of the model', () => {
  const operators = async (activation: GPT2Config['activation']) => {
    const { content } = onnxFile(sourceOf(config), { ...config, activation }, 10);
    let text = '';
    for await (const piece of content) text += new TextDecoder('latin1').decode(piece);
    return ['Relu', 'Gelu', 'tanh', 'none'].filter((word) => text.includes(word));
  };
  return Promise.all([
    expect(operators('gelu-tanh')).resolves.toEqual(['Gelu', 'tanh']),
    expect(operators('gelu-erf')).resolves.toEqual(['Gelu', 'none']),
    expect(operators('relu')).resolves.toEqual(['Relu']),
  ]);
});

test('weights of 2 GiB are refused, because no such message can be read', () => {
  const xl: GPT2Config = { ...parseConfig({ ...usual, n_layer: 48, n_embd: 1600, n_head: 25 }) };
  expect(() => onnxFile(sourceOf(xl), xl, 50_257)).toThrow(
    expect.objectContaining({
      data: expect.objectContaining({
        code: 'unsupported',
        details: expect.objectContaining({ what: 'onnx-size' }),
      }),
    }),
  );
});

test('numbers are written as Protocol Buffers says', () => {
  expect([...numberField(1, 150)]).toEqual([0x08, 0x96, 0x01]);
  expect([...numberField(3, -1)]).toEqual([0x18, ...Array.from({ length: 9 }, () => 0xff), 0x01]);
  expect([...numberField(1, 2 ** 40)]).toEqual([0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
  expect([...bytesField(2, 'testing')]).toEqual([0x12, 7, ...new TextEncoder().encode('testing')]);
});
