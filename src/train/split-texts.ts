/** Which texts a training learns from and which it holds out, by the split of their documents. */

import { must } from '../core/assert.ts';
import { splitDocuments } from './batches.ts';

export interface SplitTexts {
  readonly training: readonly string[];
  /** Those that aren't trained on in any account. */
  readonly heldOut: readonly string[];
}

/**
 * Splits the texts of each account as `trainingData` splits their documents.
 *
 * @param texts The texts of each account.
 * @param documents The tokens of each of these texts, in the same order. Equal texts share one array.
 */
export function splitTexts(
  texts: readonly (readonly string[])[],
  documents: readonly (readonly Int32Array[])[],
  { validationShare, seed }: { readonly validationShare: number; readonly seed: number },
): SplitTexts {
  const training = new Set<string>();
  const heldOut: string[] = [];
  for (const [account, own] of documents.entries()) {
    const textOf = new Map(own.map((ids, i) => [ids, must(texts[account]?.[i], 'a text')]));
    const toText = (ids: Int32Array) => must(textOf.get(ids), 'its text');
    const split = splitDocuments(own, validationShare, seed);
    for (const ids of split.training) training.add(toText(ids));
    heldOut.push(...split.validation.map(toText));
  }
  return { training: [...training], heldOut: heldOut.filter((text) => !training.has(text)) };
}
