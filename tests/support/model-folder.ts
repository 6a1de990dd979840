/** Model folders in memory, with readers that count the bytes they read. */

import type { ModelFiles } from '../../src/bots/model-files.ts';
import { END_OF_TEXT } from '../../src/domain/tweet-text.ts';
import type { GPT2Config } from '../../src/model/config.ts';
import {
  type ByteReader,
  safetensorsHead,
  type TensorLayout,
} from '../../src/model/safetensors.ts';
import type { TensorDtype } from '../../src/model/tensor-source.ts';
import { byteAlphabet } from '../../src/tokenizer/tokenizer-json.ts';

export interface CountingReader extends ByteReader {
  /** The size of the largest single read, and of all reads together. */
  readonly largestRead: number;
  readonly bytesRead: number;
}

export function readerOf(bytes: Uint8Array): CountingReader {
  const counts = { largestRead: 0, bytesRead: 0 };
  return {
    byteLength: bytes.byteLength,
    get largestRead() {
      return counts.largestRead;
    },
    get bytesRead() {
      return counts.bytesRead;
    },
    async read(offset, length) {
      const isInside = offset >= 0 && length >= 0 && offset + length <= bytes.byteLength;
      if (!isInside) throw new Error(`read of ${length} at ${offset} of ${bytes.byteLength}`);
      counts.largestRead = Math.max(counts.largestRead, length);
      counts.bytesRead += length;
      return new Uint8Array(bytes.subarray(offset, offset + length));
    },
  };
}

export type FolderContent = Readonly<Record<string, unknown>>;

/** Bytes remain as they are, text is encoded, and anything else becomes JSON. */
export function folder(content: FolderContent): Map<string, CountingReader> {
  const files = new Map<string, CountingReader>();
  for (const [name, value] of Object.entries(content)) files.set(name, readerOf(bytesOf(value)));
  return files;
}

export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}

export function filesOf(content: FolderContent): ModelFiles {
  return folder(content);
}

export function configJson(config: GPT2Config): Record<string, unknown> {
  return {
    model_type: 'gpt2',
    n_layer: config.nLayer,
    n_head: config.nHead,
    n_embd: config.nEmbd,
    n_positions: config.blockSize,
    vocab_size: config.vocabSize,
    eos_token_id: config.endOfTextId,
  };
}

export interface FileTensor extends TensorLayout {
  readonly data: Uint8Array;
}

export function safetensorsFile(tensors: readonly FileTensor[]): Uint8Array {
  const head = safetensorsHead(tensors, { format: 'pt' });
  const length = tensors.reduce((sum, { data }) => sum + data.byteLength, head.byteLength);
  const file = new Uint8Array(length);
  file.set(head);
  let at = head.byteLength;
  for (const { data } of tensors) {
    file.set(data, at);
    at += data.byteLength;
  }
  return file;
}

export function floatTensor(
  name: string,
  shape: readonly number[],
  values: Float32Array,
  dtype: TensorDtype = 'F32',
): FileTensor {
  const f32 = new Uint8Array(values.slice().buffer);
  if (dtype === 'F32') return { name, dtype, shape, data: f32 };
  // bfloat16 is the upper half of a float32.
  const data = new Uint8Array(new Uint16Array(f32.buffer).filter((_, i) => i % 2 === 1).buffer);
  return { name, dtype: 'BF16', shape, data };
}

/** A byte-level tokenizer with a few merges, in both file formats of the Hub. */
export function smallTokenizer(merges: readonly (readonly [string, string])[]): {
  readonly vocab: Readonly<Record<string, number>>;
  readonly mergesText: string;
  readonly json: Record<string, unknown> & {
    readonly model: { type: string; vocab: Record<string, number>; merges: unknown[] };
    readonly added_tokens: Record<string, unknown>[];
  };
  readonly size: number;
} {
  const tokens = [...byteAlphabet(), ...merges.map(([a, b]) => a + b), END_OF_TEXT];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
  return {
    vocab,
    mergesText: `#version: 0.2\n${merges.map(([a, b]) => `${a} ${b}\n`).join('')}`,
    json: {
      version: '1.0',
      added_tokens: [{ id: tokens.length - 1, content: END_OF_TEXT, special: true }],
      normalizer: null,
      pre_tokenizer: byteLevel,
      post_processor: null,
      decoder: byteLevel,
      model: { type: 'BPE', vocab: { ...vocab }, merges: merges.map(([a, b]) => `${a} ${b}`) },
    },
    size: tokens.length,
  };
}
