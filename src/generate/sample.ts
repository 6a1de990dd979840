/**
 * From logits to a token, in the order of the Hub's `generate`: temperature, top-k, top-p, draw.
 */

export interface SamplingOptions {
  /** > 0; 1 leaves the distribution as it is. */
  readonly temperature: number;
  /** Keep the k most likely tokens; 0 keeps all. */
  readonly topK: number;
  /** Then keep the fewest most likely tokens whose probabilities reach p; 1 keeps all. */
  readonly topP: number;
}

export interface Candidate {
  readonly id: number;
  /** Of the distribution that is drawn from: they sum to 1. */
  readonly probability: number;
}

/**
 * The tokens that may be drawn, most likely first (ties by id). `banned` is never among them.
 * `logits` [V] are those of one sequence.
 */
export function candidates(
  logits: Float32Array,
  { temperature, topK, topP }: SamplingOptions,
  banned: number | null,
): Candidate[] {
  const ids = largest(logits, topK > 0 ? Math.min(topK, logits.length) : logits.length, banned);
  const top = (logits[ids[0] as number] as number) / temperature;
  const weights = ids.map((id) => Math.exp((logits[id] as number) / temperature - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let kept = 0;
  let mass = 0;
  // The token that crosses p is kept, so at least one is.
  while (kept < ids.length && (kept === 0 || mass < topP * total))
    mass += weights[kept++] as number;
  return ids.slice(0, kept).map((id, i) => ({ id, probability: (weights[i] as number) / mass }));
}

/** The token at `u` ∈ [0, 1) of the cumulative distribution. */
export function draw(from: readonly Candidate[], u: number): number {
  let reached = 0;
  for (const { id, probability } of from) {
    reached += probability;
    if (u < reached) return id;
  }
  // Rounding left the sum a hair under 1.
  return (from.at(-1) as Candidate).id;
}

/** Indices of the `count` largest values, largest first, ties by index. */
function largest(values: Float32Array, count: number, banned: number | null): number[] {
  if (count >= values.length) {
    const all = Array.from(values.keys()).filter((i) => i !== banned);
    return all.sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  }
  // Insertion into a short sorted list: most values fall below its end and cost one comparison.
  const ids: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (i === banned) continue;
    const value = values[i] as number;
    if (ids.length === count && value <= (values[ids[count - 1] as number] as number)) continue;
    let at = Math.min(ids.length, count - 1);
    while (at > 0 && (values[ids[at - 1] as number] as number) < value) {
      ids[at] = ids[at - 1] as number;
      at--;
    }
    ids[at] = i;
  }
  return ids;
}
