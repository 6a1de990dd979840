/** The manifest of a checkpoint: the table of its tensors, and the blob with their bytes in that order. */
import {
  arrayOf,
  objectOf,
  oneOf,
  ParseError,
  type Parser,
  parseCount,
  parseNumber,
  parseString,
} from '../core/parse.ts';
import { type BlobRef, parseBlobRef } from './chunks.ts';

export interface CheckpointTensor {
  /** Any name that is unique in the checkpoint: `h.0.attn.c_attn.weight`, `adam.m.h.0…`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Little-endian float32 in row-major order, which takes 4 bytes × the product of `shape`. */
  readonly dtype: 'F32';
  /** The bytes in order; a piece may end anywhere. */
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

export interface TensorEntry extends Omit<CheckpointTensor, 'pieces'> {
  readonly byteOffset: number;
  readonly byteLength: number;
}

export interface CheckpointManifest {
  readonly id: string;
  readonly runId: string;
  readonly completedSteps: number;
  readonly createdAt: number;
  readonly blob: BlobRef;
  readonly tensors: readonly TensorEntry[];
}

const FLOAT_BYTES = 4;

export function tensorBytes(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, FLOAT_BYTES);
}

const parseManifestFields = objectOf<CheckpointManifest>({
  id: parseString,
  runId: parseString,
  completedSteps: parseCount,
  createdAt: parseNumber,
  blob: parseBlobRef,
  tensors: arrayOf(
    objectOf<TensorEntry>({
      name: parseString,
      shape: arrayOf(parseCount),
      dtype: oneOf('F32'),
      byteOffset: parseCount,
      byteLength: parseCount,
    }),
  ),
});

export const parseManifest: Parser<CheckpointManifest> = (value, path) => {
  const manifest = parseManifestFields(value, path);
  for (const [i, { shape, byteOffset, byteLength }] of manifest.tensors.entries()) {
    const at = `${path}.tensors[${i}]`;
    const isInside = byteOffset + byteLength <= manifest.blob.byteLength;
    if (!isInside || byteLength !== tensorBytes(shape)) throw new ParseError(at, { be: 'fitting' });
  }
  return manifest;
};

/** Whether a tensor is needed to write tweets. All others are needed only to continue the training. */
export function isWeight(name: string): boolean {
  return !name.startsWith('adam.');
}

export function endOfWeights({ tensors }: CheckpointManifest): number {
  return tensors
    .filter(({ name }) => isWeight(name))
    .reduce((end, { byteOffset, byteLength }) => Math.max(end, byteOffset + byteLength), 0);
}
