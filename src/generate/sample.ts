/**
 * Samples a token from logits, in the order of the Hub's `generate`: repetition penalty, no repeated n-gram,
 * minimum length, temperature, top-k (Fan et al., arXiv:1805.04833), top-p (nucleus sampling, Holtzman et al.,
 * arXiv:1904.09751), min-p (Nguyen et al., arXiv:2407.01082), typical sampling (Meister et al.,
 * arXiv:2202.00666), and the draw.
 *
 * `ops/webgpu-sample.ts` does the same on the GPU. From the same logits and the same random number it draws
 * the same token, except for rounding in `exp` and in sums.
 */

export interface SamplingOptions {
  /** Greater than 0; 1 leaves the distribution unchanged. */
  readonly temperature: number;
  /** Only the k most likely tokens are kept; 0 keeps all. */
  readonly topK: number;
  /**
   * Of those, only the smallest set of most likely tokens whose probability reaches p is kept; 1 keeps
   * all.
   */
  readonly topP: number;
  /**
   * Greater than 0; 1 switches it off. For tokens that are already in the text, including the prompt and
   * `<|endoftext|>`, positive logits are divided by it and negative ones multiplied (CTRL, Keskar et al.,
   * arXiv:1909.05858; the Hub's `RepetitionPenaltyLogitsProcessor`).
   */
  readonly repetitionPenalty: number;
  /** Of those, only tokens with at least this share of the largest probability are kept; 0, the default, keeps all. */
  readonly minP?: number | undefined;
  /**
   * Of those, only the tokens whose log-probability is nearest to the negative entropy, up to this probability
   * in all; equally near ones are all kept. 1, the default, keeps all.
   */
  readonly typicalP?: number | undefined;
  /** No n tokens in a row come twice, the prompt and `<|endoftext|>` included; 0, the default, allows it. */
  readonly noRepeatNgram?: number | undefined;
}

/** What the text so far means for the next token of a sequence. */
export interface Past {
  /** The tokens in the text, including the prompt; used by the repetition penalty. */
  readonly seen: ReadonlySet<number>;
  /** A token that must not be drawn: `<|endoftext|>` before the minimum length. */
  readonly banned: number | null;
  /** Tokens that would repeat an n-gram, from {@link repeatingTokens}. */
  readonly repeating?: ReadonlySet<number> | undefined;
}

export interface Candidate {
  readonly id: number;
  /** In the distribution to draw from; the probabilities of all candidates sum to 1. */
  readonly probability: number;
}

/** The tokens that may be drawn, most likely first (ties by id), from the logits [V] of one sequence. */
export function candidates(
  logits: Float32Array,
  { temperature, topK, topP, repetitionPenalty, minP = 0, typicalP = 1 }: SamplingOptions,
  { seen, banned, repeating }: Past,
): Candidate[] {
  const values = repetitionPenalty === 1 ? logits : penalised(logits, seen, repetitionPenalty);
  const ids = largest(
    values,
    topK > 0 ? Math.min(topK, values.length) : values.length,
    banned,
    repeating,
  );
  const top = values[ids[0] as number] as number;
  const weights = ids.map((id) => Math.exp(((values[id] as number) - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let kept = 0;
  let mass = 0;
  // The token that crosses p is kept, so at least one token is.
  while (kept < ids.length && (kept === 0 || mass < topP * total))
    mass += weights[kept++] as number;
  let tokens = ids.slice(0, kept).map((id, i) => ({ id, weight: weights[i] as number }));
  if (minP > 0) tokens = tokens.filter(({ weight }) => weight >= minP);
  if (typicalP < 1) tokens = typical(tokens, typicalP);
  const left = tokens.reduce((sum, { weight }) => sum + weight, 0);
  return tokens.map(({ id, weight }) => ({ id, probability: weight / left }));
}

/** The tokens that would end an n-gram which is already in the text. */
export function repeatingTokens(text: readonly number[], n: number): Set<number> {
  const repeating = new Set<number>();
  const last = text.slice(text.length - (n - 1));
  if (n < 1 || last.length < n - 1) return repeating;
  for (let end = n - 1; end < text.length; end++) {
    if (last.every((id, i) => text[end - (n - 1) + i] === id)) repeating.add(text[end] as number);
  }
  return repeating;
}

interface Weighed {
  readonly id: number;
  /** The probability relative to that of the most likely token. */
  readonly weight: number;
}

/**
 * The negative entropy is the mean of the log-probabilities, so a token's distance from it is that of its
 * log-weight from the mean log-weight.
 */
function typical(tokens: readonly Weighed[], typicalP: number): Weighed[] {
  const total = tokens.reduce((sum, { weight }) => sum + weight, 0);
  const mean =
    tokens.reduce((sum, { weight }) => sum + (weight > 0 ? weight * Math.log(weight) : 0), 0) /
    total;
  const distance = ({ weight }: Weighed) => Math.abs(Math.log(weight) - mean);
  const nearest = tokens.toSorted((a, b) => distance(a) - distance(b));
  let mass = 0;
  let count = 0;
  while (count < nearest.length && (count === 0 || mass < typicalP * total))
    mass += (nearest[count++] as Weighed).weight;
  const farthest = distance(nearest[count - 1] as Weighed);
  return tokens.filter((token) => distance(token) <= farthest);
}

/** The token at which the cumulative distribution, in the order of ids, passes `u` ∈ [0, 1). */
export function draw(from: readonly Candidate[], u: number): number {
  const byId = [...from].sort((a, b) => a.id - b.id);
  let reached = 0;
  for (const { id, probability } of byId) {
    reached += probability;
    if (u < reached) return id;
  }
  // Rounding can leave the sum slightly below 1.
  return (byId.at(-1) as Candidate).id;
}

/** Applies the repetition penalty, rounded to float32 as on the GPU, so that both see the same ties. */
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

/** The indices of the `count` largest values without those banned, largest first, ties by index. */
export function largest(
  values: Float32Array,
  count: number,
  banned: number | null = null,
  repeating: ReadonlySet<number> = new Set(),
): number[] {
  if (count >= values.length) {
    const all = Array.from(values.keys()).filter((i) => i !== banned && !repeating.has(i));
    return all.sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  }
  // Insertion into a short sorted list: most values are below its end and take one comparison.
  const ids: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (ids.length === count && value <= (values[ids[count - 1] as number] as number)) continue;
    if (i === banned || repeating.has(i)) continue;
    let at = Math.min(ids.length, count - 1);
    while (at > 0 && (values[ids[at - 1] as number] as number) < value) {
      ids[at] = ids[at - 1] as number;
      at--;
    }
    ids[at] = i;
  }
  return ids;
}
