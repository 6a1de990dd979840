/**
 * Reads the tensors of a checkpoint ahead of their being written, so that the device is done with them, and the
 * training can go on, while the disk still writes. Several are read at a time, because a browser may take long to
 * answer each readback.
 */
import { assert } from '../core/assert.ts';
import { type CheckpointTensor, tensorBytes } from './checkpoint-manifest.ts';

/** The maximum number of bytes that are read but not written yet. A checkpoint of the starter, or of any adapter, has fewer. */
const MAX_HELD_BYTES = 64 * 2 ** 20;
/** The maximum number of bytes that the device is asked for at a time, unless a single piece is larger. */
const MAX_ASKED_BYTES = 8 * 2 ** 20;
/** The maximum size of the pieces of tensors. */
const PIECE_BYTES = 4 * 2 ** 20;
const READERS = 16;

export interface ReadAhead {
  /** The same tensors, to be read one after the other. They throw what reading them has thrown. */
  readonly tensors: readonly CheckpointTensor[];
  /** Resolves when everything has been read, or given up. Rejects with what reading throws. */
  readonly read: Promise<void>;
  /** Nothing more is read, because nobody will write it. */
  giveUp(): void;
}

/** Begins to read. Each piece is copied, so its owner may change it as soon as `read` has resolved. */
export function readAhead(
  tensors: Iterable<CheckpointTensor>,
  maxHeldBytes = MAX_HELD_BYTES,
): ReadAhead {
  const sources = [...tensors];
  const queues = sources.map((): Uint8Array[] => []);
  const ended = new Set<number>();
  let heldBytes = 0;
  let askedBytes = 0;
  let nextSource = 0;
  /** Which tensor is being written. */
  let current = 0;
  let isGivenUp = false;
  let failure: { readonly error: unknown } | null = null;
  let waiting: (() => void)[] = [];

  function changed(): void {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }
  async function until(isSo: () => boolean): Promise<void> {
    while (!isGivenUp && !isSo()) await new Promise<void>((resolve) => waiting.push(resolve));
  }
  function giveUp(): void {
    isGivenUp = true;
    changed();
  }

  /** Waits for room. What is written next has it in any case, or all would wait for each other. */
  async function reserve(index: number, bytes: number): Promise<void> {
    const isNext = () => index === current && queues[index]?.length === 0;
    await until(
      () =>
        (heldBytes + bytes <= maxHeldBytes || isNext()) &&
        (askedBytes + bytes <= MAX_ASKED_BYTES || askedBytes === 0),
    );
    heldBytes += bytes;
    askedBytes += bytes;
  }

  async function readTensor(index: number, { shape, pieces }: CheckpointTensor): Promise<void> {
    let left = tensorBytes(shape);
    let asked = Math.min(PIECE_BYTES, left);
    await reserve(index, asked);
    for await (const piece of pieces) {
      if (isGivenUp) return;
      askedBytes -= asked;
      heldBytes += piece.byteLength - asked;
      queues[index]?.push(piece.slice());
      changed();
      left -= piece.byteLength;
      asked = Math.min(PIECE_BYTES, Math.max(0, left));
      await reserve(index, asked);
    }
    ended.add(index);
    changed();
  }

  async function reader(): Promise<void> {
    for (let index = nextSource++; !isGivenUp; index = nextSource++) {
      const source = sources[index];
      if (source === undefined) return;
      await readTensor(index, source);
    }
  }

  async function* written(index: number): AsyncGenerator<Uint8Array> {
    current = index;
    changed();
    const queue = queues[index] ?? [];
    for (;;) {
      await until(() => queue.length > 0 || ended.has(index));
      if (failure !== null) throw failure.error;
      assert(!isGivenUp, 'nobody writes what was given up');
      const piece = queue.shift();
      if (piece === undefined) return;
      yield piece;
      heldBytes -= piece.byteLength;
      changed();
    }
  }

  const readers = Array.from({ length: READERS }, async () => {
    try {
      await reader();
    } catch (error) {
      failure ??= { error };
      giveUp();
    }
  });
  const read = Promise.all(readers).then(() => {
    if (failure !== null) throw failure.error;
  });
  // Whoever writes the tensors hears of it as well.
  read.catch(() => {});
  return {
    tensors: sources.map((tensor, index) => ({ ...tensor, pieces: written(index) })),
    read,
    giveUp,
  };
}
