// kernel sample [PENALTY] [NGRAM] [TYPICAL]
//
// Draws the next token of every sequence as generate/sample.ts does on the host: repetition penalty (CTRL,
// Keskar et al., arXiv:1909.05858), no repeated n-gram, minimum length, temperature, top-k, top-p (nucleus
// sampling, Holtzman et al., arXiv:1904.09751), min-p (Nguyen et al., arXiv:2407.01082), typical sampling
// (Meister et al., arXiv:2202.00666), and then the token at which the cumulative distribution, ordered by id,
// passes a uniform random number. One workgroup of `size` invocations handles one sequence. kernels.ts puts
// random.wgsl and the constant size before this file.
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

// The sum over the workgroup, for invocation 0. Works in two steps, because barriers are expensive on
// software adapters.
fn sumAll(own: Amounts, local: u32) -> Amounts {
  partial[local] = own;
  workgroupBarrier();
  if (local < size / 8u) {
    for (var i = 1u; i < 8u; i++) {
      partial[local * 8u].low += partial[local * 8u + i].low;
      partial[local * 8u].high += partial[local * 8u + i].high;
    }
  }
  workgroupBarrier();
  var sum = partial[0];
  if (local == 0u) {
    for (var i = 8u; i < p.width; i += 8u) {
      sum.low += partial[i].low;
      sum.high += partial[i].high;
    }
  }
  return sum;
}

// Whether the cut-off is known: only one token or one key lies between the bounds, or exactly the target lies
// at or above lo.
fn isSettled(s: Search, unit: f32) -> bool {
  return s.hi - s.lo <= 1u || s.atLo - s.atHi < 1.5 * unit || s.atLo == s.goal;
}

// After top-p: applies min-p.
fn afterTopP(before: Search, maxLogit: f32) -> Search {
  var s = before;
  if (p.minKey >= 0.0) {
    let minKey = keyOf(bitcast<u32>(maxLogit - p.minKey));
    if (minKey > s.cutKey) {
      s.cutKey = minKey;
      s.ties = unlimited;
    }
  }
  s.phase = select(done, averaging, TYPICAL);
  return s;
}

// Goes to the next phase if the bounds settle the present one.
fn advanced(before: Search, maxLogit: f32) -> Search {
  var s = before;
  if (s.phase == findingTopK) {
    if (p.topK >= p.V) { s.phase = summing; }
    else if (isSettled(s, 1.0)) {
      s.phase = summing;
      s.cutKey = s.lo;
      if (s.hi - s.lo == 1u) { s.ties = u32(s.goal - s.atHi); }
    }
  }
  if (s.phase == summing && p.topP >= 1.0) { return afterTopP(s, maxLogit); }
  if (s.phase == findingTopP) {
    let unit = weight(s.lo, maxLogit);
    if (isSettled(s, unit)) {
      if (s.lo != s.cutKey) { s.ties = unlimited; }
      s.cutKey = s.lo;
      if (s.hi - s.lo == 1u) {
        let missing = ceil((s.goal - s.atHi) / unit);
        s.ties = min(s.ties, u32(clamp(missing, 1.0, f32(p.V))));
      }
      return afterTopP(s, maxLogit);
    }
  }
  // All that are equally near are kept.
  if (s.phase == findingTypical && (s.hi - s.lo <= 1u || s.atLo == s.goal)) {
    s.phase = done;
    s.cutNear = s.lo;
  }
  return s;
}

// Moves a bound to the next larger key, which has this amount at or above it, below hi. Returns whether the
// cut-off is below the key.
fn isPast(s: ptr<function, Search>, key: u32, amount: f32) -> bool {
  if (key == (*s).hi) { return true; }
  let above = (*s).atHi + amount;
  if (above < (*s).goal) {
    (*s).hi = key;
    (*s).atHi = above;
    return true;
  }
  (*s).lo = key;
  (*s).atLo = above;
  return false;
}

