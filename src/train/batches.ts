/**
 * Turns tokenized tweets into training blocks.
 *
 * Training reads one endless stream of packed documents: `<|endoftext|>` followed by a tweet, for every
 * tweet, shuffled anew in every epoch. Blocks are contiguous pieces of the stream, so a block is a pure
 * function of (tweets, seed, index), and a resumed run sees what an uninterrupted one would have seen.
 *
 * If a bot learns from several accounts, the smaller ones are repeated in each epoch until they have as
 * many characters as the largest, as in huggingtweets. The user's shares change that balance. Within an
 * account, every tweet is read once before any is read again.
 */

import { assert, must } from '../core/assert.ts';
import { fnv1a } from '../core/fnv1a.ts';
import { MAX_ANSWERED_TOKENS } from '../domain/recipe.ts';
import { randomUnit, shuffledIndices } from '../core/random.ts';

export interface Block {
  /** [T] */
  readonly ids: Int32Array;
  /** [T]: for each token the one that follows it, or −100 where that doesn't count. */
  readonly targets: Int32Array;
}

/** For each document that answers another one of its account, the indices of both; without circles. */
export type Answers = ReadonlyMap<number, number>;

/** The documents of one account, as token ids. */
export interface AccountDocuments {
  readonly documents: readonly Int32Array[];
  readonly answers: Answers;
  /** The number of code points in all of them. Accounts are balanced by it. */
  readonly characters: number;
  /** How much of the stream comes from this account, relative to the others; 1 for equal parts. */
  readonly share: number;
}

/** For a bot that learns from a single account, where nothing has to be balanced. */
export function oneAccount(
  documents: readonly Int32Array[],
  answers: Answers = new Map(),
): readonly AccountDocuments[] {
  return [{ documents, answers, characters: 1, share: 1 }];
}

const NO_TARGET = -100;

/** The random stream that chooses held-out documents; those of epochs count up from 0. */
const VALIDATION_STREAM = 0xffffffff;
/** From fewer documents than this, none are held out. */
const MIN_SPLIT_DOCUMENTS = 40;

/** Documents by their indices. */
export interface Split {
  readonly training: readonly number[];
  readonly validation: readonly number[];
}

/**
 * Holds out a random share of the documents for validation, on average.
 *
 * Which ones depends on the seed and on each document's own tokens, not on its place among the others.
 * So when tweets are added to a dataset later, every document that was trained on stays in the training
 * split, and every held-out one stays held out. Only a document whose text changes may change sides. A
 * text that occurs more than once is trained on, because its copies would give it away.
 *
 * What answers another document is on the same side as that one, since it is read after it: the first document of
 * a thread decides for all of it, and none of it is held out if a text of it occurs elsewhere, too.
 *
 * The held-out documents are in random order, because a validation loss may look at the first ones only.
 */
export function splitDocuments(
  { documents, answers }: Pick<AccountDocuments, 'documents' | 'answers'>,
  { validationShare, seed }: { readonly validationShare: number; readonly seed: number },
): Split {
  if (documents.length < MIN_SPLIT_DOCUMENTS)
    return { training: [...documents.keys()], validation: [] };
  const hashes = documents.map(fnv1a);
  const copies = new Map<number, number>();
  for (const hash of hashes) copies.set(hash, (copies.get(hash) ?? 0) + 1);
  const firsts = firstOfThreads(documents.length, answers);
  const repeated = new Set(firsts.filter((_, i) => copies.get(must(hashes[i], 'hash')) !== 1));
  const training: number[] = [];
  const heldOut: { readonly i: number; readonly draw: number }[] = [];
  for (const [i, first] of firsts.entries()) {
    const draw = randomUnit(seed, VALIDATION_STREAM, must(hashes[first], 'hash'));
    if (draw < validationShare && !repeated.has(first)) heldOut.push({ i, draw });
    else training.push(i);
  }
  heldOut.sort((a, b) => a.draw - b.draw);
  return { training, validation: heldOut.map(({ i }) => i) };
}

/** For each document, the first one of those that it answers, directly or not: itself if it answers none. */
function firstOfThreads(count: number, answers: Answers): readonly number[] {
  const firsts: number[] = new Array<number>(count).fill(-1);
  for (let i = 0; i < count; i++) {
    const path: number[] = [];
    let at = i;
    for (; firsts[at] === -1 && answers.has(at); at = must(answers.get(at), 'answered'))
      path.push(at);
    const first = firsts[at] === -1 ? at : must(firsts[at], 'first');
    firsts[i] = first;
    for (const on of path) firsts[on] = first;
  }
  return firsts;
}

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

/**
 * A document after the one that it answers, if it answers one, and the separator. What stands before the document
 * is read and not learned: such tokens are stored as their complements, which are below zero.
 */
export function readAfterAnswered(
  { documents, answers }: Pick<AccountDocuments, 'documents' | 'answers'>,
  index: number,
  separator: Int32Array | undefined,
): Int32Array {
  const document = must(documents[index], 'a document');
  const answered = documents[answers.get(index) ?? -1];
  if (answered === undefined || separator === undefined) return document;
  const end = answered.subarray(Math.max(0, answered.length - MAX_ANSWERED_TOKENS));
  const given = Int32Array.of(...end, ...separator).map((id) => ~id);
  return Int32Array.of(...given, ...document);
}

/** The id of a token that may be one that is not learned. */
const idOf = (token: number) => (token < 0 ? ~token : token);
/** What is to be predicted before a token. */
const targetOf = (token: number) => (token < 0 ? NO_TARGET : token);

/** Concatenates the documents, each after an end-of-text token. */
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

/** The number of tokens in all documents, including separators. */
export function packedLength(documents: readonly Int32Array[]): number {
  return documents.reduce((sum, { length }) => sum + length + 1, 0);
}

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
