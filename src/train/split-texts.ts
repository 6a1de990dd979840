/** Which texts a training learns from and which it holds out, by the split of their documents. */

import { must } from '../core/assert.ts';
import { type AccountDocuments, splitDocuments } from './documents.ts';

export interface SplitTexts {
  readonly training: readonly string[];
  /** Those that aren't trained on in any account. */
  readonly heldOut: readonly string[];
}

/**
 * Splits the texts of each account as `trainingData` splits their documents.
 *
 * @param texts The texts of each account.
 * @param accounts The tokens of each of these texts, in the same order.
 */
export function splitTexts(
  texts: readonly (readonly string[])[],
  accounts: readonly Pick<AccountDocuments, 'documents' | 'answers'>[],
  options: { readonly validationShare: number; readonly seed: number },
): SplitTexts {
  const training = new Set<string>();
  const heldOut: string[] = [];
  for (const [account, own] of accounts.entries()) {
    const toText = (i: number) => must(texts[account]?.[i], 'a text');
    const split = splitDocuments(own, options);
    for (const i of split.training) training.add(toText(i));
    heldOut.push(...split.validation.map(toText));
  }
  return { training: [...training], heldOut: heldOut.filter((text) => !training.has(text)) };
}
