// kernel sample [PENALTY] [NGRAM] [TYPICAL]
//
// Draws the next token of every sequence as generate/sample.ts does on the host: repetition penalty (CTRL,
// Keskar et al., arXiv:1909.05858), no repeated n-gram, minimum length, temperature, top-k, top-p (nucleus
// sampling, Holtzman et al., arXiv:1904.09751), min-p (Nguyen et al., arXiv:2407.01082), typical sampling
// (Meister et al., arXiv:2202.00666), and then the token at which the cumulative distribution, ordered by id,
// passes a uniform random number. One workgroup of `size` invocations handles one sequence. kernels.ts puts
// random.wgsl and the constant size before this file, and after it sample-search.wgsl and sample-draw.wgsl.
//
// Nothing is sorted. Logits become keys: integers in the same order (the trick of radix sorting floats,
// Herf, "Radix Tricks", 2001). Each cut-off is a key; tokens with larger keys are kept. To find a cut-off, a
// pass over the row measures how much lies at or above each of eight keys between two bounds, counted in
// tokens for top-k and in probability for top-p; the next pass continues between the two neighbouring keys
// that enclose the cut-off (a nine-way search). Four passes find most cut-offs, eleven find any.
//
// What top-k and top-p leave is again cut by min-p, which is a key of its own. Typical sampling keeps the tokens
// whose log-probability is nearest to its mean; how near is searched as the cut-off of top-p is.
//
// Only the first V logits of a row count: a head may have more rows than the tokenizer has tokens.
//
// Bindings: 1 logits [B, stride] (overwritten), 2 seen [B, ⌈V/32⌉] bits, 3 ids [B], the tokens drawn last,
// 4 drawn [rows, B], 5 history [B, capacity], the tokens at all positions so far.

struct Params {
  B: u32, V: u32, stride: u32, row: u32, position: u32, seed: u32,
  endOfText: u32,
  banned: u32, // an id that must not be drawn; 0xffffffff for none
  topK: u32, // V keeps all tokens
  topP: f32,
  sharpness: f32, // 1 / temperature
  penalty: f32, // multiplies negative logits; its inverse multiplies positive ones
  inversePenalty: f32,
  firstSequence: u32, // the number of the first sequence among all that are written
  minKey: f32, // min-p: at most this far below the largest logit, in logits; negative to switch it off
  typicalP: f32,
  ngram: u32, // the length of the n-grams that aren't repeated
  capacity: u32,
  width: u32, // equals size, as a value that no compiler can unroll loops by (lavapipe: 8 s instead of 1 s)
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read_write> logits: array<u32>;
@group(0) @binding(2) var<storage, read_write> seen: array<u32>;
@group(0) @binding(3) var<storage, read_write> ids: array<u32>;
@group(0) @binding(4) var<storage, read_write> drawn: array<u32>;
@group(0) @binding(5) var<storage, read_write> history: array<u32>;

override PENALTY: bool = false;
override NGRAM: bool = false;
override TYPICAL: bool = false;

const unlimited = 0xffffffffu;

// The phases of a search: find the cut-off of top-k, sum the probability above it, find the cut-off of top-p, find
// the mean log-probability of what is left, and how near to it a token has to be.
const findingTopK = 0u;
const summing = 1u;
const findingTopP = 2u;
const averaging = 3u;
const findingTypical = 4u;
const done = 5u;

// Larger than any nearness.
const nearest = 0x80000000u;

struct Search {
  phase: u32,
  // The cut-off is at or above lo and below hi. atLo and atHi are the amounts at or above each of them,
  // and goal is the amount to keep.
  lo: u32, hi: u32, atLo: f32, atHi: f32, goal: f32,
  // Tokens with keys above cutKey are kept, and of those with exactly this key the first `ties` by id.
  cutKey: u32, ties: u32,
  // Of typical sampling: the mean, the probability of all kept tokens with cutKey, and how near a token has to be.
  mean: f32, tieMass: f32, cutNear: u32,
}

// The amounts at or above eight keys.
struct Amounts { low: vec4f, high: vec4f }

var<workgroup> partial: array<Amounts, size>;
var<workgroup> extremes: array<vec2u, size>;
var<workgroup> progress: Search;

// Integers in the order of the floats; 0 is below all of them. −0 equals 0.
fn keyOf(value: u32) -> u32 {
  if ((value << 1u) == 0u) { return 0x80000000u; }
  return select(value | 0x80000000u, ~value, value >= 0x80000000u);
}

fn valueOf(key: u32) -> f32 {
  return bitcast<f32>(select(~key, key ^ 0x80000000u, key >= 0x80000000u));
}

// The probability relative to that of the most likely token.
fn weight(key: u32, maxLogit: f32) -> f32 { return exp((valueOf(key) - maxLogit) * p.sharpness); }

// How near the log-probability of a token is to the mean, both less the part that all tokens share. The bits of a
// distance, which is never negative, are in the order of distances.
fn nearness(key: u32, maxLogit: f32, mean: f32) -> u32 {
  return nearest - 1u - bitcast<u32>(abs((valueOf(key) - maxLogit) * p.sharpness - mean));
}