// The bounds after a pass that measured the amounts at or above each of the keys a and b, below hi.
fn narrowed(
  before: Search, a: vec4u, b: vec4u, amounts: Amounts, maxKey: u32, maxLogit: f32,
) -> Search {
  var s = before;
  if (s.phase == summing) {
    let ties = min(amounts.low.x - amounts.low.y, f32(s.ties) * weight(s.cutKey, maxLogit));
    let total = amounts.low.y + ties;
    // Tokens below `tail` have less than 1 − p of the total probability together, so the cut-off is above it.
    let tail = maxLogit - log(f32(p.V) / ((1.0 - p.topP) * total)) / p.sharpness;
    s.phase = findingTopP;
    s.lo = clamp(keyOf(bitcast<u32>(tail)), s.cutKey, maxKey);
    s.hi = maxKey + 1u;
    s.atLo = total;
    s.atHi = 0.0;
    s.goal = p.topP * total;
    return s;
  }
  if (s.phase == averaging) {
    let x = (valueOf(s.cutKey) - maxLogit) * p.sharpness;
    s.tieMass = min(amounts.low.z, f32(s.ties)) * exp(x);
    s.atLo = amounts.low.x + s.tieMass;
    s.mean = (amounts.low.y + s.tieMass * x) / s.atLo;
    s.phase = findingTypical;
    s.lo = 0u;
    s.hi = nearest;
    s.atHi = 0.0;
    s.goal = p.typicalP * s.atLo;
    return s;
  }
  if (isPast(&s, a.x, amounts.low.x)) { return s; }
  if (isPast(&s, a.y, amounts.low.y)) { return s; }
  if (isPast(&s, a.z, amounts.low.z)) { return s; }
  if (isPast(&s, a.w, amounts.low.w)) { return s; }
  if (isPast(&s, b.x, amounts.high.x)) { return s; }
  if (isPast(&s, b.y, amounts.high.y)) { return s; }
  if (isPast(&s, b.z, amounts.high.z)) { return s; }
  if (isPast(&s, b.w, amounts.high.w)) { return s; }
  return s;
}

// The tokens that an n-gram of the history would end with if they came next get the key 0, as if they weren't
// there.
fn banRepeats(sequence: u32, first: u32) {
  let start = sequence * p.capacity;
  let length = p.ngram - 1u; // of the beginning that all these n-grams share
  if (p.position < length) { return; }
  let end = start + p.position;
  for (var at = start; at + length < end; at++) {
    var isSame = true;
    for (var i = 0u; i < length; i++) {
      if (history[at + i] != history[end - length + i]) { isSame = false; break; }
    }
    if (isSame) { logits[first + history[at + length]] = 0u; }
  }
}

