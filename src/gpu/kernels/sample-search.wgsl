// The search for the cut-offs of the kernel sample: sums over the workgroup, and what invocation 0 makes of them
// between two passes over the row.

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
