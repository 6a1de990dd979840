/** Turns tokenized tweets into what a training reads: a stream of blocks to learn from, and blocks to validate on. */

import { must } from '../core/assert.ts';
import { type AccountDocuments, readAfterAnswered, splitDocuments } from './documents.ts';
import { type Block, idOf, NO_TARGET, pack, targetOf } from './packing.ts';
import { TrainingStream } from './training-stream.ts';

/** What a run learns from, and the documents that its validation loss is computed on. */
export interface TrainingData {
  readonly stream: TrainingStream;
  readonly heldOut: readonly Int32Array[];
  /** How many bytes of text a token stands for, where losses are to be told in bits per byte too. */
  readonly byteLength?: (id: number) => number;
}

export interface DataOptions {
  readonly validationShare: number;
  readonly seed: number;
  /** If it is given, answers are read after what they answer and this; otherwise on their own. */
  readonly replySeparator?: Int32Array | undefined;
}

/** Splits the documents of each account with {@link splitDocuments}. */
export function trainingData(
  accounts: readonly AccountDocuments[],
  endOfTextId: number,
  options: DataOptions,
): TrainingData {
  const heldOut: Int32Array[] = [];
  const training = accounts.map((account) => {
    const split = splitDocuments(account, options);
    const read = (i: number) => readAfterAnswered(account, i, options.replySeparator);
    heldOut.push(...split.validation.map(read));
    return { ...account, documents: split.training.map(read) };
  });
  return { stream: new TrainingStream(training, endOfTextId, options.seed), heldOut };
}

/** Packs the held-out documents into at most `maxBlocks` blocks. The last one is padded with −100 targets. */
export function validationBlocks(
  documents: readonly Int32Array[],
  endOfTextId: number,
  T: number,
  maxBlocks: number,
): Block[] {
  if (documents.length === 0) return [];
  const stream = pack(documents, endOfTextId);
  const blocks: Block[] = [];
  for (let start = 0; start < stream.length && blocks.length < maxBlocks; start += T) {
    const ids = new Int32Array(T).fill(endOfTextId);
    ids.set(stream.subarray(start, start + T).map(idOf));
    const targets = new Int32Array(T).fill(NO_TARGET);
    const next = stream.subarray(start + 1, start + T + 1);
    targets.set(next.map(targetOf));
    // The last document ends with the separator, too.
    if (next.length < T) targets[next.length] = endOfTextId;
    blocks.push({ ids, targets });
  }
  return blocks;
}

/**
 * The same, with no document cut in two: a block ends where the next document doesn't fit. Documents that
 * are longer than a block are cut after all.
 */
export function wholeDocumentBlocks(
  documents: readonly Int32Array[],
  endOfTextId: number,
  T: number,
  maxBlocks: number,
): Block[] {
  const groups: Int32Array[][] = [];
  let length = Infinity;
  for (const document of documents) {
    if (length + document.length + 1 > T) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(document);
    length += document.length + 1;
  }
  return groups
    .flatMap((group) => validationBlocks(group, endOfTextId, T, Infinity))
    .slice(0, maxBlocks);
}

/**
 * For ids [B, T]: the place in its block at which each token's document begins, [B·T]. A document begins at
 * an end-of-text token, at the beginning of a block, and after `maxLength` tokens.
 */
export function documentStarts(
  ids: Int32Array,
  T: number,
  endOfTextId: number,
  maxLength: number,
): Int32Array {
  const starts = new Int32Array(ids.length);
  let start = 0;
  for (let n = 0; n < ids.length; n++) {
    const t = n % T;
    if (t === 0 || ids[n] === endOfTextId || t - start >= maxLength) start = t;
    starts[n] = start;
  }
  return starts;
}

/** Combines blocks of the same length into one batch [B, T]. */
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
