/**
 * Documents one after another, as a training reads them. A token that is read but not learned is stored as its
 * complement (`~id`), which is below zero.
 */

export interface Block {
  /** [T] */
  readonly ids: Int32Array;
  /** [T]: for each token the one that follows it, or −100 where that doesn't count. */
  readonly targets: Int32Array;
}

/** The target that counts in no loss, as in PyTorch. */
export const NO_TARGET = -100;

/** The id of a stored token, whether it is learned or not. */
export const idOf = (token: number) => (token < 0 ? ~token : token);
/** The target for which a stored token stands: itself, or none. */
export const targetOf = (token: number) => (token < 0 ? NO_TARGET : token);

/** Concatenates the documents, each after an end-of-text token. */
export function pack(documents: readonly Int32Array[], endOfTextId: number): Int32Array {
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
