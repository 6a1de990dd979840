/**
 * From tweets to blocks of tokens.
 *
 * Training reads one endless stream: `<|endoftext|>` and a tweet, for every tweet in a fresh order
 * each epoch. Blocks are contiguous in it, so a block is a pure function of (tweets, seed, index)
 * and a resumed run sees what the uninterrupted one would have seen.
 */

import { assert, must } from '../core/assert.ts';
import { shuffledIndices } from '../core/random.ts';

export interface Block {
  /** [T] */
  readonly ids: Int32Array;
  /** [T]: the next token of each; −100 where there is none. */
  readonly targets: Int32Array;
}

export interface Split {
  readonly training: readonly Int32Array[];
  readonly validation: readonly Int32Array[];
}

const validationStream = 0xffffffff;
const smallestSplit = 40;

/** Holds out a seeded share of the documents; none when there are fewer than 40. */
export function splitDocuments(
  documents: readonly Int32Array[],
  share: number,
  seed: number,
): Split {
  const heldOut = documents.length < smallestSplit ? 0 : Math.floor(documents.length * share);
  const order = shuffledIndices(documents.length, seed, validationStream);
  const pick = (indices: Uint32Array) => Array.from(indices, (i) => must(documents[i], 'document'));
  return {
    validation: pick(order.subarray(0, heldOut)),
    training: pick(order.subarray(heldOut).sort()),
  };
}

/** Each document after an `<|endoftext|>`, in the given order. */
function pack(
  documents: readonly Int32Array[],
  order: Uint32Array,
  endOfTextId: number,
): Int32Array {
  let length = order.length;
  for (const document of documents) length += document.length;
  const stream = new Int32Array(length);
  let at = 0;
  for (const index of order) {
    const document = must(documents[index], 'document');
    stream[at] = endOfTextId;
    stream.set(document, at + 1);
    at += document.length + 1;
  }
  return stream;
}

export class TrainingStream {
  /** Tokens of one epoch, separators included. */
  readonly epochTokens: number;
  private readonly documents: readonly Int32Array[];
  private readonly endOfTextId: number;
  private readonly seed: number;
  /** The two newest epochs: a block can straddle them. */
  private readonly epochs = new Map<number, Int32Array>();

  constructor(documents: readonly Int32Array[], endOfTextId: number, seed: number) {
    this.documents = documents;
    this.endOfTextId = endOfTextId;
    this.seed = seed;
    this.epochTokens = documents.reduce((sum, { length }) => sum + length + 1, 0);
    assert(this.epochTokens > 0, 'something to train on');
  }

  /** Block `index` of length T: tokens index·T … index·T + T − 1 of the stream. */
  block(index: number, T: number): Block {
    const start = index * T;
    const ids = new Int32Array(T);
    const targets = new Int32Array(T);
    for (let t = 0; t < T; t++) {
      ids[t] = this.token(start + t);
      targets[t] = this.token(start + t + 1);
    }
    return { ids, targets };
  }

  private token(position: number): number {
    const epoch = Math.floor(position / this.epochTokens);
    return this.epoch(epoch)[position % this.epochTokens] as number;
  }

  private epoch(epoch: number): Int32Array {
    let tokens = this.epochs.get(epoch);
    if (tokens === undefined) {
      const order = shuffledIndices(this.documents.length, this.seed, epoch);
      tokens = pack(this.documents, order, this.endOfTextId);
      this.epochs.set(epoch, tokens);
      for (const old of this.epochs.keys()) if (old < epoch - 1) this.epochs.delete(old);
    }
    return tokens;
  }
}

/** The held-out documents as at most `most` blocks; the last one is filled up with −100 targets. */
export function validationBlocks(
  documents: readonly Int32Array[],
  endOfTextId: number,
  T: number,
  most: number,
): Block[] {
  if (documents.length === 0) return [];
  const order = Uint32Array.from(documents, (_, i) => i);
  const stream = pack(documents, order, endOfTextId);
  const blocks: Block[] = [];
  for (let start = 0; start < stream.length && blocks.length < most; start += T) {
    const ids = new Int32Array(T).fill(endOfTextId);
    ids.set(stream.subarray(start, start + T));
    const targets = new Int32Array(T).fill(-100);
    const next = stream.subarray(start + 1, start + T + 1);
    targets.set(next);
    // The last document ends too.
    if (next.length < T) targets[next.length] = endOfTextId;
    blocks.push({ ids, targets });
  }
  return blocks;
}

/** Several blocks as one [B, T] batch. */
export function stackBlocks(
  blocks: readonly Block[],
): Block & { readonly B: number; readonly T: number } {
  const T = must(blocks[0], 'a block').ids.length;
  const ids = new Int32Array(blocks.length * T);
  const targets = new Int32Array(blocks.length * T);
  for (const [b, block] of blocks.entries()) {
    ids.set(block.ids, b * T);
    targets.set(block.targets, b * T);
  }
  return { ids, targets, B: blocks.length, T };
}
