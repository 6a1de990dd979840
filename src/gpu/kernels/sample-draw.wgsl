// The kernel sample itself: turns logits into keys, measures for the search, and draws.

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
