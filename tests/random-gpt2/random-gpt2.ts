/**
 * A made-up GPT-2 as on the Hub: GPT-2's shapes and tokenizer, weights drawn from N(0, 0.02). For tests
 * of everything that doesn't depend on what a model has learned: reading, downloading, memory, speed.
 * A file is made as it is read, so that 548 MB cost a few megabytes.
 */

import r50k from 'gpt-tokenizer/bpeRanks/r50k_base';
import { pcg4d } from '../../src/core/random.ts';
import { type GPT2Config, PLAIN_GPT2 } from '../../src/model/config.ts';
import { safetensorsHead } from '../../src/model/safetensors.ts';
import { bytesPerElement } from '../../src/model/tensor-source.ts';
import { elementCount } from '../../src/core/shape.ts';
import { parameterShapes } from '../../src/model/weights.ts';
import { tokenizerJsonFromRanks } from '../support/gpt2-tokenizer.ts';

export interface RandomGpt2 {
  readonly layers: number;
  readonly channels: number;
  readonly heads: number;
  readonly context: number;
  readonly dtype: 'F32' | 'F16' | 'BF16';
  /** Files that the weights are spread over. */
  readonly shards: number;
  /** `tokenizer.json`, or GPT-2's older `vocab.json` and `merges.txt`. */
  readonly tokenizer: 'json' | 'older';
  readonly seed: number;
}

/** GPT-2 124M: 548 MB. */
export const gpt2Small: RandomGpt2 = {
  layers: 12,
  channels: 768,
  heads: 12,
  context: 1024,
  dtype: 'F32',
  shards: 1,
  tokenizer: 'json',
  seed: 1,
};

export interface MadeFile {
  readonly name: string;
  readonly byteLength: number;
  /** Its bytes in order, the same each time. */
  pieces(): Generator<Uint8Array<ArrayBuffer>>;
}

interface MadeTensor {
  readonly name: string;
  readonly dtype: RandomGpt2['dtype'];
  readonly shape: readonly number[];
  /** Which of the model's parameters it is: its random numbers depend on it. Null for a mask. */
  readonly index: number | null;
}

function maskOf(name: string, { context, dtype }: RandomGpt2): MadeTensor {
  return { name, dtype, shape: [1, 1, context, context], index: null };
}

const vocabulary = 50_257;
const deviation = 0.02;
const pieceElements = 2 ** 18;
/** Takes a second to make. */
let gpt2Tokenizer: ReturnType<typeof tokenizerJsonFromRanks> | null = null;

export function configOf({ layers, channels, heads, context }: RandomGpt2): GPT2Config {
  return {
    nLayer: layers,
    nHead: heads,
    nEmbd: channels,
    blockSize: context,
    vocabSize: vocabulary,
    ...PLAIN_GPT2,
    endOfTextId: vocabulary - 1,
  };
}

export function randomGpt2(options: RandomGpt2): readonly MadeFile[] {
  const { dtype, shards, seed } = options;
  const shapes = [...parameterShapes(configOf(options))];
  const tensors = shapes.flatMap(([name, shape], index): MadeTensor[] => {
    const tensor: MadeTensor = { name: `transformer.${name}`, dtype, shape, index };
    // GPT-2's own file has the causal mask of every layer, 50 MB of it.
    const layer = /^h\.\d+\.attn\./.exec(name.endsWith('c_attn.weight') ? name : '')?.[0];
    return layer === undefined ? [tensor] : [maskOf(`transformer.${layer}bias`, options), tensor];
  });
  const files = [textFile('config.json', configText(options)), ...tokenizerFiles(options)];
  if (shards === 1) return [...files, weightsFile('model.safetensors', tensors, seed)];
  const perShard = Math.ceil(tensors.length / shards);
  const digits = (n: number) => String(n).padStart(5, '0');
  const weightMap: Record<string, string> = {};
  for (let shard = 0; shard < shards; shard++) {
    const part = tensors.slice(shard * perShard, (shard + 1) * perShard);
    const name = `model-${digits(shard + 1)}-of-${digits(shards)}.safetensors`;
    for (const tensor of part) weightMap[tensor.name] = name;
    files.push(weightsFile(name, part, seed));
  }
  const total = tensors.reduce((sum, tensor) => sum + bytesOf(tensor), 0);
  const index = { metadata: { total_size: total }, weight_map: weightMap };
  return [...files, textFile('model.safetensors.index.json', JSON.stringify(index, null, 2))];
}

