/**
 * Training reads one endless stream of packed documents: `<|endoftext|>` followed by a tweet, for every
 * tweet, shuffled anew in every epoch. Blocks are contiguous pieces of the stream, so a block is a pure
 * function of (tweets, seed, index), and a resumed run sees what an uninterrupted one would have seen.
 *
 * If a bot learns from several accounts, the smaller ones are repeated in each epoch until they have as
 * many characters as the largest, as in huggingtweets. The user's shares change that balance. Within an
 * account, every tweet is read once before any is read again.
 */

import { assert, must } from '../core/assert.ts';
import { shuffledIndices } from '../core/random.ts';
import type { AccountDocuments } from './documents.ts';
import { type Block, idOf, pack, packedLength, targetOf } from './packing.ts';

/** The number of documents per epoch for each account, so that characters are in proportion to shares. */
function documentsPerEpoch(accounts: readonly AccountDocuments[]): readonly number[] {
  const largest = Math.max(...accounts.map(({ characters }) => characters));
  const shares = accounts.reduce((sum, { share }) => sum + share, 0);
  return accounts.map(({ documents, characters, share }) => {
    const charactersPerEpoch = (largest * accounts.length * share) / shares;
    return Math.max(1, Math.round((documents.length * charactersPerEpoch) / characters));
  });
}

/** The random stream that shuffles one pass over an account: different for each account and pass. */
const passStream = (account: number, pass: number) => account * 2 ** 20 + pass;
/** The random streams that mix the accounts of an epoch begin here. */
const MIX_STREAM = 2 ** 31;

/** The endless stream of tokens that a training reads. It holds ids on the host and no tensors. */
export class TrainingStream {
  /**
   * The number of tokens in the first epoch, including separators. With one account, every epoch has as
   * many.
   */
  readonly epochTokens: number;
  private readonly accounts: readonly AccountDocuments[];
  /** The number of documents per epoch, by account. */
  private readonly perEpoch: readonly number[];
  private readonly endOfTextId: number;
  private readonly seed: number;
  /** The last two epochs that were read: a block can begin in one and end in the next. */
  private readonly epochs = new Map<number, Int32Array>();
  /** The positions at which epochs begin, as far as they are known. */
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

  /** Returns the tokens index·T … index·T + T − 1 of the stream, and their targets. */
  block(index: number, T: number): Block {
    const start = index * T;
    const ids = new Int32Array(T);
    const targets = new Int32Array(T);
    for (let t = 0; t < T; t++) {
      ids[t] = idOf(this.token(start + t));
      targets[t] = targetOf(this.token(start + t + 1));
    }
    return { ids, targets };
  }

  private token(position: number): number {
    while (position < this.start(this.current)) this.current--;
    while (position >= this.start(this.current + 1)) this.current++;
    return this.epoch(this.current)[position - this.start(this.current)] as number;
  }

  /** With several accounts, epochs differ a little in length. */
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

  /** The documents of an epoch in the order in which they are read. */
  private documentsOf(epoch: number): readonly Int32Array[] {
    const taken = this.accounts.flatMap(({ documents }, account) => {
      const count = must(this.perEpoch[account], 'count');
      return sequence(documents, this.seed, account, epoch * count, count);
    });
    if (this.accounts.length === 1) return taken;
    const order = shuffledIndices(taken.length, this.seed, MIX_STREAM + epoch);
    return Array.from(order, (i) => must(taken[i], 'document'));
  }
}

/** `count` documents of an account from position `from` on; each pass over all of them is shuffled anew. */
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
