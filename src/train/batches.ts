/**
 * From tweets to blocks of tokens.
 *
 * Training reads one endless stream: `<|endoftext|>` and a tweet, for every tweet in a fresh order
 * each epoch. Blocks are contiguous in it, so a block is a pure function of (tweets, seed, index)
 * and a resumed run sees what the uninterrupted one would have seen.
 *
 * Several accounts in one bot: each epoch, every smaller one is repeated until it has the characters
 * of the largest, as huggingtweets does it; shares shift that balance. An account's tweets are gone
 * through in fresh orders one after the other: none is read much oftener than another.
 */

import { assert, must } from '../core/assert.ts';
import { shuffledIndices } from '../core/random.ts';

export interface Block {
  /** [T] */
  readonly ids: Int32Array;
  /** [T]: the next token of each; −100 where there is none. */
  readonly targets: Int32Array;
}

/** The documents of one account, as ids. */
export interface AccountDocuments {
  readonly documents: readonly Int32Array[];
  /** Code points of all of them: what accounts are balanced by. */
  readonly characters: number;
  /** How much of the stream is its, relative to the others; 1 for equal parts. */
  readonly share: number;
}

/** All of one account: nothing is balanced. */
export function oneAccount(documents: readonly Int32Array[]): readonly AccountDocuments[] {
  return [{ documents, characters: 1, share: 1 }];
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
  account = 0,
): Split {
  const heldOut = documents.length < smallestSplit ? 0 : Math.floor(documents.length * share);
  const order = shuffledIndices(documents.length, seed, validationStream - account);
  const pick = (indices: Uint32Array) => Array.from(indices, (i) => must(documents[i], 'document'));
  return {
    validation: pick(order.subarray(0, heldOut)),
    training: pick(order.subarray(heldOut).sort()),
  };
}

/** {@link splitDocuments} of each account by itself. */
export function splitAccounts(
  accounts: readonly AccountDocuments[],
  share: number,
  seed: number,
): { readonly training: readonly AccountDocuments[]; readonly validation: readonly Int32Array[] } {
  const splits = accounts.map(({ documents }, a) => splitDocuments(documents, share, seed, a));
  return {
    training: accounts.map((account, a) => ({
      ...account,
      documents: must(splits[a], 'split').training,
    })),
    validation: splits.flatMap(({ validation }) => validation),
  };
}

/** Each document after an `<|endoftext|>`, in the given order. */
function pack(documents: readonly Int32Array[], endOfTextId: number): Int32Array {
  const stream = new Int32Array(packedLength(documents));
  let at = 0;
  for (const document of documents) {
    stream[at] = endOfTextId;
    stream.set(document, at + 1);
    at += document.length + 1;
  }
  return stream;
}

function packedLength(documents: readonly Int32Array[]): number {
  return documents.reduce((sum, { length }) => sum + length + 1, 0);
}

/** By account: how many documents an epoch takes, so that characters stand as shares do. */
function documentsPerEpoch(accounts: readonly AccountDocuments[]): readonly number[] {
  const largest = Math.max(...accounts.map(({ characters }) => characters));
  const shares = accounts.reduce((sum, { share }) => sum + share, 0);
  return accounts.map(({ documents, characters, share }) => {
    const wished = (largest * accounts.length * share) / shares;
    return Math.max(1, Math.round((documents.length * wished) / characters));
  });
}

/** Passes of one account, apart from those of the others and from epochs of them all. */
const passStream = (account: number, pass: number) => account * 2 ** 20 + pass;
const mixStream = 2 ** 31;

export class TrainingStream {
  /** Tokens of the first epoch, separators included; with one account, of every epoch. */
  readonly epochTokens: number;
  private readonly accounts: readonly AccountDocuments[];
  /** By account: documents an epoch takes of it. */
  private readonly perEpoch: readonly number[];
  private readonly endOfTextId: number;
  private readonly seed: number;
  /** The two newest epochs: a block can straddle them. */
  private readonly epochs = new Map<number, Int32Array>();
  /** Where epochs begin in the stream, as far as known. */
  private readonly starts: number[] = [0];
  private current = 0;

  constructor(accounts: readonly AccountDocuments[], endOfTextId: number, seed: number) {
    this.accounts = accounts.filter(({ documents }) => documents.length > 0);
    this.perEpoch = documentsPerEpoch(this.accounts);
    this.endOfTextId = endOfTextId;
    this.seed = seed;
    assert(this.accounts.length > 0, 'something to train on');
    this.epochTokens = this.epoch(0).length;
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
    while (position < this.start(this.current)) this.current--;
    while (position >= this.start(this.current + 1)) this.current++;
    return this.epoch(this.current)[position - this.start(this.current)] as number;
  }

  /** Epochs of several accounts differ a little in length. */
  private start(epoch: number): number {
    if (this.accounts.length === 1) return epoch * this.epochTokens;
    for (let known = this.starts.length - 1; known < epoch; known++) {
      this.starts.push(must(this.starts[known], 'start') + packedLength(this.documentsOf(known)));
    }
    return must(this.starts[epoch], 'start');
  }

  private epoch(epoch: number): Int32Array {
    let tokens = this.epochs.get(epoch);
    if (tokens === undefined) {
      tokens = pack(this.documentsOf(epoch), this.endOfTextId);
      this.epochs.set(epoch, tokens);
      for (const old of this.epochs.keys()) if (old < epoch - 1) this.epochs.delete(old);
    }
    return tokens;
  }

  /** In the order they are read. */
  private documentsOf(epoch: number): readonly Int32Array[] {
    const taken = this.accounts.flatMap(({ documents }, account) => {
      const count = must(this.perEpoch[account], 'count');
      return sequence(documents, this.seed, account, epoch * count, count);
    });
    if (this.accounts.length === 1) return taken;
    const order = shuffledIndices(taken.length, this.seed, mixStream + epoch);
    return Array.from(order, (i) => must(taken[i], 'document'));
  }
}

/** A stretch of an account's documents, shuffled anew in every pass through them. */
function sequence(
  documents: readonly Int32Array[],
  seed: number,
  account: number,
  from: number,
  count: number,
): Int32Array[] {
  const { length } = documents;
  const taken: Int32Array[] = [];
  for (let at = from; at < from + count; ) {
    const pass = Math.floor(at / length);
    const order = shuffledIndices(length, seed, passStream(account, pass));
    const end = Math.min(from + count, (pass + 1) * length);
    for (; at < end; at++) taken.push(must(documents[order[at % length] as number], 'document'));
  }
  return taken;
}

/** The held-out documents as at most `most` blocks; the last one is filled up with −100 targets. */
export function validationBlocks(
  documents: readonly Int32Array[],
  endOfTextId: number,
  T: number,
  most: number,
): Block[] {
  if (documents.length === 0) return [];
  const stream = pack(documents, endOfTextId);
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
