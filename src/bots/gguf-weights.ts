/**
 * The weights of a GPT-2 as llama.cpp names and stores them (ggml-org/llama.cpp, `conversion/gpt2.py` and
 * `gguf-py/gguf/tensor_mapping.py`). Conv1D weights are [in, out] here and [out, in] there.
 */

import { must } from '../core/assert.ts';
import { toFloat16 } from '../core/float16.ts';
import { elementCount } from '../core/shape.ts';
import { GGML_BLOCKS, type GgmlType, type GgufTensor } from './gguf-file.ts';
import type { WeightSource } from './write-safetensors.ts';

const NAMES: Readonly<Record<string, string>> = {
  wte: 'token_embd',
  wpe: 'position_embd',
  ln_f: 'output_norm',
  lm_head: 'output',
  ln_1: 'attn_norm',
  'attn.c_attn': 'attn_qkv',
  'attn.c_proj': 'attn_output',
  ln_2: 'ffn_norm',
  'mlp.c_fc': 'ffn_up',
  'mlp.c_proj': 'ffn_down',
};

/** `blk.0.attn_qkv.weight` for `h.0.attn.c_attn.weight`. */
export function ggufName(name: string): string {
  const [, layer, module = '', kind] = /^(?:h\.(\d+)\.)?(.+)\.(weight|bias)$/.exec(name) ?? [];
  const block = layer === undefined ? '' : `blk.${layer}.`;
  return `${block}${must(NAMES[module], `the name of ${name} in GGUF`)}.${kind}`;
}

/**
 * The tensors of a GGUF, of which one matrix at a time is in memory while they are read. Vectors and positions stay
 * float32, as in every GGUF; so do matrices whose rows don't fill blocks of `type`, as float16.
 *
 * @param tokens The number of tokens. Further rows of the embedding table, which are no tokens, are left out.
 */
export function ggufTensors(
  source: WeightSource,
  type: GgmlType,
  tokens: number,
): readonly GgufTensor[] {
  return Array.from(source.shapes, ([name, full]) => {
    const byToken = name === 'wte.weight' || name === 'lm_head.weight';
    const [rows = 0, columns = 0] = full;
    const isConv1D = full.length === 2 && name.startsWith('h.');
    const shape = byToken ? [tokens, columns] : isConv1D ? [columns, rows] : full;
    const stored = storedType(name, shape, type);
    return {
      name: ggufName(name),
      type: stored,
      shape,
      async *bytes() {
        const values = isConv1D
          ? oneMatrix(transposed(source.read(name), rows, columns))
          : first(source.read(name), elementCount(shape));
        yield* inBlocks(values, stored);
      },
    };
  });
}

function storedType(name: string, shape: readonly number[], type: GgmlType): GgmlType {
  if (shape.length === 1 || name === 'wpe.weight') return 'F32';
  const fits = (shape.at(-1) ?? 0) % GGML_BLOCKS[type].numbers === 0;
  return fits ? type : 'F16';
}

/** The transpose of a matrix [rows, columns] that comes in pieces. */
async function transposed(
  pieces: AsyncIterable<Float32Array>,
  rows: number,
  columns: number,
): Promise<Float32Array<ArrayBuffer>> {
  const result = new Float32Array(rows * columns);
  let at = 0;
  for await (const piece of pieces) {
    for (let i = 0; i < piece.length; i++, at++) {
      const row = Math.floor(at / columns);
      result[(at - row * columns) * rows + row] = piece[i] as number;
    }
  }
  return result;
}

async function* oneMatrix(matrix: Promise<Float32Array>): AsyncGenerator<Float32Array> {
  yield await matrix;
}

async function* first(
  pieces: AsyncIterable<Float32Array>,
  count: number,
): AsyncGenerator<Float32Array> {
  let left = count;
  for await (const piece of pieces) {
    if (left <= 0) return;
    yield piece.length <= left ? piece : piece.subarray(0, left);
    left -= piece.length;
  }
}

/** The bytes of the numbers. A block that is spread over two pieces is encoded with the second. */
async function* inBlocks(
  pieces: AsyncIterable<Float32Array>,
  type: GgmlType,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { numbers } = GGML_BLOCKS[type];
  let rest = new Float32Array(0);
  for await (const piece of pieces) {
    let values = piece;
    if (rest.length > 0) {
      values = new Float32Array(rest.length + piece.length);
      values.set(rest);
      values.set(piece, rest.length);
    }
    const whole = values.length - (values.length % numbers);
    rest = values.slice(whole);
    if (whole > 0) yield encode(values.subarray(0, whole), type);
  }
}

function encode(values: Float32Array, type: GgmlType): Uint8Array<ArrayBuffer> {
  if (type === 'Q8_0') return toQ8_0(values);
  const data = type === 'F16' ? toFloat16(values) : values.slice();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * Q8_0 (`quantize_row_q8_0_ref` in ggml's `ggml-quants.c`): of each 32 numbers, the scale d = max |x| / 127 as
 * float16, and x / d as 32 whole numbers of eight bits. Halves are rounded away from zero. All in float32.
 */
export function toQ8_0(values: Float32Array): Uint8Array<ArrayBuffer> {
  const { numbers, bytes } = GGML_BLOCKS.Q8_0;
  const blocks = values.length / numbers;
  const scales = new Float32Array(blocks);
  for (let b = 0; b < blocks; b++) {
    let largest = 0;
    for (let i = b * numbers; i < (b + 1) * numbers; i++) {
      largest = Math.max(largest, Math.abs(values[i] as number));
    }
    scales[b] = largest / 127;
  }
  const halves = toFloat16(scales);
  const out = new Uint8Array(blocks * bytes);
  const { fround } = Math;
  for (let b = 0; b < blocks; b++) {
    const scale = scales[b] as number;
    const inverse = scale === 0 ? 0 : fround(1 / scale);
    const half = halves[b] as number;
    out[b * bytes] = half & 0xff;
    out[b * bytes + 1] = half >>> 8;
    for (let i = 0; i < numbers; i++) {
      const x = fround((values[b * numbers + i] as number) * inverse);
      // A Uint8Array takes the lowest eight bits, which are those of an int8.
      out[b * bytes + 2 + i] = Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
    }
  }
  return out;
}
