/** Where the documents of packed sequences begin and end, in the forms that operations need. */

import { must } from '../core/assert.ts';
import type { TokenBatch } from './operands.ts';

/** [N]: the position of each token in its document. */
export function positionsOf({ ids, T, starts }: TokenBatch): Int32Array {
  return Int32Array.from(ids, (_, n) => (n % T) - (starts?.[n] ?? 0));
}

/**
 * [N, 2]: for each token, the place in its sequence at which its document begins, and the place after the
 * document's last token.
 */
export function extentsOf({ T, starts }: TokenBatch): Int32Array {
  const of = must(starts, 'packed documents');
  const extents = new Int32Array(2 * of.length);
  for (let n = of.length - 1; n >= 0; n--) {
    const isLast = n % T === T - 1 || of[n + 1] !== of[n];
    extents[2 * n] = of[n] as number;
    extents[2 * n + 1] = isLast ? (n % T) + 1 : (extents[2 * n + 3] as number);
  }
  return extents;
}