@compute @workgroup_size(size)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let sequence = group.x;
  let first = sequence * p.stride;
  let words = (p.V + 31u) / 32u;

  var extreme = vec2u(0u, unlimited); // the largest and the smallest key
  for (var i = local; i < p.V; i += size) {
    var value = logits[first + i];
    if (PENALTY) {
      if (((seen[sequence * words + i / 32u] >> (i % 32u)) & 1u) == 1u) {
        let logit = bitcast<f32>(value);
        value = bitcast<u32>(logit * select(p.inversePenalty, p.penalty, logit < 0.0));
      }
    }
    let key = select(keyOf(value), 0u, i == p.banned);
    logits[first + i] = key;
    if (!NGRAM && key > 0u) { extreme = vec2u(max(extreme.x, key), min(extreme.y, key)); }
  }
  if (NGRAM) {
    storageBarrier();
    if (local == 0u) { banRepeats(sequence, first); }
    storageBarrier();
    for (var i = local; i < p.V; i += size) {
      let key = logits[first + i];
      if (key > 0u) { extreme = vec2u(max(extreme.x, key), min(extreme.y, key)); }
    }
  }
  extremes[local] = extreme;
  workgroupBarrier();
  if (local == 0u) {
    for (var i = 1u; i < p.width; i++) {
      let other = extremes[i];
      extreme = vec2u(max(extreme.x, other.x), min(extreme.y, other.y));
    }
    extremes[0] = extreme;
  }
  extreme = workgroupUniformLoad(&extremes[0]);
  let maxKey = extreme.x;
  let maxLogit = valueOf(maxKey);
  if (local == 0u) {
    // With top-k 1 only the most likely token remains, and no search is needed.
    let lo = select(extreme.y, maxKey, p.topK == 1u);
    let goal = f32(p.topK);
    progress = Search(
      findingTopK, lo, maxKey + 1u, f32(p.V), 0.0, goal, extreme.y, unlimited, 0.0, 0.0, 0u,
    );
  }

  for (var searchPass = 0u; searchPass < 48u; searchPass++) {
    if (local == 0u) { progress = advanced(progress, maxLogit); }
    let now = workgroupUniformLoad(&progress);
    if (now.phase == done) { break; }
    var a: vec4u;
    var b: vec4u;
    var lo = now.lo;
    var hi = now.hi;
    if (now.phase == summing) {
      lo = now.cutKey;
      hi = unlimited;
      a = now.cutKey + vec4u(0u, 1u, 1u, 1u);
      b = a;
    } else {
      let step = max(1u, (hi - lo) / 9u);
      a = min(vec4u(hi), lo + step * vec4u(1u, 2u, 3u, 4u));
      b = min(vec4u(hi), lo + step * vec4u(5u, 6u, 7u, 8u));
    }
    let isTypical = TYPICAL && now.phase == findingTypical;
    var own = Amounts();
    for (var i = local; i < p.V; i += size) {
      let token = logits[first + i];
      var key = token;
      if (TYPICAL && now.phase == averaging) {
        if (key == now.cutKey) { own.low.z += 1.0; }
        if (key > now.cutKey) {
          let amount = weight(key, maxLogit);
          own.low.x += amount;
          own.low.y += amount * (valueOf(key) - maxLogit) * p.sharpness;
        }
        continue;
      }
      // Those with cutKey are added below, because only some of them may be kept.
      if (isTypical) { key = select(0u, nearness(key, maxLogit, now.mean), key > now.cutKey); }
      if (key >= lo && key < hi) {
        var amount = 1.0;
        if (now.phase != findingTopK) { amount = weight(token, maxLogit); }
        own.low += select(vec4f(0.0), vec4f(amount), vec4u(key) >= a);
        own.high += select(vec4f(0.0), vec4f(amount), vec4u(key) >= b);
      }
    }
    var totals = sumAll(own, local);
    if (isTypical) {
      let tie = nearness(now.cutKey, maxLogit, now.mean);
      if (tie >= lo && tie < hi) {
        totals.low += select(vec4f(0.0), vec4f(now.tieMass), vec4u(tie) >= a);
        totals.high += select(vec4f(0.0), vec4f(now.tieMass), vec4u(tie) >= b);
      }
    }
    if (local == 0u) { progress = narrowed(now, a, b, totals, maxKey, maxLogit); }
  }
  let kept = workgroupUniformLoad(&progress);
  storageBarrier(); // from here on, invocations read keys that others have written

  // Each invocation has a range of ids and sums the probability above the cut-off, and the ties at it.
  let idsPerInvocation = (p.V + size - 1u) / size;
  var own = vec4f(0.0);
  for (var i = local * idsPerInvocation; i < min(p.V, (local + 1u) * idsPerInvocation); i++) {
    let key = logits[first + i];
    if (TYPICAL && key > 0u && nearness(key, maxLogit, kept.mean) < kept.cutNear) { continue; }
    if (key > kept.cutKey) { own.x += weight(key, maxLogit); }
    if (key == kept.cutKey) { own.y += 1.0; }
  }
  partial[local].low = own;
  workgroupBarrier();
  if (local > 0u) { return; }

  // Finds the range in which the drawn point lies, then the token in it.
  let tie = weight(kept.cutKey, maxLogit);
  let maxTies = f32(kept.ties);
  var total = 0.0;
  var ties = 0.0;
  for (var c = 0u; c < p.width; c++) {
    let counted = min(partial[c].low.y, maxTies - ties);
    total += partial[c].low.x + counted * tie;
    ties += counted;
  }
  let u = f32(pcg4d(vec4u(p.position, p.firstSequence + sequence, 0u, p.seed)).x >> 8u) / 16777216.0;
  let point = u * total;
  var reached = 0.0;
  ties = 0.0;
  var chosen = 0u;
  var before = vec2f(0.0); // the probability and the ties before the range
  for (var c = 0u; c < p.width; c++) {
    let counted = min(partial[c].low.y, maxTies - ties);
    let mass = partial[c].low.x + counted * tie;
    if (mass > 0.0) {
      chosen = c;
      before = vec2f(reached, ties);
      if (reached + mass > point) { break; }
    }
    reached += mass;
    ties += counted;
  }
  // If rounding puts the point past the end, the last kept token is drawn.
  var token = 0u;
  reached = before.x;
  ties = before.y;
  for (var i = chosen * idsPerInvocation; i < min(p.V, (chosen + 1u) * idsPerInvocation); i++) {
    let key = logits[first + i];
    let isTie = key == kept.cutKey;
    if (key < kept.cutKey || (isTie && ties >= maxTies)) { continue; }
    if (TYPICAL && nearness(key, maxLogit, kept.mean) < kept.cutNear) { continue; }
    token = i;
    ties += select(0.0, 1.0, isTie);
    reached += weight(key, maxLogit);
    if (reached > point) { break; }
  }

  // A sequence that has ended stays ended.
  if (ids[sequence] == p.endOfText) { token = p.endOfText; }
  ids[sequence] = token;
  drawn[p.row * p.B + sequence] = token;
  if (NGRAM) { history[sequence * p.capacity + p.position] = token; }
  if (PENALTY) { seen[sequence * words + token / 32u] |= 1u << (token % 32u); }
}
