// The next token of every sequence, as generate/sample.ts draws it on the host: repetition penalty,
// minimum length, temperature, top-k, top-p, and the token at a uniform number of the cumulative
// distribution by id. One workgroup of `size` a sequence. Constants before this file: size. random.wgsl
// goes before.
//
// Nothing is sorted. Logits become keys, integers in the same order, and a cut is a key: what is kept
// lies above it. To find one, a pass over the row measures, in tokens for top-k and in probability for
// top-p, what lies at or above eight keys between two bounds, and the next goes on between two
// neighbours. Four passes settle most cuts, eleven any.
//
// Bindings: 1 logits [B, V] (overwritten), 2 seen [B, ⌈V/32⌉] bits, 3 ids [B] the tokens drawn last,
// 4 drawn [rows, B].

struct Params {
  B: u32, V: u32, row: u32, position: u32, seed: u32,
  endOfText: u32,
  banned: u32, // an id, or none
  topK: u32, // V for all
  topP: f32,
  sharpness: f32, // 1 / temperature
  more: f32, // the penalty, for negative logits, and its inverse, for positive ones
  less: f32,
  width: u32, // size again, as a number that no compiler unrolls loops by (lavapipe: 8 s instead of 1)
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read_write> logits: array<u32>;
@group(0) @binding(2) var<storage, read_write> seen: array<u32>;
@group(0) @binding(3) var<storage, read_write> ids: array<u32>;
@group(0) @binding(4) var<storage, read_write> drawn: array<u32>;

override PENALTY: bool = false;

const all = 0xffffffffu;

const counting = 0u; // searching the cut of top-k
const weighing = 1u; // what is above it, in all
const searching = 2u; // the cut of top-p
const found = 3u;

struct Search {
  phase: u32,
  // The cut lies at or above lo, below hi; what lies at or above each, and how much should.
  lo: u32, hi: u32, atLo: f32, atHi: f32, wanted: f32,
  // Kept: tokens with keys above `least`, and of those with it the first `ties` by id.
  least: u32, ties: u32,
}

var<workgroup> partial: array<array<vec4f, 2>, size>;
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

// Probability relative to the most likely token's.
fn weight(key: u32, top: f32) -> f32 { return exp((valueOf(key) - top) * p.sharpness); }

// Σ over the workgroup for invocation 0, in two steps: barriers are few, on software adapters they cost.
fn addUp(low: vec4f, high: vec4f, local: u32) -> array<vec4f, 2> {
  partial[local] = array(low, high);
  workgroupBarrier();
  if (local < size / 8u) {
    for (var i = 1u; i < 8u; i++) {
      partial[local * 8u][0] += partial[local * 8u + i][0];
      partial[local * 8u][1] += partial[local * 8u + i][1];
    }
  }
  workgroupBarrier();
  var sum = partial[0];
  if (local == 0u) {
    for (var i = 8u; i < p.width; i += 8u) {
      sum[0] += partial[i][0];
      sum[1] += partial[i][1];
    }
  }
  return sum;
}

// Whether one token, or tokens with one key, lie between the bounds, or exactly what is wanted above.
fn isSettled(s: Search, unit: f32) -> bool {
  return s.hi - s.lo <= 1u || s.atLo - s.atHi < 1.5 * unit || s.atLo == s.wanted;
}

// What to do next, given the bounds: the end of a phase is the beginning of another.
fn advanced(before: Search, top: f32) -> Search {
  var s = before;
  if (s.phase == counting) {
    if (p.topK >= p.V) { s.phase = weighing; }
    else if (isSettled(s, 1.0)) {
      s.phase = weighing;
      s.least = s.lo;
      if (s.hi - s.lo == 1u) { s.ties = u32(s.wanted - s.atHi); }
    }
  }
  if (s.phase == weighing && p.topP >= 1.0) { s.phase = found; }
  if (s.phase == searching) {
    let unit = weight(s.lo, top);
    if (isSettled(s, unit)) {
      s.phase = found;
      if (s.lo != s.least) { s.ties = all; }
      s.least = s.lo;
      if (s.hi - s.lo == 1u) {
        let missing = ceil((s.wanted - s.atHi) / unit);
        s.ties = min(s.ties, u32(clamp(missing, 1.0, f32(p.V))));
      }
    }
  }
  return s;
}

// The bounds after a pass that measured what lies at or above the keys a and b, and below hi.
fn narrowed(
  before: Search, a: vec4u, b: vec4u, sum: array<vec4f, 2>, most: u32, top: f32,
) -> Search {
  var s = before;
  var sums = sum;
  if (s.phase == weighing) {
    let ties = min(sums[0].x - sums[0].y, f32(s.ties) * weight(s.least, top));
    let total = sums[0].y + ties;
    // Less than 1 − p of the whole can lie below `tail`, so the cut is above.
    let tail = top - log(f32(p.V) / ((1.0 - p.topP) * total)) / p.sharpness;
    s.phase = searching;
    s.lo = clamp(keyOf(bitcast<u32>(tail)), s.least, most);
    s.hi = most + 1u;
    s.atLo = total;
    s.atHi = 0.0;
    s.wanted = p.topP * total;
    return s;
  }
  for (var j = 0u; j < 8u; j++) {
    let key = select(b[j % 4u], a[j % 4u], j < 4u);
    let above = before.atHi + sums[j / 4u][j % 4u];
    if (key == before.hi) { break; }
    if (above < before.wanted) {
      s.hi = key;
      s.atHi = above;
      break;
    }
    s.lo = key;
    s.atLo = above;
  }
  return s;
}

@compute @workgroup_size(size)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let sequence = group.x;
  let first = sequence * p.V;
  let words = (p.V + 31u) / 32u;

