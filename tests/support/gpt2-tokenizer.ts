/** Rebuilds GPT-2's `tokenizer.json` from the ranks of its tokens, which `gpt-tokenizer` contains. */

type Ranks = readonly (string | readonly number[])[];

/** The part of a `tokenizer.json` that callers use. */
export interface Gpt2TokenizerJson {
  readonly model: {
    readonly vocab: Readonly<Record<string, number>>;
    readonly merges: readonly (readonly [string, string])[];
  };
}

function byteAlphabet(): string[] {
  const inRange = (b: number, from: string, to: string) =>
    b >= from.charCodeAt(0) && b <= to.charCodeAt(0);
  let extra = 256;
  return Array.from({ length: 256 }, (_, b) =>
    inRange(b, '!', '~') || inRange(b, '¡', '¬') || inRange(b, '®', 'ÿ')
      ? String.fromCharCode(b)
      : String.fromCharCode(extra++),
  );
}

/**
 * The merge of a token is the pair that remains when its bytes are merged by all lower ranks.
 */
export function tokenizerJsonFromRanks(ranks: Ranks): Gpt2TokenizerJson {
  const alphabet = byteAlphabet();
  const encoder = new TextEncoder();
  const vocab: Record<string, number> = {};
  const merges: [string, string][] = [];
  const rankOf = new Map<string, number>();
  for (const [rank, token] of ranks.entries()) {
    const bytes = typeof token === 'string' ? encoder.encode(token) : Uint8Array.from(token);
    const parts = Array.from(bytes, (b) => alphabet[b] as string);
    const name = parts.join('');
    while (parts.length > 2) {
      let best = -1;
      let bestRank = Infinity;
      for (let i = 0; i + 1 < parts.length; i++) {
        const candidate = rankOf.get(`${parts[i]}${parts[i + 1]}`) ?? Infinity;
        if (candidate < bestRank) {
          bestRank = candidate;
          best = i;
        }
      }
      if (best < 0) throw new Error(`token ${rank} can't be merged`);
      parts.splice(best, 2, `${parts[best]}${parts[best + 1]}`);
    }
    if (parts.length === 2) merges.push(parts as [string, string]);
    vocab[name] = rank;
    rankOf.set(name, rank);
  }
  const endOfText = '<|endoftext|>';
  vocab[endOfText] = ranks.length;
  const byteLevel = {
    type: 'ByteLevel',
    add_prefix_space: false,
    trim_offsets: true,
    use_regex: true,
  };
  const json = {
    version: '1.0',
    added_tokens: [
      {
        id: ranks.length,
        content: endOfText,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: true,
        special: true,
      },
    ],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: { type: 'BPE', vocab, merges },
  };
  return json;
}
