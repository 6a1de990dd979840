/** The mean of attention weights over layers and heads, by the pieces of a text. */
import { must } from '../../core/assert.ts';
import type { Attention, CertaintyPiece } from '../../protocol/certainty.ts';

/**
 * @param before The pieces before the chosen token, whose tokens together are those that the weights are of, less
 *   the first weight, which is of the start.
 * @param layer The number of the layer from 0; null for the mean of all.
 * @param head As above.
 * @returns The share of the start, and then that of each piece. They sum to 1.
 */
export function meanAttention(
  { layers, heads, weights }: Attention,
  before: readonly CertaintyPiece[],
  layer: number | null,
  head: number | null,
): number[] {
  const T = weights.length / (layers * heads);
  const all = (count: number) => Array.from({ length: count }, (_, i) => i);
  const ofLayers = layer === null ? all(layers) : [layer];
  const ofHeads = head === null ? all(heads) : [head];
  const rows = ofLayers.flatMap((l) => ofHeads.map((h) => (l * heads + h) * T));
  const tokens = all(T).map(
    (t) => rows.reduce((sum, row) => sum + must(weights[row + t], 'a weight'), 0) / rows.length,
  );
  const shares = [tokens[0] ?? 0];
  let at = 1;
  for (const { steps } of before) {
    shares.push(tokens.slice(at, at + steps.length).reduce((a, b) => a + b, 0));
    at += steps.length;
  }
  return shares;
}