function configText({ layers, channels, heads, context }: RandomGpt2): string {
  const config = {
    activation_function: 'gelu_new',
    architectures: ['GPT2LMHeadModel'],
    bos_token_id: vocabulary - 1,
    eos_token_id: vocabulary - 1,
    layer_norm_epsilon: 1e-5,
    model_type: 'gpt2',
    n_ctx: context,
    n_embd: channels,
    n_head: heads,
    n_layer: layers,
    n_positions: context,
    vocab_size: vocabulary,
  };
  return JSON.stringify(config, null, 2);
}

function tokenizerFiles({ tokenizer, context }: RandomGpt2): MadeFile[] {
  gpt2Tokenizer ??= tokenizerJsonFromRanks(r50k);
  const { vocab, merges } = gpt2Tokenizer.model;
  const config = { model_max_length: context, tokenizer_class: 'GPT2Tokenizer' };
  const files =
    tokenizer === 'json'
      ? [textFile('tokenizer.json', JSON.stringify(gpt2Tokenizer))]
      : [
          textFile('vocab.json', JSON.stringify(vocab)),
          textFile(
            'merges.txt',
            `#version: 0.2\n${merges.map(([a, b]) => `${a} ${b}\n`).join('')}`,
          ),
        ];
  return [...files, textFile('tokenizer_config.json', JSON.stringify(config))];
}

function textFile(name: string, text: string): MadeFile {
  const bytes = new TextEncoder().encode(text);
  return {
    name,
    byteLength: bytes.byteLength,
    *pieces() {
      yield bytes;
    },
  };
}

function bytesOf({ shape, dtype }: MadeTensor): number {
  return elementCount(shape) * bytesPerElement[dtype];
}

function weightsFile(name: string, tensors: readonly MadeTensor[], seed: number): MadeFile {
  const head = safetensorsHead(tensors, { format: 'pt' });
  return {
    name,
    byteLength: tensors.reduce((sum, tensor) => sum + bytesOf(tensor), head.byteLength),
    *pieces() {
      yield head;
      for (const tensor of tensors) yield* tensorPieces(tensor, seed);
    },
  };
}

/** The numbers of one parameter by its place in the shape table, before they are rounded to a dtype. */
function* randomValues(
  name: string,
  shape: readonly number[],
  index: number,
  seed: number,
): Generator<Float32Array<ArrayBuffer>> {
  const count = elementCount(shape);
  for (let begin = 0; begin < count; begin += pieceElements) {
    const values = new Float32Array(Math.min(pieceElements, count - begin));
    if (shape.length > 1) fillNormal(values, begin, index, seed);
    // LayerNorm begins as the identity, biases at zero.
    else if (name.endsWith('.weight')) values.fill(1);
    yield values;
  }
}

function* tensorPieces(
  { name, dtype, shape, index }: MadeTensor,
  seed: number,
): Generator<Uint8Array<ArrayBuffer>> {
  const all = index === null ? maskRows(shape) : randomValues(name, shape, index, seed);
  for (const values of all) {
    if (dtype === 'F32') yield new Uint8Array(values.buffer);
    else {
      const bits = new Uint32Array(values.buffer);
      const round = dtype === 'BF16' ? toBfloat16 : toFloat16;
      yield new Uint8Array(Uint16Array.from(bits, round).buffer);
    }
  }
}

/** Lower triangle of ones, a row at a time. */
function* maskRows([, , rows = 0]: readonly number[]): Generator<Float32Array<ArrayBuffer>> {
  for (let row = 0; row < rows; row++) yield new Float32Array(rows).fill(1, 0, row + 1);
}

/** Box–Muller, four numbers a hash. `begin` is a multiple of four. */
function fillNormal(values: Float32Array, begin: number, stream: number, seed: number): void {
  const u = new Uint32Array(4);
  for (let i = 0; i < values.length; i += 4) {
    pcg4d((begin + i) / 4, stream, 0, seed, u);
    for (let pair = 0; pair < 4; pair += 2) {
      // (0, 1], as zero has no logarithm.
      const radius = deviation * Math.sqrt(-2 * Math.log(((u[pair] as number) + 1) / 2 ** 32));
      const angle = ((u[pair + 1] as number) / 2 ** 32) * 2 * Math.PI;
      values[i + pair] = radius * Math.cos(angle);
      values[i + pair + 1] = radius * Math.sin(angle);
    }
  }
}

/** Bits of a float32 → the upper half, rounded. */
function toBfloat16(bits: number): number {
  return (bits + 0x8000) >>> 16;
}

/** Bits of a float32 below 65,504 → those of the nearest binary16. */
function toFloat16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  // Below 2⁻¹⁴ the exponent stays and the fraction is in steps of 2⁻²⁴.
  if (magnitude < 0x38800000) {
    const value = new Float32Array(Uint32Array.of(magnitude).buffer)[0] as number;
    return sign | Math.round(value * 2 ** 24);
  }
  return sign | ((magnitude - 0x38000000 + 0x1000) >>> 13);
}
