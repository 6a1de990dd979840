/**
 * From logits to a token, in the order of the Hub's `generate`: repetition penalty, minimum length,
 * temperature, top-k, top-p, draw. `ops/webgpu-sample.ts` does the same on the GPU: on the same logits
 * and the same uniform number it draws the same token, up to the rounding of `exp` and of sums.
 */

export interface SamplingOptions {
  /** > 0; 1 leaves the distribution as it is. */
  readonly temperature: number;
  /** Keep the k most likely tokens; 0 keeps all. */
  readonly topK: number;
  /** Then keep the fewest most likely tokens whose probabilities reach p; 1 keeps all. */
  readonly topP: number;
  /**
   * > 0; 1 is none. The logit of a token that is in the text already, prompt and `<|endoftext|>`
   * included, is divided by it where positive and multiplied where negative (CTRL, arXiv:1909.05858,
   * as the Hub's `RepetitionPenaltyLogitsProcessor` has it).
   */
  readonly repetitionPenalty: number;
}

/** What a sequence's text so far means for its next token. */
export interface Past {
  /** The tokens in it, prompt included. Needed where there is a penalty. */
  readonly seen: ReadonlySet<number>;
  /** Never drawn: `<|endoftext|>` before the minimum length. */
  readonly banned: number | null;
}

export interface Candidate {
  readonly id: number;
  /** Of the distribution that is drawn from: they sum to 1. */
  readonly probability: number;
}

/**
 * The tokens that may be drawn, most likely first (ties by id). `logits` [V] are those of one
 * sequence.
 */
export function candidates(
  logits: Float32Array,
  { temperature, topK, topP, repetitionPenalty }: SamplingOptions,
  { seen, banned }: Past,
): Candidate[] {
  const values = repetitionPenalty === 1 ? logits : penalised(logits, seen, repetitionPenalty);
  const ids = largest(values, topK > 0 ? Math.min(topK, values.length) : values.length, banned);
  const top = values[ids[0] as number] as number;
  const weights = ids.map((id) => Math.exp(((values[id] as number) - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let kept = 0;
  let mass = 0;
  // The token that crosses p is kept, so at least one is.
  while (kept < ids.length && (kept === 0 || mass < topP * total))
    mass += weights[kept++] as number;
  return ids.slice(0, kept).map((id, i) => ({ id, probability: (weights[i] as number) / mass }));
}

/** The token at `u` ∈ [0, 1) of the cumulative distribution, which goes by id. */
export function draw(from: readonly Candidate[], u: number): number {
  const byId = [...from].sort((a, b) => a.id - b.id);
  let reached = 0;
  for (const { id, probability } of byId) {
    reached += probability;
    if (u < reached) return id;
  }
  // Rounding left the sum a hair under 1.
  return (byId.at(-1) as Candidate).id;
}

/** Rounded to float32 as a GPU does it, so that both see the same ties. */
function penalised(logits: Float32Array, seen: ReadonlySet<number>, penalty: number): Float32Array {
  const values = logits.slice();
  const more = Math.fround(penalty);
  const less = Math.fround(1 / penalty);
  for (const id of seen) {
    const value = values[id] as number;
    values[id] = value < 0 ? value * more : value * less;
  }
  return values;
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
