/** The part of `Ops` that moves data to the device and back, and submits work. */

import type { Precision, Tensor } from './operands.ts';

/**
 * The host holds a tensor in pieces of this many elements (4 MiB of float32), however large the tensor
 * is.
 */
export const PIECE_ELEMENTS = 2 ** 20;

export interface TransferOps {
  /** Copies `data`, which has as many elements as the shape, to a new tensor. */
  tensor(data: Float32Array, shape: readonly number[]): Tensor;
  /**
   * Copies weights that will only be read to the device, in exactly the memory they need. With `f16` they
   * may be rounded to float16, though arithmetic stays float32; portable operations keep float32.
   */
  weight(data: Float32Array, shape: readonly number[], precision: Precision): Tensor;
  /**
   * Like {@link weight}, from pieces of the elements in order; all pieces but the last have an even length.
   * WebGPU operations send each piece to the device when it arrives, so that the host never holds a large
   * table as a whole. Throws whatever `pieces` throws; then there is no tensor.
   */
  weightFrom(
    pieces: AsyncIterable<Float32Array>,
    shape: readonly number[],
    precision: Precision,
  ): Promise<Tensor>;
  /**
   * Replaces all elements of `to` by those in the pieces, and returns the tensor to use from now on: `to`
   * itself with its memory layout, or a new tensor in place of `to`, which is then disposed.
   */
  overwrite(to: Tensor, pieces: AsyncIterable<Float32Array>): Promise<Tensor>;
  /** A tensor of zeros. */
  zeros(shape: readonly number[]): Tensor;
  /**
   * Copies a tensor to the host, always asynchronously: a synchronous readback blocks or fails in a worker.
   * Throws `out-of-memory` or `device-lost` when the device has failed before.
   */
  read(x: Tensor): Promise<Float32Array>;
  /**
   * Like {@link read}, in pieces of {@link PIECE_ELEMENTS} that are copied when the consumer asks for
   * them.
   */
  readPieces(x: Tensor): AsyncGenerator<Float32Array>;
  /** Like {@link read}, only `count` elements from `begin` on, as float32 however they are stored. */
  readPart(x: Tensor, begin: number, count: number): Promise<Float32Array>;
  /** Tensors of zeros by name, laid out so that one dispatch of the optimizer can process many of them. */
  allocate(shapes: ReadonlyMap<string, readonly number[]>): Map<string, Tensor>;
  /** Moves the tensors into the layout of {@link allocate}; this may replace the map's entries. */
  pack(tensors: Map<string, Tensor>): void;
  /** Submits all operations so far without waiting for them. */
  flush(): void;
  /**
   * Submits, and resolves when all operations so far have been computed. Throws as {@link read} does.
   */
  finish(): Promise<void>;
  /**
   * Begins work that may be dropped as long as the device hasn't been given it. Nothing is read until
   * {@link endDraft} or {@link dropDraft}.
   */
  beginDraft(): void;
  /** Ends the draft. Resolves when the device has been given all of it: then a tenth of a second of work is left. */
  endDraft(): Promise<void>;
  /**
   * Drops what the device hasn't been given of the last draft, ended or not. Tensors that it was to write have
   * undefined contents. What was encoded before the draft is computed all the same.
   */
  dropDraft(): void;
  /** Gives back the memory that was freed and is kept for later, where a large piece of work has ended. */
  trim(): void;
}