  var extreme = vec2u(0u, all); // largest and smallest key
  for (var i = local; i < p.V; i += size) {
    var value = logits[first + i];
    if (PENALTY) {
      if (((seen[sequence * words + i / 32u] >> (i % 32u)) & 1u) == 1u) {
        let logit = bitcast<f32>(value);
        value = bitcast<u32>(logit * select(p.less, p.more, logit < 0.0));
      }
    }
    let key = select(keyOf(value), 0u, i == p.banned);
    logits[first + i] = key;
    if (key > 0u) { extreme = vec2u(max(extreme.x, key), min(extreme.y, key)); }
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
  let most = extreme.x;
  let top = valueOf(most);
  if (local == 0u) {
    // The best one needs no search.
    let lo = select(extreme.y, most, p.topK == 1u);
    let wanted = f32(p.topK);
    progress = Search(counting, lo, most + 1u, f32(p.V), 0.0, wanted, extreme.y, all);
  }

  for (var turn = 0u; turn < 32u; turn++) {
    if (local == 0u) { progress = advanced(progress, top); }
    let now = workgroupUniformLoad(&progress);
    if (now.phase == found) { break; }
    var a: vec4u;
    var b: vec4u;
    var lo = now.lo;
    var hi = now.hi;
    if (now.phase == weighing) {
      lo = now.least;
      hi = all;
      a = now.least + vec4u(0u, 1u, 1u, 1u);
      b = a;
    } else {
      let step = max(1u, (hi - lo) / 9u);
      a = min(vec4u(hi), lo + step * vec4u(1u, 2u, 3u, 4u));
      b = min(vec4u(hi), lo + step * vec4u(5u, 6u, 7u, 8u));
    }
    var low = vec4f(0.0);
    var high = vec4f(0.0);
    for (var i = local; i < p.V; i += size) {
      let key = logits[first + i];
      if (key >= lo && key < hi) {
        var amount = 1.0;
        if (now.phase != counting) { amount = weight(key, top); }
        low += select(vec4f(0.0), vec4f(amount), vec4u(key) >= a);
        high += select(vec4f(0.0), vec4f(amount), vec4u(key) >= b);
      }
    }
    let sums = addUp(low, high, local);
    if (local == 0u) { progress = narrowed(now, a, b, sums, most, top); }
  }
  let kept = workgroupUniformLoad(&progress);
  storageBarrier(); // from here on keys are read that other invocations wrote

  // Ranges of ids, one an invocation: the probability above the cut, and the number of ties with it.
  let each = (p.V + size - 1u) / size;
  var mine = vec4f(0.0);
  for (var i = local * each; i < min(p.V, (local + 1u) * each); i++) {
    let key = logits[first + i];
    if (key > kept.least) { mine.x += weight(key, top); }
    if (key == kept.least) { mine.y += 1.0; }
  }
  partial[local][0] = mine;
  workgroupBarrier();
  if (local > 0u) { return; }

  // The range that holds the drawn point, then the token in it.
  let tie = weight(kept.least, top);
  let mostTies = f32(kept.ties);
  var total = 0.0;
  var ties = 0.0;
  for (var c = 0u; c < p.width; c++) {
    let counted = min(partial[c][0].y, mostTies - ties);
    total += partial[c][0].x + counted * tie;
    ties += counted;
  }
  let u = f32(pcg4d(vec4u(p.position, sequence, 0u, p.seed)).x >> 8u) / 16777216.0;
  let point = u * total;
  var reached = 0.0;
  ties = 0.0;
  var chosen = 0u;
  var before = vec2f(0.0); // probability and ties before the range
  for (var c = 0u; c < p.width; c++) {
    let counted = min(partial[c][0].y, mostTies - ties);
    let mass = partial[c][0].x + counted * tie;
    if (mass > 0.0) {
      chosen = c;
      before = vec2f(reached, ties);
      if (reached + mass > point) { break; }
    }
    reached += mass;
    ties += counted;
  }
  // Where rounding leaves the point past the end, it is the last one kept.
  var token = 0u;
  reached = before.x;
  ties = before.y;
  for (var i = chosen * each; i < min(p.V, (chosen + 1u) * each); i++) {
    let key = logits[first + i];
    let isTie = key == kept.least;
    if (key < kept.least || (isTie && ties >= mostTies)) { continue; }
    token = i;
    ties += select(0.0, 1.0, isTie);
    reached += weight(key, top);
    if (reached > point) { break; }
  }

  // What has ended stays so.
  if (ids[sequence] == p.endOfText) { token = p.endOfText; }
  ids[sequence] = token;
  drawn[p.row * p.B + sequence] = token;
  if (PENALTY) { seen[sequence * words + token / 32u] |= 1u << (token % 32u); }
}
