/** The documents of a training: which of them are held out, and which are read after the one that they answer. */

import { must } from '../core/assert.ts';
import { fnv1a } from '../core/fnv1a.ts';
import { randomUnit } from '../core/random.ts';
import { MAX_ANSWERED_TOKENS } from '../domain/recipe.ts';

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

/**
 * A document after the one that it answers, if it answers one, and the separator. What stands before the document
 * is read and not learned (`packing.ts` says how that is stored).
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
